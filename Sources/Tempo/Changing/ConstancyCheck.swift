/// Whether one tempo and phase hold from beginning to end.
enum ConstancyCheck {
  /// Seconds a stretch.
  static let length = 8.0
  /// Seconds by which a stretch may be early or late.
  static let tolerance = 0.012
  /// The part of the stretches that must agree, and how many in a row may not.
  static let share = 0.8
  static let longestGap = 2

  static func holds(rate: Double, phase: Double, in view: PulseView) throws -> Bool {
    var agreeing = 0
    var checked = 0
    var gap = 0
    var start = 0.0
    while start + length / 2 < view.duration {
      try Task.checkCancellation()
      let part = view.phase.part(from: start, to: min(view.duration, start + length))
      if let agrees = agrees(part, rate: rate, phase: phase - start) {
        checked += 1
        agreeing += agrees ? 1 : 0
        gap = agrees ? 0 : gap + 1
        if gap > longestGap { return false }
      }
      start += length
    }
    return Double(agreeing) >= share * Double(checked)
  }

  /// Whether a clear moment lies on the beat or half-way between beats; nil where nothing sets in.
  private static func agrees(_ part: Novelty, rate: Double, phase: Double) -> Bool? {
    let moments = PhaseProfile(of: part, period: 1 / rate).moments(keeping: 4).filter { $0.height > 0.4 }
    guard !moments.isEmpty else { return nil }
    return moments.contains { moment in
      let halves = (moment.time - phase) * rate * 2
      return abs(halves - halves.rounded()) / rate / 2 < tolerance
    }
  }
}
