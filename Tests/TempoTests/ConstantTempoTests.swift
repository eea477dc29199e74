import Audio
import Chart
import Foundation
import SyntheticSongs
import Tempo
import Testing

@Suite struct ConstantTempoTests {
  /// The distance from a time to the nearest beat of a candidate, in seconds.
  private func phaseError(_ candidate: TempoCandidate, at time: Double) -> Double {
    let beats = (time + candidate.offset.value) * candidate.bpm / 60
    return abs(beats - beats.rounded()) * 60 / candidate.bpm
  }

  @Test(arguments: [
    (92.0, 0.31), (120, 0.0), (128, 0.5), (140.5, 1.234), (157.3, 0.08), (174, 2.0), (200, 0.7),
  ])
  func findsTempoAndPhase(bpm: Double, start: Double) throws {
    let found = try TempoFinder().estimate(beatLoop(bpm: bpm, start: start, seconds: 60))
    let best = try #require(found.candidates.first)
    #expect(abs(best.bpm - bpm) < 0.01)
    #expect(phaseError(best, at: start) < 0.002)
    let segment = try #require(found.segments.first)
    #expect(found.segments.count == 1)
    #expect(segment.row == .zero && segment.start == -best.offset && segment.bpm == best.bpm)
    #expect(try #require(segment.fit).worst.value < 0.004)
    #expect(Set(segment.alternatives.map(\.kind)).isSuperset(of: [.double, .half]))
  }

  @Test func beatZeroIsTheFirstBeatOfTheMusic() throws {
    let found = try TempoFinder().estimate(beatLoop(bpm: 150, start: 3.21, seconds: 60))
    let best = try #require(found.candidates.first)
    #expect(abs(-best.offset.value - 3.21) < 0.003)
  }

  @Test func wholeNumbersAreWhole() throws {
    let found = try TempoFinder().estimate(beatLoop(bpm: 165, start: 0.4, seconds: 90))
    #expect(found.candidates.first?.bpm == 165)
  }

  @Test func nearlyWholeNumbersStayAsTheyAre() throws {
    let found = try TempoFinder().estimate(beatLoop(bpm: 150.05, start: 0.4, seconds: 120))
    let best = try #require(found.candidates.first)
    #expect(abs(best.bpm - 150.05) < 0.005)
  }

  @Test func confidencesAreSharesOfOne() throws {
    let found = try TempoFinder().estimate(beatLoop(bpm: 132, start: 0, seconds: 40))
    let confidences = found.candidates.map(\.confidence)
    #expect(confidences.reduce(0, +) <= 1 + 1e-9)
    #expect(confidences == confidences.sorted(by: >))
  }

  @Test func aRegionKeepsThePhaseOfTheWhole() throws {
    var canvas = Canvas(seconds: 80, seed: 3)
    for beat in 0..<60 { canvas.snare(at: 0.2 + Double(beat) * 60 / 100) }
    let loop = beatLoop(bpm: 145, start: 40.123, seconds: 80)
    let clip = AudioClip(rate: Canvas.rate, channels: [zip(canvas.samples, loop.mono).map { $0 + $1 }])
    let found = try TempoFinder().estimate(clip, in: Seconds(42)..<Seconds(78))
    let best = try #require(found.candidates.first)
    #expect(best.bpm == 145)
    #expect(phaseError(best, at: 40.123) < 0.002)
    #expect(best.offset.value <= -41.9)
  }

  @Test(arguments: [22_050, 48_000, 96_000]) func anyRateGivesTheSameTempo(rate: Int) throws {
    let loop = beatLoop(bpm: 136, start: 0.25, seconds: 40).mono
    let count = loop.count * rate / Canvas.rate
    let resampled = (0..<count).map { loop[min(loop.count - 1, $0 * Canvas.rate / rate)] }
    let found = try TempoFinder().estimate(AudioClip(rate: rate, channels: [resampled]))
    let best = try #require(found.candidates.first)
    #expect(best.bpm == 136)
    #expect(phaseError(best, at: 0.25) < 0.003)
  }

  @Test func theSameSoundGivesTheSameAnswer() throws {
    let clip = beatLoop(bpm: 171, start: 0.4, seconds: 30)
    #expect(try TempoFinder().estimate(clip) == TempoFinder().estimate(clip))
  }

  @Test func aCancelledSearchStops() async {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try TempoFinder().estimate(beatLoop(bpm: 171, start: 0.4, seconds: 30))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
