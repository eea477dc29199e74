/// Whether one tempo and phase hold from beginning to end: in each stretch the beat must look as it looks in the whole
/// song, and at the same place.
enum ConstancyCheck {
  /// Seconds a stretch, and from one to the next.
  private static let length = 10.0
  private static let hop = 5.0
  /// Seconds by which a stretch may be early or late.
  private static let tolerance = 0.008
  /// How like the whole a stretch must be where it stands, where 1 is the likeness at the best place of all and 0 that
  /// at any place. In songs that charts call constant 19 of 20 have 94 % of such stretches, synthesised drifts and
  /// ritardandi 75 % at most.
  private static let leastLikeness: Float = 0.8
  /// By which part other tempos are looked at in a stretch, how much stronger the pulse of one of them must be to speak
  /// against the constant one, and how prominent.
  private static let otherTempos = 0.04
  private static let strongerBy = 1.35
  private static let leastProminence = 2.5
  /// The part of the stretches that must agree, and how many in a row may not.
  private static let share = 0.87
  private static let longestGap = 3

  static func holds(rate: Double, in view: PulseView) throws -> Bool {
    let whole = PhaseProfile(of: view.phase, period: 1 / rate)
    let middle = view.duration / 2
    let halves = [0..<middle, middle..<view.duration].map { half in
      part(of: view, half, rate: rate)
    }
    // Two phases in one song, before and after a pause say, would both be like the whole.
    guard agrees(halves[1], with: halves[0], rate: rate, turns: [0]) ?? true else { return false }
    var agreeing = 0
    var checked = 0
    var gap = 0
    for start in stride(from: 0, to: view.duration - length / 2, by: hop) {
      try Task.checkCancellation()
      let span = start..<min(view.duration, start + length)
      let part = part(of: view, span, rate: rate)
      guard var agrees = agrees(part, with: Part(start: 0, profile: whole), rate: rate) else { continue }
      // A tempo that wanders comes by the right phase now and then, and smears the whole song's beat.
      if agrees, try hasOtherTempo(view.part(from: span.lowerBound, to: span.upperBound), than: rate) {
        agrees = false
      }
      checked += 1
      agreeing += agrees ? 1 : 0
      gap = agrees ? 0 : gap + 1
      if gap > longestGap { return false }
    }
    return Double(agreeing) >= share * Double(checked)
  }

  /// Whether a tempo near the given one is clearly that of a stretch.
  private static func hasOtherTempo(_ part: PulseView, than rate: Double) -> Bool {
    let pulse = { (rate: Double) in part.total.comb(at: rate, harmonics: 8) }
    let step = 0.06 / part.duration
    let reach = Int(otherTempos * rate / step)
    let others = (-reach...reach).map { pulse(rate + Double($0) * step) }
    let best = others.max() ?? 0
    return best > strongerBy * pulse(rate) && best > leastProminence * part.total.usualComb
  }

  private struct Part {
    /// Seconds of the view.
    var start: Double
    var profile: PhaseProfile
  }

  private static func part(of view: PulseView, _ span: Range<Double>, rate: Double) -> Part {
    let novelty = view.phase.part(from: span.lowerBound, to: span.upperBound)
    return Part(start: span.lowerBound, profile: PhaseProfile(of: novelty, period: 1 / rate))
  }

  /// Whether a part is like another one at its own place, or turned by half a beat: figures that are played off the
  /// beat look so. Nil where nothing sets in.
  private static func agrees(
    _ part: Part, with other: Part, rate: Double, turns: [Double] = [0, 0.5]
  ) -> Bool? {
    let count = other.profile.values.count
    guard part.profile.values.contains(where: { $0 > 0 }), part.profile.values.count == count else {
      return nil
    }
    let likeness = likenesses(of: part.profile.values, to: other.profile.values)
    let mean = likeness.reduce(0, +) / Float(count)
    guard let best = likeness.max(), best > mean else { return nil }
    let reach = Int((tolerance * rate * Double(count)).rounded())
    let here = (other.start - part.start) * rate
    return turns.map { here + $0 }.contains { turn in
      (likeness.peak(at: turn - turn.rounded(.down), reach: reach) - mean) / (best - mean) >= leastLikeness
    }
  }

  /// For each lag how like `other` a profile is that so many values are turned.
  private static func likenesses(of values: [Float], to other: [Float]) -> [Float] {
    let twice = values + values
    return values.indices.map { lag in
      var sum: Float = 0
      for index in other.indices { sum += other[index] * twice[index + lag] }
      return sum
    }
  }
}
