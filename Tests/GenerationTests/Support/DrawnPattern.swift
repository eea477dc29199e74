import Chart
import Foundation
import Testing

@testable import Generation

/// A pattern drawn as a player sees it, one row a line from the first, with what a player does written beside it.
///
/// Cells: `.` nothing, `x` a tap, `o` the head of a hold that lasts while `|` follows. Then the feet on the panels from
/// left to right (`L`, `R`, `-` for no matter, `!` where two feet cannot), then what must be found on the row, and in
/// brackets how sure the feet are.
struct DrawnPattern: Sendable, CustomTestStringConvertible {
  struct Line: Sendable {
    var feet: String
    var findings: Set<FootLabel.Finding>
    var certainty: Footwork.Freedom?
  }

  let name: String
  let type: StepsType
  /// Rows a second.
  let pace: Double
  let lines: [Line]
  let rows: [FootRow]
  /// What must not be found on any row.
  let without: Set<FootLabel.Finding>

  var testDescription: String { name }

  init(
    _ name: String, _ type: StepsType, pace: Double = 5, without: Set<FootLabel.Finding> = [],
    _ drawing: String
  ) {
    self.name = name
    self.type = type
    self.pace = pace
    self.without = without
    var lines: [Line] = []
    var rows: [FootRow] = []
    for (index, text) in drawing.split(separator: "\n").enumerated() {
      let words = text.split(separator: " ").map(String.init)
      var row = FootRow(row: Row(index * 24), time: Seconds(Double(index) / pace), steps: [])
      for (lane, cell) in (words.first ?? "").enumerated() {
        if cell == "x" || cell == "o" { row.steps.formUnion(PanelSet(Lane(lane))) }
        if cell == "|" { row.held.formUnion(PanelSet(Lane(lane))) }
      }
      rows.append(row)
      lines.append(
        Line(
          feet: words.count > 1 ? words[1] : "",
          findings: Set(words.dropFirst(2).compactMap(FootLabel.Finding.init)),
          certainty: words.last.flatMap {
            Footwork.Freedom(rawValue: $0.trimmingCharacters(in: ["(", ")"]))
          }))
    }
    self.lines = lines
    self.rows = rows
  }

  /// What the drawing says and the foot model does not, in words.
  var disagreements: [String] {
    guard let pad = Pad(type) else { return ["no pad"] }
    let analysis = FootAnalysis(rows: rows, pad: pad)
    var problems: [String] = []
    for (index, (line, label)) in zip(lines, analysis.labels).enumerated() {
      let feet = rows[index].steps.lanes.map { lane in
        label.foot(on: lane).map { $0 == .left ? "L" : "R" } ?? "!"
      }.joined()
      let agrees = zip(line.feet, feet).allSatisfy { $0 == "-" || $0 == $1 }
      if !agrees || feet.count != line.feet.count { problems.append("row \(index + 1): feet \(feet)") }
      let missing = line.findings.subtracting(label.findings)
      if !missing.isEmpty { problems.append("row \(index + 1): no \(missing.map(\.rawValue).sorted())") }
      let unwanted = label.findings.intersection(without)
      if !unwanted.isEmpty { problems.append("row \(index + 1): \(unwanted.map(\.rawValue).sorted())") }
      if let certainty = line.certainty, certainty != label.certainty {
        problems.append("row \(index + 1): \(label.certainty), margin \(Int(min(1e6, label.margin)))")
      }
    }
    return problems
  }
}
