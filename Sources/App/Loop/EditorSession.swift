import Chart
import Editor
import Glibc
import Logging
import Playback
import TUI

/// The editor on one song, from its first picture to its end: all that belongs to the song and to no other.
final class EditorSession {
  /// What sessions share.
  struct Surroundings {
    let screen: any Screen
    let signals: SignalPipe
    let model: SharedModel
    let folders: XDGFolders
    let configuration: Configuration
    let hasLightBackground: Bool
  }

  private let song: OpenedSong
  private let inbox: Inbox<Action>
  private let music: MusicService
  private let runner: EffectRunner
  private let loop: EventLoop
  /// What there is to say at the beginning.
  private let warnings: [String]

  /// - Parameter before: the session whose place this one takes.
  init(_ song: OpenedSong, in surroundings: Surroundings, after before: EditorSession? = nil) throws {
    self.song = song
    let (folders, configuration) = (surroundings.folders, surroundings.configuration)
    inbox = try Inbox<Action>()
    var start = configuration.applied(
      to: RememberedSettings(in: folders).applied(
        to: EditorState(document: song.simfile, overrides: configuration.overrides)))
    if let before { start.state.goOn(from: before.loop.state) }
    let recovery = Recovery(of: song.file, in: folders, into: &start.state)
    music = MusicService(inbox: inbox)
    let services = EditorSession.services(
      for: song, in: surroundings, music: music, recovery: recovery, inbox: inbox)
    runner = EffectRunner(services, of: song, theme: start.state.settings.theme, inbox: inbox)
    let painter = Painter(
      theme: start.state.settings.theme, files: ThemeFiles(in: folders), screen: surroundings.screen,
      hasLightBackground: surroundings.hasLightBackground)
    loop = EventLoop(
      state: start.state, screen: surroundings.screen, handler: runner, inbox: inbox, input: STDIN_FILENO,
      signals: surroundings.signals, draw: painter.draw)
    // What the author's files have wrong was told with the first song.
    let usual = before == nil ? configuration.warnings + start.warnings + painter.warnings : []
    if before != nil { inbox.post(.notice(Message("opened \(song.file.url.path)".printable))) }
    warnings = song.warnings + usual + recovery.warnings
  }

  private static func services(
    for song: OpenedSong, in surroundings: Surroundings, music: MusicService, recovery: Recovery,
    inbox: Inbox<Action>
  ) -> EffectRunner.Services {
    let device = surroundings.configuration.device
    return EffectRunner.Services(
      music: music, tempo: TempoService(music: music, inbox: inbox),
      suggestions: SuggestionService(music: music, model: surroundings.model, inbox: inbox),
      feet: FootService(inbox: inbox),
      playback: PlaybackService(music: music, inbox: inbox) { notify in
        PlaybackEngine(device: device, notify: notify)
      },
      saving: SaveService(file: song.file, inbox: inbox), paths: PathService(inbox: inbox),
      remembered: RememberedSettings(in: surroundings.folders), themes: ThemeFiles(in: surroundings.folders),
      journals: recovery.folder, journal: recovery.journal)
  }

  /// Lets the author work until the program is to end, or another song is to take this one's place.
  func run() -> EventLoop.Ending {
    loop.showFirst()
    if let sound = song.music {
      music.load(sound, prepare: song.preparesMusic)
    } else {
      inbox.post(.musicFailed(song.musicProblem?.text ?? "no music"))
    }
    // After the missing music: that edits came back is what must not be missed.
    tell(warnings)
    return loop.run()
  }

  /// Ends what is at work for the song. A session that ends with unsaved edits against the author's will leaves its
  /// journal for the next one.
  func end(_ ending: EventLoop.Ending) {
    runner.end()
    switch ending {
    case .quit, .opened: runner.removeJournal()
    case .signal: if !loop.state.holdsUnsaved { runner.removeJournal() }
    }
  }

  /// What there is to say at the beginning; the last line said is the one that stays on the screen.
  private func tell(_ warnings: [String]) {
    let log = Logger(label: "start")
    for warning in warnings {
      log.warning("\(warning)")
      inbox.post(.notice(Message(warning.printable, weight: .warning)))
    }
  }
}

extension OpenedSong {
  /// What was found wrong in opening it.
  fileprivate var warnings: [String] {
    guard let worst = file.diagnostics.first(where: { $0.severity == .error }) else { return notes }
    let line = worst.line.map { ":\($0)" } ?? ""
    return notes
      + ["\(file.url.lastPathComponent)\(line): \(worst.message); \(Program.name) check tells more"]
  }
}
