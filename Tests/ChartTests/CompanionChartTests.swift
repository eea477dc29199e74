import Testing

@testable import Chart

/// What the model is told of a song's other charts.
struct CompanionChartTests {
  private func chart(
    _ type: StepsType, meter: Int = 12, rows: Int = 20, timing: TimingData? = nil
  ) -> StepChart {
    StepChart(
      header: ChartHeader(stepsType: type, difficulty: .hard, meter: meter), timing: timing,
      notes: NoteList((0..<rows).map { Note(row: Row($0 * 48), lane: Lane($0 % 4)) }))
  }

  private func song(_ charts: StepChart...) -> Simfile {
    Simfile(timing: TimingData(offset: .zero, bpm: 120), charts: charts)
  }

  @Test func allOthersThatAreCharts() {
    let song = song(
      chart(.pumpSingle), chart(.pumpDouble, meter: 18), chart(.danceSingle, meter: 9),
      chart(.pumpSingle, rows: 5), chart(StepsType("lights-cabinet")))
    #expect(song.companions(of: 0, timing: song.timing).map(\.name) == ["D18", "Hard 9"])
    #expect(song.companions(of: nil, timing: song.timing).map(\.name) == ["S12", "D18", "Hard 9"])
  }

  @Test func rowsOfTheSameTimingStandAsTheyAre() {
    let song = song(chart(.pumpSingle), chart(.pumpDouble))
    #expect(song.companions(of: 0, timing: song.timing)[0].notes == song.charts[1].notes)
  }

  @Test func anotherTimingIsReadByTime() {
    // Twice as many beats a minute, beginning a beat of the first chart later: -0.5 s.
    let own = TimingData(offset: Seconds(-0.5), bpm: 240)
    let song = song(chart(.pumpSingle), chart(.pumpDouble, timing: own))
    let rows = song.companions(of: 0, timing: song.timing)[0].rows
    #expect(rows.prefix(4).map(\.index) == [48, 72, 96, 120])
  }

  @Test func holdsKeepTheirEndsAndWhatIsNotSteppedOnIsLeftOut() {
    var other = chart(.pumpDouble, timing: TimingData(offset: .zero, bpm: 60))
    other.notes = NoteList(
      [
        Note(row: Row(48), lane: Lane(9), kind: .hold(end: Row(96))),
        Note(row: Row(60), lane: Lane(0), kind: .mine),
      ]
        + other.notes.filter { $0.row > Row(96) })
    let song = song(chart(.pumpSingle), other)
    let notes = song.companions(of: 0, timing: song.timing)[0].notes
    #expect(notes.first == Note(row: Row(96), lane: Lane(9), kind: .hold(end: Row(192))))
    #expect(!notes.contains { $0.kind == .mine })
  }
}
