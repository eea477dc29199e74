import Chart
import Editor
import Testing

@Suite("Working on the tempo")
struct SyncTests {
  private let bins = [Float](repeating: 0, count: 1000)

  private func fresh() -> (EditorState, RequestID?) {
    var state = EditorState(document: Simfile())
    let effects = state.reduce(
      .musicLoaded(duration: Seconds(120), waveform: Envelope(secondsPerBin: 0.01, bins: bins), onsets: nil))
    guard case .detectTempo(let id, _)? = effects.first else { return (state, nil) }
    return (state, id)
  }

  private let estimate = TempoEstimate(
    candidates: [
      TempoCandidate(bpm: 128, offset: Seconds(-0.471), confidence: 0.8),
      TempoCandidate(bpm: 170.667, offset: Seconds(-0.2), confidence: 0.1),
    ], segments: [TempoSegment(row: .zero, start: Seconds(0.471), bpm: 128)])

  private func editing(bpm: Double = 120) -> EditorState {
    let chart = StepChart(
      header: ChartHeader(stepsType: .pumpSingle), timing: TimingData(offset: .zero, bpm: bpm),
      notes: NoteList([
        Note(row: Row(96), lane: Lane(0)), Note(row: Row(192), lane: Lane(1), kind: .hold(end: Row(240))),
      ]))
    var state = EditorState(document: Simfile(timing: TimingData(offset: .zero, bpm: bpm), charts: [chart]))
    state.press("S")
    return state
  }

  @Test func aFreshSongIsListenedToAndTheBestCandidateDrawn() {
    var (state, id) = fresh()
    guard let id else {
      Issue.record("a song without tempo is listened to")
      return
    }
    #expect(state.mode == .sync)
    _ = state.reduce(.tempoArrived(id, estimate))
    #expect(state.timing == TimingData(offset: Seconds(-0.471), bpm: 128))
    #expect(state.document.timing.bpms.isEmpty, "nothing is written before it is kept")
    state.press("tab")
    #expect(state.timing.bpms.first?.value == 170.667)
    state.press("shift+tab enter")
    #expect(state.document.timing == TimingData(offset: Seconds(-0.471), bpm: 128))
    #expect(state.mode == .form)
    state.press("N enter")
    #expect(state.chart?.timing == state.document.timing, "a pump chart has its own timing")
  }

  @Test func noTempoIsSaidSo() {
    var (state, id) = fresh()
    guard let id else { return }
    _ = state.reduce(.tempoArrived(id, TempoEstimate()))
    #expect(state.sync?.hearing == .noTempo)
    #expect(state.message?.text.hasPrefix("no tempo found") == true)
    state.run("bpm 140")
    state.press("enter")
    #expect(state.document.timing.bpms.map(\.value) == [140])
  }

  @Test func nudgingIsLiveAndEscReverts() {
    var state = editing()
    state.press("] ] } . >")
    #expect(abs(state.timing.offset.value + 0.012) < 1e-9)
    #expect(abs(state.timing.bpm(at: .zero) - 120.11) < 1e-9)
    #expect(abs(state.timingMap.seconds(at: .zero).value - 0.012) < 1e-9, "the grid bends at once")
    state.press("u")
    #expect(abs(state.timing.bpm(at: .zero) - 120.01) < 1e-9)
    state.press("esc d")
    #expect(state.timing == TimingData(offset: .zero, bpm: 120))
    #expect(state.mode == .edit && !state.isDirty)
  }

  @Test func keepingIsOneStepForAllWhoSharedTheTiming() {
    var state = editing()
    state.press("h 2 enter")
    #expect(state.document.timing == state.chart?.timing)
    #expect(state.document.timing.bpm(at: .zero) == 240)
    #expect(state.document.timing.offset == Seconds(-0.25))
    #expect(state.history.names == ["set tempo"])
    state.press("ctrl+z")
    #expect(state.document.timing == TimingData(offset: .zero, bpm: 120))
    #expect(state.chart?.timing == TimingData(offset: .zero, bpm: 120))
  }

  @Test func notesKeepBeatsOrTimes() {
    var state = editing()
    state.press("2 enter")
    #expect(state.notes.map(\.row.index) == [96, 192])
    state = editing()
    state.press("k 2 enter")
    #expect(state.notes.map(\.row.index) == [192, 384])
    #expect(state.notes.map(\.lastRow.index) == [192, 480])
    state.press("ctrl+z")
    #expect(state.notes.map(\.row.index) == [96, 192])
  }

