import ArgumentParser
import Chart
import Foundation
import Generation

/// `learnitup suggest`: what the editor's suggestion does, without a screen.
package struct SuggestCommand: ParsableCommand {
  package enum Half: String, ExpressibleByArgument, CaseIterable, Sendable { case placement, selection }

  package static let configuration = CommandConfiguration(
    commandName: "suggest", abstract: "Propose steps for a song or a part of it.",
    discussion: """
      For a sound without a chart the tempo is found first. The same command with the same seed gives the same \
      answer. docs/json.md describes the JSON.
      """)

  @Argument(help: "A sound, a chart (.ssc, .sm, .ucs) or a song folder.", completion: .file())
  var song: String

  @Option(help: "Steps type: \(StepsType.authored.map(\.name).joined(separator: ", ")).")
  var type: String?
  @Option(help: "The level aimed at, as the chart's meter says it.")
  var level: Int?
  @Option(help: "The first beat of the region.")
  var from: Double?
  @Option(help: "The beat at which the region ends.")
  var to: Double?
  @Option(help: "Only when to step, or only the panels for given rows.")
  var only: Half?
  @Option(help: "How many answers.")
  var alternatives: Int = 1
  @Option(help: "A factor on the number of rows.")
  var density: Double = 1
  @Option(help: "The number of note rows wanted.")
  var count: Int?
  @Option(
    help:
      "Styles wanted (above 0) and not (below): run=1,bracket=-1. Known: \(Suggester.styles.joined(separator: ", "))."
  )
  var style: String?
  @Option(help: "Another seed, another answer.")
  var seed: UInt64 = 1
  @Option(help: "Take timing and context from this chart of the file, from 0.")
  var chart: Int?
  @Flag(help: "Keep the chart's notes inside the region and fill around them.")
  var keep = false
  @Flag(help: "Do not look at the file's other charts.")
  var alone = false
  @Option(help: "Panels for the times in this file: seconds, one a line.", completion: .file())
  var times: String?
  @Option(name: .shortAndLong, help: "Write the chart to this file (.ssc, .sm, .ucs).", completion: .file())
  var output: String?
  @Flag(help: "Print JSON.")
  var json = false

  package init() {}

  package func validate() throws {
    if chart == nil, type == nil { throw ValidationError("--type is needed where no --chart is given") }
    if let type, !StepsType.authored.contains(StepsType(type)) {
      let known = StepsType.authored.map(\.name).joined(separator: ", ")
      throw ValidationError("the model does not know \(type); it knows \(known)")
    }
    if let level, !(1...99).contains(level) { throw ValidationError("--level is from 1 to 99") }
    if !(1...16).contains(alternatives) { throw ValidationError("--alternatives is from 1 to 16") }
    if !(density > 0 && density <= 10) { throw ValidationError("--density is above 0 and at most 10") }
    if let count, count < 1 { throw ValidationError("--count is at least 1") }
    if keep, chart == nil { throw ValidationError("--keep needs --chart") }
    if only == .placement, times != nil { throw ValidationError("--times already says when to step") }
    if only == .selection, times == nil, chart == nil {
      throw ValidationError("--only selection needs --times or --chart, to know when to step")
    }
    _ = try styles()
    let start = from ?? 0
    if !(0...100_000).contains(start) { throw ValidationError("--from is a beat from 0") }
    if let to, !(to > start && to <= 100_000) { throw ValidationError("--to is a beat after --from") }
  }

  /// What `--style` asks for, by the name of the style.
  func styles() throws(ValidationError) -> [String: Double] {
    var styles: [String: Double] = [:]
    for part in (style ?? "").split(separator: ",") {
      let halves = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard halves.count == 2, Suggester.styles.contains(halves[0]), let value = Double(halves[1]),
        (-1...1).contains(value)
      else {
        throw ValidationError(
          "--style takes names and values from -1 to 1, as run=1,bracket=-1; the names are "
            + Suggester.styles.joined(separator: ", "))
      }
      styles[halves[0]] = value
    }
    return styles
  }

  package func run() throws {
    let opened = try OpenedSong(path: song)
    let job = try SuggestionJob(command: self, song: opened)
    let answer = try job.answer()
    if let output { try job.write(answer, to: URL(filePath: output)) }
    if json {
      try JSONOutput.print(job.report(of: answer))
    } else if output == nil {
      for line in job.summary(of: answer) { Console.print(line) }
    }
  }
}
