import Audio
import Chart
import Foundation
import SyntheticSongs
import Tempo

/// How well changing tempos are followed, over many songs.
struct FollowingTally {
  var songs = 0
  var beats = 0.0
  var hits = 0.0
  var shares: [Double] = []
  /// Songs of a known number of segments, and those with more than one and a half times as many found.
  var counted = 0
  var tooMany = 0
  var trueSegments = 0
  var foundSegments = 0

  mutating func add(share: Double, beats count: Int, segments: Int, true truth: Int?) {
    songs += 1
    beats += Double(count)
    hits += share * Double(count)
    shares.append(share)
    guard let truth else { return }
    counted += 1
    trueSegments += truth
    foundSegments += segments
    if Double(segments) > 1.5 * Double(truth) { tooMany += 1 }
  }

  func line(_ name: String) -> String {
    let sorted = shares.sorted()
    let name = name.padding(toLength: 22, withPad: " ", startingAt: 0)
    guard let worst = sorted.first else { return name + "no songs" }
    var line = String(
      format: "%@ songs %3d | beats within 15 ms %5.1f %% | a song: median %5.1f %%, worst %5.1f %%", name,
      songs,
      100 * hits / max(1, beats), 100 * sorted[sorted.count / 2], 100 * worst)
    if counted > 0 {
      line += String(
        format: " | segments %d found, %d true, over 1.5 times in %d of %d", foundSegments, trueSegments,
        tooMany,
        counted)
    }
    return line
  }
}

extension Evaluation {
  /// Synthesised songs whose tempo changes.
  static func followSynthetic(_ count: Int, options: Options) throws {
    var all = FollowingTally()
    var kinds: [ChangingSong.Kind: FollowingTally] = [:]
    for song in ChangingSong.all(count) where options.only.isEmpty || song.description.contains(options.only)
    {
      guard let sound = try options.cache.sound("\(song)", { song.clip() }) else { continue }
      let estimate = try TempoFinder().estimate(sound)
      let found = beats(of: estimate, upTo: (song.beats.last ?? 0) + 0.2)
      let share = BeatMatch.share(of: song.beats, in: found)
      let segments = estimate.segments.count
      all.add(share: share, beats: song.beats.count, segments: segments, true: song.segments)
      kinds[song.kind, default: FollowingTally()].add(
        share: share, beats: song.beats.count, segments: segments, true: song.segments)
      let isMissed = share < 0.95 || Double(segments) > 1.5 * Double(song.segments ?? 1000)
      if options.lists, isMissed {
        print(
          String(
            format: "  %@: %.3f, %d segments of %d; %@", "\(song)", share, segments, song.segments ?? 0,
            variants(of: found, song.beats) + segmentList(estimate)))
      }
    }
    for kind in ChangingSong.Kind.allCases { print(kinds[kind]?.line("  " + kind.rawValue) ?? "") }
    print(all.line("synthesised"))
  }

  /// Songs whose charts change the tempo.
  static func followReal(_ songs: [SongTruth], options: Options) throws {
    var written = FollowingTally()
    var octaves = FollowingTally()
    var shifted = FollowingTally()
    for song in songs where song.constantBPM == nil {
      guard let sound = try? options.cache.sound(song.name, { try AudioClip.decode(song.audio) }) else {
        continue
      }
      let truth = song.beats(upTo: sound.duration)
      let estimate = try TempoFinder().estimate(sound)
      let found = beats(of: estimate, upTo: sound.duration)
      let shares = octaveVariants(of: found).map { best($0, truth) }
      let share = shares.max() ?? 0
      written.add(share: shares[0], beats: truth.count, segments: estimate.segments.count, true: nil)
      octaves.add(share: share, beats: truth.count, segments: estimate.segments.count, true: nil)
      let free = octaveVariants(of: found).map { bestShifted($0, truth) }.max() ?? 0
      shifted.add(share: free, beats: truth.count, segments: estimate.segments.count, true: nil)
      if options.lists, share < 0.9 {
        print(
          String(
            format: "  %@: %.3f (%.3f as written), %d segments, chart has %d BPMs, %d stops", song.name,
            share,
            shares[0], estimate.segments.count, song.timing.bpms.count,
            song.timing.stops.count + song.timing.delays.count) + "; " + variants(of: found, truth)
            + segmentList(estimate))
      }
    }
    print(written.line("real, as written"))
    print(octaves.line("  octave aside"))
    print(shifted.line("  octave, shift aside"))
  }

  /// Sounds without a tempo.
  static func refuse() throws {
    var refused = 0
    for sound in BeatlessSound.all {
      let isRefused = try TempoFinder().estimate(sound.clip()) == TempoEstimate()
      refused += isRefused ? 1 : 0
      if !isRefused { print("  not refused: \(sound)") }
    }
    print("sounds without a tempo: \(refused) of \(BeatlessSound.all.count) refused")
  }

  /// The beats of the timing that an author would get.
  static func beats(of estimate: TempoEstimate, upTo end: Double) -> [Double] {
    guard let timing = estimate.timing else { return [] }
    let map = TimingMap(timing)
    let rows = stride(from: Row.zero, through: map.beat(at: Seconds(end)).row, by: Row.perBeat)
    return map.seconds(atSorted: rows).map(\.value)
  }

  /// The share in the better of the two conventions of offset.
  private static func best(_ found: [Double], _ truth: [Double]) -> Double {
    max(
      BeatMatch.share(of: truth, in: found), BeatMatch.share(of: truth.map { $0 + Judgement.bias }, in: found)
    )
  }

  /// What the share would be at other metric levels.
  private static func variants(of found: [Double], _ truth: [Double]) -> String {
    let names = ["as found", "doubled", "even", "odd", "half-beat"]
    let halves = zip(found, found.dropFirst()).map { ($0 + $1) / 2 }
    return zip(names, octaveVariants(of: found) + [halves]).map { name, beats in
      String(format: "%@ %.2f", name, BeatMatch.share(of: truth, in: beats))
    }.joined(separator: ", ")
  }

  private static func segmentList(_ estimate: TempoEstimate) -> String {
    let segments = estimate.segments.prefix(12).map { segment in
      String(format: "%.0f:%.3f %.3f", segment.row.beat.value, segment.start.value, segment.bpm)
    }
    return "\n    " + segments.joined(separator: ", ")
  }

  /// The share when the whole chart may be moved by up to 60 ms: what is followed where the chart itself is off.
  private static func bestShifted(_ found: [Double], _ truth: [Double]) -> Double {
    stride(from: -0.06, through: 0.06, by: 0.005).map { shift in
      BeatMatch.share(of: truth.map { $0 + shift }, in: found)
    }.max() ?? 0
  }

  /// As found; with a beat more between each two; every other beat, from the first or the second on.
  private static func octaveVariants(of beats: [Double]) -> [[Double]] {
    let double = zip(beats, beats.dropFirst()).flatMap { [$0, ($0 + $1) / 2] }
    let even = beats.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    let odd = beats.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    return [beats, double, even, odd]
  }
}
