import ArgumentParser
import Chart
import Foundation
import Generation

/// `learnitup evaluate`: how good the model is, on charts that people made.
package struct EvaluateCommand: ParsableCommand {
  package enum Part: String, ExpressibleByArgument, CaseIterable, Sendable {
    case placement, selection, playability, critic, author
  }

  package static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measure the model on folders of charts that people made.",
    discussion: """
      Looks for charts in the folders and everything below them. placement: rhythms found in songs with sound (F1 \
      within 20 ms; hidden measures on exact slots). selection: each row foretold from the true rows before it. \
      playability: charts made for the same songs and levels, counted, against what people's charts of that level \
      ask. critic: regions of these charts told from the same ones spoilt. author: keys that an author saves. \
      Songs without sound count for selection, and for the rest with the human rhythm given or unheard. docs/evaluation.md defines each figure.
      """)

  @Argument(help: "Folders to search.", completion: .directory)
  var folders: [String]

  @Option(help: "One part: \(Part.allCases.map(\.rawValue).joined(separator: ", ")).")
  var only: Part?
  @Option(help: "At most so many charts of a steps type in each part, spread evenly.")
  var limit: Int?
  @Option(help: "Write what the charts found ask at each level to this file, instead of evaluating.")
  var writeNorms: String?
  @Option(
    help: "Write what the critic sees in regions of the charts found to this file, instead of evaluating.")
  var writeCritic: String?
  @Flag(help: "Print JSON.")
  var json = false

  package init() {}

  package func validate() throws {
    if folders.isEmpty { throw ValidationError("name a folder") }
    if let limit, limit < 1 { throw ValidationError("--limit is at least 1") }
  }

  package func run() throws {
    let songs = try EvaluationSongs(searching: folders)
    for note in songs.notes { Console.note(note) }
    if let writeNorms {
      return try write(JSONOutput.text(PlayabilityNorms(songs.measured()).rounded), to: writeNorms)
    }
    let evaluation = try Evaluation(
      songs: songs, parts: writeCritic != nil ? [.critic] : only.map { [$0] } ?? Part.allCases, limit: limit)
    if let writeCritic { return try write(JSONOutput.text(evaluation.criticExamples()), to: writeCritic) }
    let report = try evaluation.run()
    if json {
      try JSONOutput.print(report)
    } else {
      for line in report.lines { Console.print(line) }
    }
  }

  private func write(_ text: String, to path: String) throws {
    do throws(SystemFailure) {
      try FileStore.replace(URL(filePath: path), with: Data(text.utf8))
    } catch {
      throw CommandError(.cannotRun, file: path, "not written, \(error.text)")
    }
  }
}
