import Chart
import Editor
import Testing

/// Tempo work against what is heard: pictures of the timing before keys, and after them.
@Suite("Working on the tempo by ear")
struct SyncHearingTests {
  /// `offset | beat bpm | beat bpm ‖ pause`, as a picture of a timing.
  private func picture(_ timing: TimingData) -> String {
    var events = timing.bpms.map {
      (row: $0.row, text: "\($0.row.beat.value.decimals(0)) ♩\($0.value.decimals(2))")
    }
    events += timing.stops.map {
      (row: $0.row + 1, text: "\(($0.row + 1).beat.value.decimals(0)) ‖\($0.value.value.decimals(3))")
    }
    return ([timing.offset.value.decimals(3)] + events.sorted { $0.row < $1.row }.map(\.text)).joined(
      separator: " | ")
  }

  /// An editor in sync mode at 120 BPM with onsets at the times given.
  private func hearing(_ onsets: [Double], bpm: Double = 120) -> EditorState {
    var state = EditorState(document: Simfile(timing: TimingData(offset: .zero, bpm: bpm)))
    var bins = [Float](repeating: 0, count: 60_000)
    for time in onsets { bins[Int((time * 1000).rounded())] = 1 }
    let flat = Envelope(secondsPerBin: 0.01, bins: [Float](repeating: 0, count: 6000))
    _ = state.reduce(.musicLoaded(duration: Seconds(60), waveform: flat, onsets: nil))
    _ = state.reduce(.onsetsHeard(Envelope(secondsPerBin: 0.001, bins: bins)))
    state.press("S")
    return state
  }

  /// The same with three segments proposed: 120 BPM, 150 from beat 8, a pause before beat 16.
  private func proposed() -> EditorState {
    var state = hearing([])
    guard case .detectTempo(let id, _)? = state.press("d").last else {
      Issue.record("d listens")
      return state
    }
    let segments = [
      TempoSegment(row: .zero, start: Seconds(0.5), bpm: 120),
      TempoSegment(row: Row(8 * 48), start: Seconds(4.5), bpm: 150),
      TempoSegment(row: Row(16 * 48), start: Seconds(8.2), bpm: 150),
    ]
    let candidate = TempoCandidate(bpm: 120, offset: Seconds(-0.5), confidence: 0.9)
    _ = state.reduce(.tempoArrived(id, TempoEstimate(candidates: [candidate], segments: segments)))
    return state
  }

  @Test func allProposalsTakenAreTheTimingHeard() {
    var state = proposed()
    state.press("a")
    #expect(picture(state.timing) == "-0.500 | 0 ♩120.00 | 8 ♩150.00 | 16 ♩150.00 | 16 ‖0.500")
    #expect(abs(state.timingMap.seconds(at: Row(16 * 48)).value - 8.2) < 1e-9)
  }

  @Test func aProposedChangeMovesAndBothItsEndsStay() {
    var state = proposed()
    state.run("go 2")
    state.press("shift+down a")
    #expect(picture(state.timing) == "-0.500 | 0 ♩122.73 | 9 ♩150.00 | 16 ♩150.00 | 16 ‖0.500")
    let map = state.timingMap
    #expect(abs(map.seconds(at: Row(16 * 48)).value - 8.2) < 1e-9, "what comes after stays where it was")
    state = proposed()
    state.run("go 2")
    state.press("shift+up a")
    #expect(picture(state.timing) == "-0.500 | 0 ♩120.00 | 7 ♩145.95 | 16 ♩150.00 | 16 ‖0.500")
    #expect(abs(state.timingMap.seconds(at: Row(16 * 48)).value - 8.2) < 1e-9)
  }

  @Test func aTakenChangeMovesInTheDraftToo() {
    var state = proposed()
    state.press("a")
    state.run("go 2")
    state.press("shift+down")
    #expect(picture(state.timing) == "-0.500 | 0 ♩122.73 | 9 ♩150.00 | 16 ♩150.00 | 16 ‖0.500")
    state.press("u")
    #expect(picture(state.timing) == "-0.500 | 0 ♩120.00 | 8 ♩150.00 | 16 ♩150.00 | 16 ‖0.500")
  }

  @Test func mergedIntoTheTempoBeforeItAChangeIsGone() {
    var state = proposed()
    state.run("go 2")
    state.press("c a")
    #expect(picture(state.timing) == "-0.500 | 0 ♩133.33 | 16 ♩150.00 | 16 ‖0.500")
    #expect(abs(state.timingMap.seconds(at: Row(16 * 48)).value - 8.2) < 1e-9)
  }

  /// The same with alternatives for the segment from beat 8 on, with a cursor on it.
  private func ambiguous() -> EditorState {
    var state = hearing([])
    guard case .detectTempo(let id, _)? = state.press("d").last else { return state }
    let others: [(TempoAlternative.Kind, Double)] = [
      (.double, 300), (.half, 75), (.whole, 151), (.beatEarlier, 145), (.barLater, 150),
    ]
    let segments = [
      TempoSegment(row: .zero, start: Seconds(0.5), bpm: 120),
      TempoSegment(
        row: Row(8 * 48), start: Seconds(4.5), bpm: 150,
        alternatives: others.map { TempoAlternative(kind: $0.0, bpm: $0.1) }),
      TempoSegment(row: Row(16 * 48), start: Seconds(7.7), bpm: 120),
      TempoSegment(row: Row(24 * 48), start: Seconds(11.7), bpm: 150),
    ]
    let candidate = TempoCandidate(bpm: 120, offset: Seconds(-0.5), confidence: 0.9)
    _ = state.reduce(.tempoArrived(id, TempoEstimate(candidates: [candidate], segments: segments)))
    state.run("go 2")
    return state
  }

