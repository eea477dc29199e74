import ArgumentParser
import Audio
import Chart
import Editor
import Foundation
import TUI

/// `learnitup render`: the editor's screen as text, for manuals, bug reports and tests.
package struct RenderCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Print the editor's screen of a song as text.",
    discussion:
      "The same file, options and version give the same bytes; the author's own settings play no part.")

  @Argument(help: "A chart, a sound or a song folder.", completion: .file())
  var file: String
  @Option(help: "The beat at the receptors.")
  var beat: Double = 0
  @Option(help: "Which chart of the file, from 0.")
  var chart: Int = 0
  @Option(help: "Columns and rows of the screen.")
  var size = ScreenSize(Size(width: 120, height: 40))
  @Option(help: "The theme, by name.")
  var theme = Theme.defaultName
  @Flag(help: "Write colours, as 24-bit ANSI sequences.")
  var ansi = false
  @Option(
    name: .customLong("do"), help: "A command line of the editor to run first; can be given several times.")
  var commands: [String] = []

  package init() {}

  package func validate() throws {
    if !(0...20_000).contains(beat) { throw ValidationError("--beat is from 0 to 20000") }
  }

  package func run() throws {
    let opened = try OpenedSong(path: file)
    let charts = opened.simfile.charts.count
    guard chart == 0 || chart < charts, chart >= 0 else {
      throw CommandError(
        .cannotRun, file: file, "no chart \(chart)", remedy: "it has \(charts), counted from 0")
    }
    var state = EditorState(document: opened.simfile)
    for action in RenderCommand.music(of: opened) { _ = state.reduce(action) }
    var lines = ["go \(beat / 4)"] + commands
    if chart > 0 { lines.insert("chart \(chart + 1)", at: 0) }
    for line in lines { _ = state.reduce(.command(line)) }
    let (theme, warnings) = ThemeFiles(in: XDGFolders()).load(theme)
    for warning in warnings { Console.note(warning.printable) }
    let grid = render(state, playhead: nil, theme: theme, size: size.size)
    Console.writeResult(ansi ? grid.ansi() : grid.text)
  }

  private static func music(of song: OpenedSong) -> [Action] {
    guard let music = song.music else { return [.musicFailed(song.musicProblem?.text ?? "no music")] }
    do throws(AudioError) {
      let clip = try AudioClip.decode(music.path)
      return [MusicService.loaded(clip)] + [MusicService.onsets(of: clip)].compactMap { $0 }
    } catch {
      return [.musicFailed(error.description)]
    }
  }
}

/// A size as `120x40`.
package struct ScreenSize: ExpressibleByArgument, Sendable {
  package var size: Size

  package init(_ size: Size) { self.size = size }

  package init?(argument: String) {
    let numbers = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map {
      Int($0)
    }
    guard numbers.count == 2, let width = numbers[0], let height = numbers[1],
      (1...1000).contains(width), (1...1000).contains(height)
    else { return nil }
    size = Size(width: width, height: height)
  }

  package var defaultValueDescription: String { "\(size.width)x\(size.height)" }
}
