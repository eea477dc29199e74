import Chart
import Editor
import Foundation
import Glibc
import Logging
import Playback
import TUI

/// The editor from its start to its end: puts the parts together and lets the loop run.
package struct EditorProgram {
  private let song: OpenedSong
  private let folders: XDGFolders
  private let configuration: Configuration

  package init(song: OpenedSong, folders: XDGFolders, configuration: Configuration) {
    self.song = song
    self.folders = folders
    self.configuration = configuration
  }

  /// Runs the editor. Returns when the author has quit.
  package func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let terminal = TerminalType(environment: environment)
    let screen = try Self.openScreen(environment)
    let standardError = StandardErrorToLog(in: folders)
    defer {
      screen.close()
      standardError.end()
    }
    let inbox = try Inbox<Action>()
    let remembered = RememberedSettings(in: folders)
    let themes = ThemeFiles(in: folders)
    var start = configuration.applied(
      to: remembered.applied(
        to: EditorState(document: song.simfile, overrides: configuration.overrides)))
    let recovery = Recovery(of: song.file, in: folders, into: &start.state)
    let music = MusicService(inbox: inbox)
    let runner = EffectRunner(
      services(music: music, inbox: inbox, recovery: recovery, remembered: remembered),
      theme: start.state.settings.theme, inbox: inbox)

    let painter = Painter(
      theme: start.state.settings.theme, files: themes, screen: screen,
      hasLightBackground: terminal.hasLightBackground)
    let loop = try EventLoop(
      state: start.state, screen: screen, handler: runner, inbox: inbox, input: STDIN_FILENO,
      draw: painter.draw)
    tell(start.warnings + painter.warnings + recovery.warnings, to: inbox)
    loop.showFirst()
    loadMusic(with: music, inbox: inbox)
    finish(loop.run(), holdsUnsaved: loop.state.holdsUnsaved, runner: runner)
  }

  private static func openScreen(_ environment: [String: String]) throws(CommandError) -> NcursesScreen {
    do throws(TerminalError) {
      return try NcursesScreen(environment: environment)
    } catch {
      throw CommandError(.cannotRun, error.description)
    }
  }

  private func services(
    music: MusicService, inbox: Inbox<Action>, recovery: Recovery, remembered: RememberedSettings
  ) -> EffectRunner.Services {
    EffectRunner.Services(
      music: music, tempo: TempoService(music: music, inbox: inbox),
      suggestions: SuggestionService(music: music, inbox: inbox), feet: FootService(inbox: inbox),
      playback: PlaybackService(music: music, inbox: inbox) { notify in
        PlaybackEngine(device: configuration.device, notify: notify)
      },
      saving: SaveService(file: song.file, inbox: inbox), remembered: remembered,
      themes: ThemeFiles(in: folders),
      journals: recovery.folder, journal: recovery.journal
    )
  }

  /// What there is to say at the beginning; the last line said is the one that stays on the screen.
  private func tell(_ warnings: [String], to inbox: Inbox<Action>) {
    let log = Logger(label: "start")
    var warnings = configuration.warnings + warnings
    if let worst = song.file.diagnostics.first(where: { $0.severity == .error }) {
      let line = worst.line.map { ":\($0)" } ?? ""
      warnings.insert(
        "\(song.file.url.lastPathComponent)\(line): \(worst.message); \(Program.name) check tells more", at: 0
      )
    }
    for warning in warnings {
      log.warning("\(warning)")
      inbox.post(.notice(Message(warning.printable, weight: .warning)))
    }
  }

  private func loadMusic(with service: MusicService, inbox: Inbox<Action>) {
    if let music = song.music {
      service.load(music, prepare: song.preparesMusic)
    } else {
      inbox.post(.musicFailed(song.musicProblem?.text ?? "no music"))
    }
  }

  /// A session that ends with unsaved edits against the author's will leaves its journal for the next one.
  private func finish(_ ending: EventLoop.Ending, holdsUnsaved: Bool, runner: EffectRunner) {
    runner.silence()
    switch ending {
    case .quit: runner.removeJournal()
    case .signal: if !holdsUnsaved { runner.removeJournal() }
    }
  }
}
