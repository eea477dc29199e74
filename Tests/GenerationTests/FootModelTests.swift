import Chart
import Testing

@testable import Generation

struct FootModelTests {
  @Test(arguments: DrawnPatterns.all)
  func theFeetDoWhatThePlayerDoes(with pattern: DrawnPattern) {
    #expect(pattern.disagreements.isEmpty, "\(pattern.disagreements.joined(separator: "; "))")
  }

  @Test func sixtyPatternsAtLeast() {
    #expect(DrawnPatterns.all.count >= 60)
    #expect(Set(DrawnPatterns.all.map(\.type)).count == StepsType.authored.count)
  }

  /// Turned left to right, a pattern is walked by the other feet.
  @Test(arguments: DrawnPatterns.all)
  func mirroredTheFeetChangeSides(of pattern: DrawnPattern) throws {
    let pad = try #require(Pad(pattern.type))
    let mirror = LaneMap.horizontal(pattern.type)
    let turned = pattern.rows.map { row in
      var row = row
      row.steps = row.steps.moved(by: mirror)
      row.held = row.held.moved(by: mirror)
      return row
    }
    let before = FootAnalysis(rows: pattern.rows, pad: pad).labels
    let after = FootAnalysis(rows: turned, pad: pad).labels
    let cost = before.reduce(0) { $0 + $1.cost }
    #expect(abs(cost - after.reduce(0) { $0 + $1.cost }) < 1e-6 * max(1, cost))
    for (label, other) in zip(before, after) where label.certainty == .forced {
      #expect(label.left.moved(by: mirror) == other.right)
    }
  }

  @Test func theReasonIsToldInWords() throws {
    let pad = try #require(Pad(.pumpSingle))
    let rows = DrawnPatterns.all[0].rows
    let analysis = FootAnalysis(rows: rows, pad: pad)
    let reason = analysis.reason(at: rows[1].row)
    #expect(reason.hasPrefix("with the other foot the player would "), "\(reason)")
    #expect(analysis.reason(at: Row(7)).isEmpty)
  }
}
