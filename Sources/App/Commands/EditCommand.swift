import ArgumentParser
import Glibc

/// `learnitup [SONG]`: the editor.
package struct EditCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Open the editor on a song, a folder or a chart.",
    discussion: "Without a song it opens the demo song, which the program synthesises itself.")

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
    let folders = XDGFolders()
    LogFile.start(in: folders)
    let opened = try song.map { path throws(CommandError) in try OpenedSong(path: path) }
    try EditorProgram(
      song: opened ?? OpenedSong(demoIn: folders), folders: folders, configuration: Configuration(in: folders)
    ).run()
  }
}