  @Test func aKeyShowsTheAlternativesOfASegmentOneAfterTheOther() {
    let proposed = "-0.500 | 0 ♩120.00 | 8 ♩150.00 | 16 ♩120.00 | 24 ♩150.00"
    let pictures = [
      "-0.500 | 0 ♩120.00 | 8 ♩300.00 | 24 ♩120.00 | 32 ♩150.00",
      "-0.500 | 0 ♩120.00 | 8 ♩75.00 | 12 ♩120.00 | 20 ♩150.00",
      "-0.500 | 0 ♩120.00 | 8 ♩151.00 | 16 ♩119.37 | 24 ♩150.00",
      "-0.500 | 0 ♩120.00 | 7 ♩145.95 | 16 ♩120.00 | 24 ♩150.00",
      "-0.500 | 0 ♩128.57 | 12 ♩150.00 | 16 ♩120.00 | 24 ♩150.00",
      proposed,
    ]
    for count in 1...pictures.count {
      var state = ambiguous()
      for _ in 0..<count { state.press("r") }
      state.press("a")
      #expect(picture(state.timing) == pictures[count - 1])
    }
    var state = ambiguous()
    state.press("a r")
    #expect(picture(state.timing) == pictures[0], "what was taken changes with it")
    #expect(abs(state.timingMap.seconds(at: Row(32 * 48)).value - 11.7) < 1e-9, "the music keeps its times")
    state.press("u")
    #expect(picture(state.timing) == proposed)
    state.run("go 1")
    state.press("r")
    #expect(state.message?.text == "this segment can be read in one way only")
  }

  @Test func aBeatSnapsToItsOnsetAndAStrayBlipDoesNotCatchIt() {
    var state = hearing([0, 8.03])
    state.press("p")
    state.run("go 4")
    state.press("o")
    #expect(abs(state.timingMap.seconds(at: Row(16 * 48)).value - 8.03) < 1e-6)
    #expect(picture(state.timing).hasPrefix("0.000 | 0 ♩119.55"))
  }

  @Test func bpmIsMeasuredBetweenTwoOnsets() {
    var state = hearing([0.01, 6.41])
    state.press("m")
    // Beat 13 stands at 6.5 s, its onset at 6.41 s.
    state.run("go 3 2")
    state.press("i")
    #expect(state.message?.text.hasPrefix("no onset within 60 ms") == true)
    state = hearing([0.01, 6.04])
    state.press("m")
    state.run("go 3")
    state.press("i")
    #expect(state.message?.text == "119.403 BPM over 12.00 beats, both ends pinned")
    #expect(picture(state.timing).hasPrefix("-0.010 | 0 ♩119.40"))
  }

  @Test func tapsWithTheMusicTakeTempoAndPhaseFromTheOnsets() {
    let beats = (0..<40).map { 0.23 + Double($0) * 0.4 }
    var state = hearing(beats)
    for (number, beat) in beats.prefix(12).enumerated() {
      let late = Seconds(beat + 0.02 + 0.01 * Double(number % 3))
      _ = state.reduce(.key(KeyEvent(.character("t")), Moment(clock: late, playhead: late)))
    }
    state.press("T")
    #expect(abs(state.timing.bpm(at: .zero) - 150) < 0.01)
    let phase = (state.timingMap.seconds(at: .zero).value - 0.23) / 0.4
    #expect(abs(phase - phase.rounded()) < 0.01, "a beat of the grid is on the tapped beats")
  }

  @Test func theConventionIsToldAndSwitchedInTheOpen() {
    let beats = (0..<60).map { 0.5 * Double($0) }
    var state = hearing(beats)
    state.press("C")
    #expect(state.message?.text == "ITG offset now: beats 9 ms before the sound")
    #expect(picture(state.timing) == "0.009 | 0 ♩120.00")
    state.press("C")
    #expect(state.message?.text == "null offset now: beats on the sound")
    #expect(picture(state.timing) == "0.000 | 0 ♩120.00")
    state.press("} } C")
    #expect(state.message?.text.contains("neither null offset nor ITG's 9") == true)
  }

  @Test func slidingTakesAllThatComesAfterAndDraggingOnlyThisSegment() {
    var state = hearing([])
    state.run("go 4")
    state.press("b")
    state.run("go 2")
    state.press("= = =")
    #expect(abs(state.timingMap.seconds(at: Row.measure(2)).value - 4.003) < 1e-9)
    #expect(abs(state.timingMap.seconds(at: Row.measure(4)).value - 8.003) < 1e-9)
    state.press("esc d S")
    state.run("go 4")
    state.press("b")
    state.run("go 2")
    state.press(") ) )")
    #expect(abs(state.timingMap.seconds(at: Row.measure(2)).value - 4.003) < 1e-9)
    #expect(abs(state.timingMap.seconds(at: Row.measure(4)).value - 8) < 1e-9)
  }
}
