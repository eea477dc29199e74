import ArgumentParser

/// `learnitup info FILE`: what a chart file holds.
package struct InfoCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Tell what a chart file holds: charts, counts, timing, notes.",
    discussion: "What the file has wrong is told by check. docs/json.md describes the JSON.")

  @Argument(help: "A chart (.ssc, .sm, .ucs, .dwi, .ksf) or a song folder.", completion: .file())
  var file: String
  @Flag(help: "List every note.")
  var notes = false
  @Flag(help: "Print JSON.")
  var json = false

  package init() {}

  package func run() throws {
    let report = InfoReport(try SongFile(at: file), withNotes: notes)
    if json {
      try JSONOutput.print(report)
    } else {
      Console.print(report.lines.joined(separator: "\n"))
    }
  }
}