  @Test func slidingMovesTheRowAndAllAfterIt() {
    var state = editing()
    state.run("go 1")
    state.run("slide 10")
    let map = state.timingMap
    #expect(abs(map.seconds(at: Row(0)).value) < 1e-9)
    #expect(abs(map.seconds(at: Row(192)).value - 2.01) < 1e-9)
  }

  @Test func draggingLeavesTheNeighboursWhereTheyAre() {
    var state = editing()
    state.run("go 4")
    state.press("b")
    state.run("go 2")
    state.run("drag -20")
    let map = state.timingMap
    #expect(abs(map.seconds(at: Row.measure(2)).value - 3.98) < 1e-9)
    #expect(abs(map.seconds(at: Row.measure(4)).value - 8) < 1e-9)
    #expect(abs(map.seconds(at: Row.measure(6)).value - 12) < 1e-9)
  }

  @Test func pinsHoldWhileOtherThingsMove() {
    var state = editing()
    state.press("p")
    state.run("go 4")
    state.press("p")
    state.run("go 8")
    state.press("p ] ]")
    let map = state.timingMap
    #expect(abs(map.seconds(at: Row.measure(0)).value) < 1e-9)
    #expect(abs(map.seconds(at: Row.measure(4)).value - 8) < 1e-9)
    #expect(abs(map.seconds(at: Row.measure(8)).value - 16.002) < 1e-9)
    state.run("go 6")
    state.run("bpm-up 3")
    #expect(abs(state.timingMap.seconds(at: Row.measure(8)).value - 16.002) < 1e-9)
  }

  @Test func heardChangesAreTakenOneByOne() {
    var state = editing()
    guard case .detectTempo(let id, _)? = state.press("g").last else {
      // Without music there is nothing to listen to; then it is said.
      #expect(state.sync?.hearing == .failed("there is no music to listen to"))
      return hear(&state)
    }
    _ = state.reduce(.tempoArrived(id, estimate))
  }

  private func hear(_ state: inout EditorState) {
    _ = state.reduce(
      .musicLoaded(duration: Seconds(60), waveform: Envelope(secondsPerBin: 0.01, bins: bins), onsets: nil))
    guard case .detectTempo(let id, let request)? = state.press("g").last else {
      Issue.record("g listens again")
      return
    }
    #expect(request.tightness > 0.6)
    let segments = [
      TempoSegment(row: .zero, start: Seconds(0.5), bpm: 120),
      TempoSegment(row: Row(192), start: Seconds(2.5), bpm: 150),
      TempoSegment(row: Row(384), start: Seconds(4.35), bpm: 150),
    ]
    _ = state.reduce(.tempoArrived(id, TempoEstimate(candidates: estimate.candidates, segments: segments)))
    #expect(state.sync?.ghosts.map(\.row.index) == [0, 0, 192, 384, 384])
    state.press("y x")
    #expect(state.cursor == Row(384))
    #expect(state.timing.offset == Seconds(-0.5))
    #expect(state.timing.bpms.map(\.row.index) == [0])
    state.press("u a")
    #expect(state.timing.bpms.map(\.row.index) == [0, 192, 384])
    for segment in segments {
      #expect(abs(state.timingMap.seconds(at: segment.row).value - segment.start.value) < 1e-9)
    }
  }

  @Test func tapsGiveATempoWithItsMargin() {
    var state = editing()
    for beat in 0..<9 {
      let jitter = [0.002, -0.003, 0.001, 0, -0.001, 0.003, -0.002, 0.001, 0][beat]
      _ = state.reduce(.key(KeyEvent(.character("t")), Moment(clock: Seconds(Double(beat) * 0.4 + jitter))))
    }
    let tempo = state.sync?.taps.tempo
    #expect(abs((tempo?.bpm ?? 0) - 150) < 0.3)
    #expect((tempo?.margin ?? 9) < 0.5)
    state.press("T")
    #expect(abs(state.timing.bpm(at: .zero) - 150) < 0.3)
  }

  @Test func beatsBetweenTwoMarksAndRowsToAStop() {
    var state = editing()
    state.press("m")
    state.run("go 1")
    state.run("bpm-between 5")
    #expect(state.timing.bpm(at: .zero) == 150)
    #expect(abs(state.timingMap.seconds(at: Row(240)).value - 2) < 1e-9)
    #expect(state.timing.bpm(at: Row(240)) == 120)
    state = editing()
    state.press("m")
    state.run("go 0 2")
    state.press("S")
    #expect(state.timing.stops.map(\.value.value) == [0.5])
    #expect(abs(state.timingMap.seconds(at: Row(48)).value - 1) < 1e-9)
  }
}
