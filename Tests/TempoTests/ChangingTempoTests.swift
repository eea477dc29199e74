import Audio
import Chart
import Foundation
import SyntheticSongs
import Tempo
import Testing

@Suite struct ChangingTempoTests {
  /// The part of the song's beats that the timing made of an estimate has.
  static func share(of song: ChangingSong, _ estimate: TempoEstimate) -> Double {
    guard let timing = estimate.timing, let last = song.beats.last else { return 0 }
    let map = TimingMap(timing)
    let end = map.beat(at: Seconds(last + 0.1)).row
    let beats = stride(from: Row.zero, through: end, by: Row.perBeat).map { map.seconds(at: $0).value }
    return BeatMatch.share(of: song.beats, in: beats)
  }

  static let songs = ChangingSong.Kind.allCases.flatMap { kind in
    [2, 7, 12].map { ChangingSong(kind, seed: $0) }
  }

  @Test(arguments: songs) func beatsAreFollowed(song: ChangingSong) throws {
    let estimate = try TempoFinder().estimate(song.clip())
    let segments = estimate.segments
    #expect(ChangingTempoTests.share(of: song, estimate) >= 0.93)
    if let count = song.segments {
      #expect(segments.count <= count + max(1, count / 2))
    }
    #expect(segments.allSatisfy { $0.bpm > 30 && $0.bpm < 400 })
    #expect(zip(segments, segments.dropFirst()).allSatisfy { $0.row < $1.row && $0.start < $1.start })
  }

  @Test func mostBeatsOfAllSongsAreFollowed() throws {
    let shares = try ChangingTempoTests.songs.map {
      ChangingTempoTests.share(of: $0, try TempoFinder().estimate($0.clip()))
    }
    #expect(shares.reduce(0, +) / Double(shares.count) >= 0.965)
  }

  /// A slow wave of 3 % comes by the phase of its mean again and again.
  @Test func aSlowDriftIsNotTakenToBeConstant() throws {
    let song = ChangingSong(.drift, seed: 20)
    let estimate = try TempoFinder().estimate(song.clip())
    #expect(estimate.segments.count > 3)
    #expect(ChangingTempoTests.share(of: song, estimate) >= 0.95)
  }

  /// The first stop of this song is 1.03 beats long, which must not make the beats around it longer.
  @Test func aStopAboutABeatLongBendsNoTempo() throws {
    let song = ChangingSong(.stops, seed: 6)
    let estimate = try TempoFinder().estimate(song.clip())
    #expect(estimate.segments.prefix(4).allSatisfy { abs($0.bpm - 113) < 0.05 })
    #expect(ChangingTempoTests.share(of: song, estimate) >= 0.97)
  }

  @Test func tightnessBuysCloserFitsWithMoreSegments() throws {
    let song = ChangingSong(.drift, seed: 2)
    let few = try TempoFinder().estimate(song.clip(), tightness: 0)
    let many = try TempoFinder().estimate(song.clip(), tightness: 1)
    #expect(few.segments.count < many.segments.count)
    #expect(ChangingTempoTests.share(of: song, few) <= ChangingTempoTests.share(of: song, many))
  }

  @Test func stopsAreGapsBetweenSegmentsOfOneTempo() throws {
    let song = ChangingSong(.stops, seed: 1)
    let segments = try TempoFinder().estimate(song.clip()).segments
    for (before, after) in zip(segments, segments.dropFirst()) {
      let beats = Double(before.row.distance(to: after.row)) / Double(Row.perBeat)
      #expect(after.start.value - before.start.value - beats * 60 / before.bpm > 0.08)
      #expect(abs(after.bpm - before.bpm) < 0.2)
    }
  }

  @Test func aConstantTempoHasOneSegment() throws {
    let found = try TempoFinder().estimate(beatLoop(bpm: 133, start: 0.5, seconds: 50), tightness: 1)
    #expect(found.segments.count == 1)
  }

  @Test func withoutTightnessThereIsOneSegment() throws {
    let song = ChangingSong(.steps, seed: 2)
    #expect(try TempoFinder().estimate(song.clip(), tightness: nil).segments.count <= 1)
  }
}
