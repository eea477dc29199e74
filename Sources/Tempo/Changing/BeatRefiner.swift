import Foundation

/// A beat with its place in the count and what the sound says of its time.
struct HeardBeat: Sendable {
  /// Beats since the first.
  var index: Int
  /// Seconds.
  var time: Double
  /// How clearly something sets in there: from 0, not at all, to 1.
  var weight: Double
}

/// Moves tracked beats to the onsets they stand for, to about a millisecond.
enum BeatRefiner {
  /// Seconds around a tracked beat in which its onset is looked for.
  static let reach = 0.03

  static func refined(_ beats: [BeatTracker.Beat], phase: Novelty) -> [HeardBeat] {
    let strength = strength(of: phase)
    let loud = typical(strength, beats: beats, frameRate: phase.frameRate)
    var index = 0
    var previous: BeatTracker.Beat?
    return beats.map { beat in
      if let previous {
        // A pause takes no beats unless whole ones fit.
        let passed = (beat.time - previous.time) / beat.period
        index += beat.followsPause ? max(1, Int(passed + 0.05)) : 1
      }
      previous = beat
      let found = onset(near: beat.time, in: strength, frameRate: phase.frameRate)
      return HeardBeat(
        index: index, time: (found?.time ?? beat.time) - PhaseProfile.lateness,
        weight: min(1, Double(found?.height ?? 0) / loud) + 0.01)
    }
  }

  /// The bands together, each relative to its own spread.
  static func strength(of phase: Novelty) -> [Float] {
    var sum = [Float](repeating: 0, count: phase.count)
    for band in phase.bands {
      let rises = Whitening.rises(in: band, frameRate: phase.frameRate)
      let scale = 1 / (Float(Whitening.level(of: rises)) + 1e-9)
      for frame in rises.indices { sum[frame] += min(6, rises[frame] * scale) }
    }
    return sum.smoothedAround(by: [0.25, 0.5, 0.25])
  }

  private static func typical(_ strength: [Float], beats: [BeatTracker.Beat], frameRate: Double) -> Double {
    let heights = beats.compactMap { onset(near: $0.time, in: strength, frameRate: frameRate)?.height }
    return max(1e-6, Double(heights.sorted().dropFirst(heights.count / 2).first ?? 1))
  }

  /// The strongest onset near a time, those at the edge counting for less.
  private static func onset(
    near time: Double, in strength: [Float], frameRate: Double
  ) -> (time: Double, height: Float)? {
    let center = time * frameRate
    let low = max(1, Int(center - reach * frameRate))
    let high = min(strength.count - 2, Int(center + reach * frameRate))
    guard low <= high else { return nil }
    var best: (frame: Int, score: Float)?
    for frame in low...high
    where strength[frame] >= strength[frame - 1] && strength[frame] > strength[frame + 1] {
      let distance = Float((Double(frame) - center) / (reach * frameRate))
      let score = strength[frame] * (1 - 0.5 * distance * distance)
      if score > best?.score ?? 0 { best = (frame, score) }
    }
    return best.map { (strength.vertex(at: $0.frame) / frameRate, strength[$0.frame]) }
  }
}
