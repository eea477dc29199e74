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
    let heights = beats.map { onset(near: $0.time, in: strength, frameRate: phase.frameRate)?.height ?? 0 }
    let loud = max(1e-6, Double(heights.sorted().dropFirst(heights.count / 2).first ?? 1))
    var index = 0
    var heard: [HeardBeat] = []
    for beat in withoutFillers(beats, heights: heights, least: 0.15 * loud) {
      let found = onset(near: beat.time, in: strength, frameRate: phase.frameRate)
      let time = (found?.time ?? beat.time) - PhaseProfile.lateness
      if let last = heard.last {
        index += beat.followsPause ? count(from: last.time, to: time, period: beat.period) : 1
      }
      let weight = min(1, Double(found?.height ?? 0) / loud) + 0.01
      heard.append(HeardBeat(index: index, time: time, weight: weight))
    }
    return heard
  }

  /// Seconds by which beats go on after a silence as if there had been none.
  private static let precision = 0.010

  /// Beats from one to the next over a pause: as many as pass exactly, else as many as fit before the pause.
  private static func count(from time: Double, to next: Double, period: Double) -> Int {
    let passed = (next - time) / period
    let isExact = abs(passed - passed.rounded()) * period < precision
    return max(1, Int(isExact ? passed.rounded() : passed.rounded(.down)))
  }

  /// Without beats that nothing is heard at and that only fill a pause: those between two that are not two periods apart.
  private static func withoutFillers(
    _ beats: [BeatTracker.Beat], heights: [Float], least: Double
  ) -> [BeatTracker.Beat] {
    var kept: [BeatTracker.Beat] = []
    for (position, beat) in beats.enumerated() {
      if position >= 2, position + 2 < beats.count, Double(heights[position]) < least {
        let span = beats[position + 1].time - beats[position - 1].time
        let before = beats[position - 1].time - beats[position - 2].time
        let after = beats[position + 2].time - beats[position + 1].time
        let isSteady = abs(before - after) < precision
        if isSteady, abs(span - before - after) > precision { continue }
      }
      var beat = beat
      if let last = kept.last, position > 0, last.time < beats[position - 1].time { beat.followsPause = true }
      kept.append(beat)
    }
    return kept
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
