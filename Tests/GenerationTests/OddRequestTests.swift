import Chart
import Testing

@testable import Generation

/// Requests that few make, and that must be answered all the same.
struct OddRequestTests {
  private static let model = Result { try ShippedModel.suggester() }
  private let region = Row.measure(8)..<Row.measure(10)

  private func chart(_ notes: [Note]) -> StepChart {
    StepChart(header: ChartHeader(stepsType: .pumpSingle, meter: 12), notes: NoteList(notes))
  }

  /// A hold from the start of the chart, and more rows before the region than are read.
  @Test func aFootThatHasLongBeenHeldIsNotFree() throws {
    let hold = Note(row: .zero, lane: Lane(0), kind: .hold(end: Row.measure(12)))
    let taps = (1..<64).map { Note(row: Row($0 * 24), lane: Lane($0 % 2 == 0 ? 3 : 4)) }
    let rows = (0..<8).map { region.lowerBound + $0 * Row.perBeat }
    let request = SuggestionRequest(
      chart: chart([hold] + taps), timing: TestSong.timing, region: region, level: 12,
      scope: .selection(rows: rows), alternatives: 4)
    for answer in try Self.model.get().suggest(request, features: nil) {
      var written = request.chart
      for note in answer.notes.map(\.note) { written.notes.insert(note) }
      #expect(Playability(written, timing: request.timing)?.impossibleRows == 0)
    }
  }

  @Test(arguments: [Int.max, 100_000])
  func moreRowsThanThereIsRoomFor(_ count: Int) throws {
    let request = SuggestionRequest(
      chart: chart([]), timing: TestSong.timing, region: region, level: 12, scope: .placement,
      rowCount: count, alternatives: 2)
    for answer in try Self.model.get().suggest(request, features: nil) {
      let times = Set(answer.notes.map(\.note.row)).sorted()
      #expect(!times.isEmpty && zip(times, times.dropFirst()).allSatisfy { $0.distance(to: $1) >= 6 })
    }
  }

  /// Rows a beat apart sound together where the beat takes no time.
  @Test func rowsAreFarEnoughApartInTimeOverAWarp() throws {
    var timing = TimingData(offset: .zero, bpm: 240)
    timing.warps = (32..<40).map { TimingEvent(row: Row($0 * Row.perBeat + 24), value: 24) }
    let request = SuggestionRequest(
      chart: chart([]), timing: timing, region: region, level: 20, scope: .placement, rowCount: 1000)
    let map = TimingMap(timing)
    for answer in try Self.model.get().suggest(request, features: nil) {
      let times = Set(answer.notes.map(\.note.row)).sorted().map { map.seconds(at: $0).value }
      #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 > 0.04 - 1e-9 })
    }
  }
}
