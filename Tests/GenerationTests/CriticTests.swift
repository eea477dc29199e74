import Chart
import Foundation
import Testing

@testable import Generation

/// What the critic is for: what hangs together stands above what was spoilt, and nothing makes it fall.
struct CriticTests {
  private static let model = Result { try ShippedModel.suggester() }

  /// Sixteen measures of a plain run on pump-single that any author could have written: corners by turns, the centre between.
  private static let chart: StepChart = {
    let lanes = [0, 2, 3, 2, 1, 2, 4, 2]
    var notes = NoteList()
    for step in 0..<16 * 8 { notes.insert(Note(row: Row(step * 24), lane: Lane(lanes[step % 8]))) }
    return StepChart(header: ChartHeader(stepsType: .pumpSingle, meter: 8), notes: notes)
  }()

  private static let region = Row.measure(8)..<Row.measure(11)

  private func judge(_ versions: [[Note]]) throws -> [Double] {
    var chart = Self.chart
    chart.notes = NoteList(sorted: chart.notes.filter { !Self.region.contains($0.row) })
    let request = SuggestionRequest(chart: chart, timing: TestSong.timing, region: Self.region, level: 8)
    return try Self.model.get().judge(versions, for: request, features: nil).map(\.score)
  }

  private func spoil(_ notes: [Note], by corruption: Corruption, seed: UInt64) -> [Note]? {
    var random = RandomSource(seed: seed)
    return corruption.spoil(
      notes, region: Self.region, type: .pumpSingle, elsewhere: [], random: &random)
  }

  @Test func aRunStandsAboveItsSpoiltVersions() throws {
    let own = Array(Self.chart.notes[Self.region])
    var wins = 0
    var pairs = 0
    for corruption in Corruption.allCases {
      for seed in 0..<4 {
        guard let spoilt = spoil(own, by: corruption, seed: UInt64(seed)) else { continue }
        let scores = try judge([own, spoilt])
        pairs += 1
        wins += scores[0] > scores[1] ? 1 : 0
      }
    }
    #expect(pairs >= 24)
    #expect(wins * 10 >= pairs * 9, "\(wins) of \(pairs)")
  }

  @Test func whatASpoiltRegionHoldsStaysInIt() throws {
    let own = Array(Self.chart.notes[Self.region])
    for corruption in Corruption.allCases {
      for seed in 0..<8 {
        guard let spoilt = spoil(own, by: corruption, seed: UInt64(seed)) else { continue }
        #expect(spoilt != own)
        #expect(Array(NoteList(spoilt)) == spoilt, "\(corruption) leaves notes that the chart would change")
        for note in spoilt {
          #expect(Self.region.contains(note.row) && note.lastRow < Self.region.upperBound)
          #expect((0..<5).contains(note.lane.index))
        }
      }
    }
  }

  @Test func aCriticForOtherTraitsIsRefused() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "critic-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: path) }
    let text = #"{"traits":["beauty"],"mean":[0],"deviation":[1],"layers":[{"weight":[[1]],"bias":[0]}]}"#
    try Data(text.utf8).write(to: path)
    #expect(
      throws: ModelError.weightsBroken(name: path.lastPathComponent, problem: "it is made for other traits")
    ) {
      try Critic(contentsOf: path.path)
    }
  }

  /// A region in which nothing stands, one without anything around it, one as long as the song.
  @Test func anyRegionGetsAVerdict() throws {
    #expect(try judge([Array(Self.chart.notes[Self.region])]).allSatisfy(\.isFinite))
    var empty = Self.chart
    empty.notes = NoteList()
    let request = SuggestionRequest(
      chart: empty, timing: TestSong.timing, region: .zero..<Row.measure(2), level: nil)
    let own = Array(Self.chart.notes[.zero..<Row.measure(2)])
    let model = try Self.model.get()
    #expect(try model.judge([own], for: request, features: TestSong.features(model))[0].score.isFinite)
  }
}
