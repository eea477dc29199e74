import Chart
import Editor
import Testing

@Suite("Any keys")
struct FuzzTests {
  private static let keys: [KeyEvent] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!@#$%^&*()[]{};',.<>/?:+-=`~\"\\|_"
    .map { KeyEvent(.character($0)) }
    + [
      .enter, .tab, .escape, .space, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end,
      .pageUp,
      .pageDown, .function(1), .function(5), .function(6),
    ].flatMap { key in
      [KeyEvent(key), KeyEvent(key, shift: true), KeyEvent(key, control: true), KeyEvent(key, alt: true)]
    }

  /// A hundred thousand random keys, with answers that come when they will: no trap, and the invariants hold.
  @Test(arguments: UInt64(1)...10)
  func nothingBreaks(seed: UInt64) {
    var random = SplitMix(seed: seed)
    var state = EditorState(document: Simfile(), settings: Settings())
    _ = state.reduce(
      .musicLoaded(
        duration: Seconds(8),
        waveform: Envelope(secondsPerBin: 0.1, bins: [Float](repeating: 0.5, count: 80)),
        onsets: Envelope(secondsPerBin: 0.01, bins: (0..<800).map { $0 % 50 == 0 ? 1 : 0 })))
    for step in 0..<10_000 {
      guard let key = FuzzTests.keys.randomElement(using: &random) else { continue }
      let effects = state.reduce(.key(key, Moment(clock: Seconds(Double(step) / 8))))
      for effect in effects { answer(effect, &state, &random) }
      if state.document.charts.count > 6 { state.run("undo-to 0") }
      if state.notes.count > 400 { state.run("undo-to 0") }
      #expect(
        state.chartIndex == nil
          ? state.document.charts.isEmpty : state.document.charts.indices.contains(state.chartIndex ?? -1))
      #expect(state.cursor >= .zero)
      if step % 50 == 0 { #expect(state.notes.invariantsHold, "seed \(seed), step \(step)") }
    }
  }

  private func answer(_ effect: Effect, _ state: inout EditorState, _ random: inout SplitMix) {
    switch effect {
    case .suggest(let id, let request):
      let notes = (0..<8).map { _ in
        let row = request.region.lowerBound + Int.random(in: 0..<max(1, request.region.count), using: &random)
        return ProposedNote(
          note: Note(row: row, lane: Lane(Int.random(in: 0..<5, using: &random))), probability: 0.5)
      }
      _ = state.reduce(.suggestionArrived(id, [SuggestionAlternative(notes: notes, score: 0)]))
    case .detectTempo(let id, _):
      let segments = (0..<3).map {
        TempoSegment(row: Row($0 * 192), start: Seconds(Double($0) * 1.7), bpm: 130 + Double($0))
      }
      _ = state.reduce(
        .tempoArrived(
          id,
          TempoEstimate(
            candidates: [TempoCandidate(bpm: 130, offset: .zero, confidence: 0.9)], segments: segments)))
    case .stop:
      _ = state.reduce(.playbackStopped(.asked, at: Beat(Double.random(in: -4...40, using: &random))))
    case .save(let request): _ = state.reduce(.saved(request, path: "song.ssc"))
    default: break
    }
  }
}
