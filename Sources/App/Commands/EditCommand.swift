import ArgumentParser
import Glibc

/// `learnitup [SONG]`: the editor.
package struct EditCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Open the editor on a song, a folder or a chart.")

  @Argument(
    help: "An audio file, a chart (.ssc, .sm, .ucs) or a song folder.", completion: .file())
  var song: String?

  package init() {}

  package func run() throws {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw CommandError(
        .cannotRun, "the editor needs a terminal",
        remedy: "run it in one, or use a command that needs no screen (\(Program.name) --help)")
    }
  }
}
