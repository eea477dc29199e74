import ArgumentParser

/// `learnitup diff OLD NEW`: what changed between two chart files.
package struct DiffCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Tell what changed between two chart files, chart by chart and note by note.",
    discussion: """
      The files may be of different formats. Measures count from 0. Exit codes: 0 they say the same, 1 they \
      differ, 2 could not run.
      """)

  @Argument(help: "The older chart file or song folder.", completion: .file())
  var old: String
  @Argument(help: "The newer one.", completion: .file())
  var new: String
  @Flag(help: "Print JSON.")
  var json = false

  package init() {}

  package func run() throws {
    let report = DiffReport(from: try readable(old).simfile, to: try readable(new).simfile)
    if json {
      try JSONOutput.print(report)
    } else if !report.same {
      Console.print(report.lines.joined(separator: "\n"))
    }
    if !report.same { throw ExitCode(1) }
  }

  /// A file that cannot be read makes no difference: a script must not take it for one.
  private func readable(_ path: String) throws(CommandError) -> SongFile {
    do throws(CommandError) {
      return try SongFile(at: path)
    } catch {
      var error = error
      error.status = .cannotRun
      throw error
    }
  }
}
