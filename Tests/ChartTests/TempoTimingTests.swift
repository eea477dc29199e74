import Chart
import Testing

/// A tempo that was heard, as files say it.
@Suite struct TempoTimingTests {
  /// 120 BPM from half a second on; before beat 8 the music waits for 0.4 s.
  private static let estimate = TempoEstimate(
    candidates: [TempoCandidate(bpm: 120, offset: Seconds(-0.5), confidence: 1)],
    segments: [
      TempoSegment(row: .zero, start: Seconds(0.5), bpm: 120),
      TempoSegment(row: Row(8 * 48), start: Seconds(4.9), bpm: 120),
      TempoSegment(row: Row(12 * 48), start: Seconds(6.9), bpm: 150),
    ])

  @Test(arguments: [SimfileFormat.ssc, .sm])
  func aPauseIsAStopBeforeTheBeatThatFollowsIt(format: SimfileFormat) throws {
    let timing = try #require(Self.estimate.timing)
    let notes = stride(from: 0, to: 16, by: 1).map { Note(row: Row($0 * 48), lane: Lane(0)) }
    let chart = StepChart(
      header: ChartHeader(stepsType: .danceSingle), timing: format == .ssc ? timing : nil,
      notes: NoteList(notes))
    let written = SimfileDocument.serialize(Simfile(timing: timing, charts: [chart]), as: format)
    #expect(written.losses.isEmpty)
    let name = format == .ssc ? "a.ssc" : "a.sm"
    let file = try SimfileDocument(bytes: written.bytes, name: name).simfile
    let again = file.timing(of: file.charts[0])
    #expect(again.stops.count == 1 && again.delays.isEmpty)
    let map = TimingMap(again)
    let times = file.charts[0].notes.map { map.seconds(at: $0.row).value }
    let beats = (0..<16).map(Double.init)
    let expected: [Double] = beats.map { beat in
      if beat < 8 { return 0.5 + 0.5 * beat }
      return beat < 12 ? 4.9 + 0.5 * (beat - 8) : 6.9 + 0.4 * (beat - 12)
    }
    #expect(zip(times, expected).allSatisfy { abs($0 - $1) < 1e-5 }, "\(times)")
  }
}
