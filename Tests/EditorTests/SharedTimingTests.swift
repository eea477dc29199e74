import Chart
import Editor
import Testing

@Suite("Timing of several charts")
struct SharedTimingTests {
  /// Charts with these BPM of their own, or with the song's 120 where there is none.
  private func editor(_ own: [Double?]) -> EditorState {
    let notes = NoteList([Note(row: Row(96), lane: Lane(0)), Note(row: Row(192), lane: Lane(1))])
    let charts = own.map { bpm in
      StepChart(
        header: ChartHeader(stepsType: .pumpSingle, meter: 7),
        timing: bpm.map { TimingData(offset: .zero, bpm: $0) }, notes: notes)
    }
    return EditorState(document: Simfile(timing: TimingData(offset: .zero, bpm: 120), charts: charts))
  }

  private func tempos(_ state: EditorState) -> [Double] {
    state.document.charts.map { state.document.timing(of: $0).bpm(at: .zero) }
  }

  @Test func undoInAnotherChartShowsItsTiming() {
    var state = editor([120, 30])
    for line in ["lane 1", "next-chart", "undo", "go 2"] { state.run(line) }
    #expect(state.chartIndex == 0)
    #expect(state.timingMap == TimingMap(TimingData(offset: .zero, bpm: 120)))
    state.run("next-chart")
    state.run("redo")
    #expect(state.chartIndex == 0 && state.timingMap == TimingMap(state.timing))
  }

  @Test func undoOfATempoStaysInAChartThatHasIt() {
    var state = editor([120, 120, 30])
    state.run("bpm 140")
    #expect(state.chartIndex == 0)
    state.run("next-chart")
    state.press("ctrl+z")
    #expect(state.chartIndex == 1 && tempos(state) == [120, 120, 30])
    state.press("ctrl+y")
    #expect(state.chartIndex == 1 && tempos(state) == [140, 140, 30])
    state.run("next-chart")
    state.press("ctrl+z")
    #expect(state.chartIndex == 0, "the third knows nothing of it")
  }

  @Test func aTempoWrittenInEditModeIsForAllThatAreTimedAlike() {
    var state = editor([120, 120, nil, 30])
    state.run("bpm 140")
    #expect(tempos(state) == [140, 140, 140, 30])
    #expect(state.document.timing.bpm(at: .zero) == 140)
    #expect(state.message?.text == "set BPM, 3 charts changed")
    #expect(state.history.names.count == 1)
    state.run("bpm 150 this")
    #expect(tempos(state) == [150, 140, 140, 30])
    #expect(state.message?.text == "set BPM, 1 chart changed")
    state.run("chart 3")
    state.run("offset 0.5 this")
    #expect(state.chart?.timing?.offset == Seconds(0.5), "it has a timing of its own now")
    #expect(state.document.timing.offset == .zero)
    state.run("put-bpm 150 this")
    state.run("put-bpm 150 this")
    #expect(state.message?.text == "put BPM: nothing changes")
  }

  @Test func keptTempoIsForThisChartWhenSaidSo() {
    var state = editor([120, 120])
    state.press("S 2")
    state.run("keep-tempo this")
    #expect(tempos(state) == [240, 120])
    #expect(state.message?.text == "tempo kept, 1 chart changed")
    state.press("S")
    state.run("put-bpm 100 this")
    #expect(state.message?.weight == .warning && state.mode == .sync)
  }

  /// A chart that follows the song is not touched when only charts with a timing of their own change.
  @Test func notesKeepTheirTimesOnlyWhereTheTimingChanges() {
    var state = editor([30, 30, nil])
    state.press("S k 2 enter")
    #expect(tempos(state) == [60, 60, 120])
    #expect(
      state.document.charts.map { $0.notes.map(\.row.index) } == [[192, 384], [192, 384], [96, 192]])
  }

  @Test(arguments: [0, 1])
  func insertedBeatsAreInEveryTiming(chart: Int) {
    var state = editor([30, nil])
    state.run("chart \(chart + 1)")
    state.run("go 0 3")
    state.run("put-bpm 200")
    state.run("chart \(2 - chart)")
    state.run("go 0 3")
    state.run("put-bpm 100")
    state.run("go 0 2")
    state.run("insert-beats 1 all")
    #expect(state.chartIndex == 1 - chart)
    #expect(state.document.timing.bpms.map(\.row.index) == [0, 144])
    #expect(state.document.charts[0].timing?.bpms.map(\.row.index) == [0, 144])
    #expect(state.document.charts.allSatisfy { $0.notes.map(\.row.index) == [144, 240] })
    #expect(state.timingMap == TimingMap(state.timing))
  }

  // MARK: - A new song

  private func loaded(_ state: inout EditorState) -> RequestID? {
    let effects = state.reduce(
      .musicLoaded(
        duration: Seconds(60), waveform: Envelope(secondsPerBin: 0.1, bins: [0]), onsets: nil))
    guard case .detectTempo(let id, _)? = effects.first else { return nil }
    return id
  }

  @Test func aFormThatIsOpenWhenTheMusicComesOnlyPutsTheListeningOff() {
    var state = EditorState(document: Simfile())
    state.press("N")
    #expect(loaded(&state) == nil && state.message == nil)
    guard case .detectTempo? = state.press("enter").last else {
      Issue.record("it listens once the form is closed")
      return
    }
    #expect(state.mode == .sync && state.document.charts.count == 1)
  }

  @Test func aTempoThatIsStillListenedForIsNotKept() throws {
    var state = EditorState(document: Simfile())
    let id = try #require(loaded(&state))
    state.press("enter")
    #expect(state.mode == .sync && state.message?.weight == .warning)
    _ = state.reduce(
      .tempoArrived(
        id,
        TempoEstimate(
          candidates: [TempoCandidate(bpm: 128, offset: .zero, confidence: 0.9)],
          segments: [TempoSegment(row: .zero, start: .zero, bpm: 128)])))
    state.press("enter")
    #expect(state.document.timing.bpm(at: .zero) == 128)
  }
}
