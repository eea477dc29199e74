import Chart
import Editor
import Testing

/// Rows put in and taken out, and beats counted anew: what stands elsewhere keeps its place in the music.
@Suite("Timing that moves along")
struct StretchingTests {
  private let full: TimingData = {
    var timing = TimingData(offset: .zero, bpm: 120)
    timing.bpms = [(0, 120), (10, 180), (40, 100)].map { event(at: $0.0, $0.1) }
    timing.stops = [event(at: 8, Seconds(0.5)), event(at: 9, Seconds(0.25))]
    timing.scrolls = [event(at: 10, 2)]
    timing.fakes = [event(at: 7, 4 * Row.perBeat)]
    timing.labels = [event(at: 20, "chorus")]
    return timing
  }()

  private static func event<Value>(at beat: Int, _ value: Value) -> TimingEvent<Value> {
    TimingEvent(row: Beat(Double(beat)).row, value: value)
  }

  private func editor(_ lines: String...) -> EditorState {
    let chart = StepChart(header: ChartHeader(stepsType: .pumpSingle, meter: 7), notes: NoteList())
    var state = EditorState(document: Simfile(timing: full, charts: [chart]))
    for line in lines { state.run(line) }
    return state
  }

  private func beats<Value>(_ events: [TimingEvent<Value>]) -> [Double] { events.map(\.row.beat.value) }

  /// The third beat of measure 2 is beat 10, where the tempo changes.
  @Test func whatIsInForceAfterACutStaysInForce() {
    let timing = editor("go 2 3", "delete-beats 2 all").document.timing
    #expect(beats(timing.bpms) == [0, 10, 38] && timing.bpm(at: Row(480)) == 180)
    #expect(beats(timing.scrolls) == [10])
    #expect(beats(timing.stops) == [8, 9] && beats(timing.labels) == [18])
  }

  @Test func aStretchThatIsCutIsShorter() {
    let timing = editor("go 2", "delete-beats 2 all").document.timing
    #expect(beats(timing.fakes) == [7] && timing.fakes.map(\.value) == [2 * Row.perBeat])
    #expect(timing.stops.isEmpty, "both stood in what is gone")
    #expect(beats(timing.bpms) == [0, 8, 38])
    let longer = editor("go 2", "insert-beats 2 all").document.timing
    #expect(longer.fakes.map(\.value) == [6 * Row.perBeat])
  }

  @Test func fewerBeatsBetweenTwoMarksTakeNothingThatComesAfter() throws {
    let before = TimingMap(full)
    let state = editor("sync", "sync-mark", "go 2", "bpm-between 4")
    let map = state.timingMap
    #expect(beats(state.timing.stops) == [4, 5] && beats(state.timing.bpms) == [0, 4, 6, 36])
    for beat in [8.0, 8.5, 9, 10, 20, 40, 44] {
      let moved = map.seconds(at: Beat(beat - 4).row)
      #expect(abs((moved - before.seconds(at: Beat(beat).row)).value) < 1e-9, "beat \(beat)")
    }
  }

  @Test func moreBeatsOverAPauseStillEndAtTheirTime() {
    let before = TimingMap(full)
    let state = editor("sync", "go 2", "sync-mark", "go 3", "bpm-between 6")
    #expect(abs((state.timingMap.seconds(at: Beat(14).row) - before.seconds(at: Beat(12).row)).value) < 1e-9)
  }

  @Test func rowsThatBecomeAStopKeepTheLastOnesPause() {
    let before = TimingMap(full)
    let state = editor("sync", "go 1 3", "sync-mark", "go 2", "rows-to-stop")
    #expect(state.timing.stops.map(\.row.beat.value) == [6, 7])
    for beat in [8.5, 9, 12, 44] {
      let moved = state.timingMap.seconds(at: Beat(beat - 2).row)
      #expect(abs((moved - before.seconds(at: Beat(beat).row)).value) < 1e-9, "beat \(beat)")
    }
  }

  @Test func twiceTheBeatsLeaveEveryEventAtItsTime() {
    let timing = editor("sync", "double").timing
    #expect(beats(timing.bpms) == [0, 20, 80] && beats(timing.stops) == [16, 18])
    #expect(beats(timing.fakes) == [14] && timing.fakes.map(\.value) == [8 * Row.perBeat])
    #expect(beats(timing.scrolls) == [20] && beats(timing.labels) == [40])
  }
}
