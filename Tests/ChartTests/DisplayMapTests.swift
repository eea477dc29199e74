import Chart
import Testing

@Suite struct DisplayMapTests {
  @Test func scrollsStretchWhatIsDrawn() {
    var timing = TimingData(offset: .zero, bpm: 120)
    timing.scrolls = [
      TimingEvent(row: Beat(4).row, value: 0.5), TimingEvent(row: Beat(8).row, value: 0),
      TimingEvent(row: Beat(12).row, value: -1),
    ]
    let map = DisplayMap(timing)
    for (beat, displayed) in [(-1.0, -1.0), (2, 2), (4, 4), (6, 5), (8, 6), (10, 6), (12, 6), (13, 5)] {
      #expect(map.displayedBeat(at: Beat(beat)) == displayed, "beat \(beat)")
    }
  }

  @Test func speedsMoveEvenlyInTime() {
    var timing = TimingData(offset: .zero, bpm: 60)
    timing.speeds = [
      TimingEvent(row: Beat(2).row, value: SpeedChange(ratio: 3, delay: 2)),
      TimingEvent(row: Beat(8).row, value: SpeedChange(ratio: 1, delay: 0.5, isInSeconds: true)),
      TimingEvent(row: Beat(10).row, value: SpeedChange(ratio: 2)),
    ]
    let map = DisplayMap(timing)
    for (time, speed) in [(0.0, 1.0), (2, 1), (3, 2), (4, 3), (7, 3), (8.25, 2), (9, 1), (10, 2)] {
      #expect(map.speed(at: Seconds(time)) == speed, "\(time) s")
    }
  }

  @Test func gimmicksAreNamed() {
    var timing = TimingData(offset: .zero, bpm: 120)
    var chart = StepChart(header: ChartHeader(stepsType: .pumpSingle))
    chart.notes = NoteList([
      Note(row: Row(0), lane: Lane(0)), Note(row: Row(48), lane: Lane(1), kind: .fake),
      Note(row: Row(96), lane: Lane(2)), Note(row: Row(192), lane: Lane(0), kind: .mine),
    ])
    #expect(Gimmicks(of: chart, timing: timing).words == ["fakes"])
    timing.warps = [TimingEvent(row: Row(90), value: 20)]
    timing.scrolls = [TimingEvent(row: Row(0), value: 2)]
    for step in 0..<8 { timing.bpms.set(100 + Double(step), at: Row(step * 24)) }
    #expect(Gimmicks(of: chart, timing: timing).words == ["warps", "fakes", "scrolls", "continuous-bpm"])
    #expect(chart.musicTimeNotes(timing: timing).map(\.note.row) == [Row(0)])
  }
}
