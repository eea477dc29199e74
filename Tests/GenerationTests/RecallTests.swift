import Chart
import Foundation
import Testing

@testable import Generation

/// The chart's own rows as witnesses for the next one.
struct RecallTests {
  private struct Fixture: Decodable {
    struct Case: Decodable {
      var type: String
      var states: [[Int]]
      var rows: [Int]
      var classes: [Int32]
      var candidates: [[Int]]
      var shares: [[Float]]
      var lengths: [Int]
    }

    var cases: [Case]
  }

  @Test(arguments: StepsType.authored)
  func itSaysWhatTheTrainingSays(of type: StepsType) throws {
    let fixture = try Fixtures.read("parity-recall", as: Fixture.self)
    let chart = try #require(fixture.cases.first { $0.type == type.name })
    let rows = chart.states.map { states in
      PanelRow(
        taps: PanelSet.lanes { $0 < states.count && states[$0] == 1 },
        heads: PanelSet.lanes { $0 < states.count && states[$0] == 2 })
    }
    var recall = Recall(RowImages(rows: rows, type: type), rows: rows.count)
    let rhythm = RecallRhythm(rows: chart.rows.map { Row($0) })
    for step in chart.rows.indices {
      let said = recall.ask(step, rhythm, known: chart.classes, below: step)
      let expected = zip(chart.candidates[step], chart.shares[step]).filter { $0.0 >= 0 }
      for (rank, candidate) in expected.enumerated() {
        // Which of two rows with equal votes comes first is a matter of rounding.
        let isTied = expected.enumerated().contains { $0 != rank && abs($1.1 - candidate.1) < 1e-4 }
        guard !isTied, rank < Recollection.most - 1 else { continue }
        #expect(said.candidates[rank].row == candidate.0, "step \(step)")
      }
      #expect(
        difference(said.candidates.map(\.share), expected.map(\.1), within: 1e-5) == nil, "step \(step)")
      #expect(said.length == (expected.isEmpty ? 0 : chart.lengths[step]), "step \(step)")
    }
  }

  /// Rows of dance-single: left, down, up, right.
  private static let singles = (0..<4).map { PanelRow(taps: PanelSet(Lane($0)), heads: []) }

  private func ask(_ step: Int, _ known: [Int32], gaps: [Int], below limit: Int? = nil) -> Recollection {
    var row = 0
    let rows =
      [Row(0)]
      + gaps.map { gap -> Row in
        row += gap
        return Row(row)
      }
    var recall = Recall(RowImages(rows: Self.singles, type: .danceSingle), rows: 4)
    return recall.ask(step, RecallRhythm(rows: rows), known: known, below: limit ?? step)
  }

  @Test func aPhraseThatComesAgainIsContinued() throws {
    // L D U R L D U, then? R, as the first time: three steps agree, against single votes for all others.
    let said = ask(7, [0, 1, 2, 3, 0, 1, 2, -1], gaps: [24, 24, 24, 24, 24, 24, 24])
    let first = try #require(said.candidates.first)
    #expect(first.row == 3)
    #expect(first.share > 0.6)
    #expect(said.length == 3)
  }

  @Test func aMirroredPhraseIsContinuedInTheMirror() throws {
    // L D R U, then R U L …: both axes turned, D.
    let said = ask(7, [0, 1, 3, 2, 3, 2, 0, -1], gaps: [24, 24, 24, 24, 24, 24, 24])
    #expect(said.candidates.first?.row == 1)
  }

  @Test func anotherRhythmIsNoWitness() {
    // The step asked about is the only one with a gap of 12 rows.
    let said = ask(4, [0, 1, 2, 3, -1], gaps: [24, 24, 24, 12])
    #expect(said.candidates.isEmpty)
    #expect(said.length == 0)
  }

  @Test func whatTheAuthorWroteLaterSpeaksToo() throws {
    // Nothing but the phrase after the gap says that D follows L.
    let known: [Int32] = [0, -1, 0, 1]
    let gaps = [24, 48, 24]
    #expect(ask(1, known, gaps: gaps).candidates.isEmpty)
    #expect(ask(1, known, gaps: gaps, below: 4).candidates.first?.row == 1)
  }
}

extension PanelSet {
  fileprivate static func lanes(where isIn: (Int) -> Bool) -> PanelSet {
    (0..<16).filter(isIn).reduce(into: PanelSet()) { $0.formUnion(PanelSet(Lane($1))) }
  }
}
