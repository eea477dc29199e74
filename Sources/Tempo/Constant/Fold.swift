/// Novelty cut at a period and averaged over all its turns: what a beat (or a bar) looks like.
enum Fold {
  /// - Parameters:
  ///   - period: in frames.
  ///   - bins: the resolution of one turn.
  /// - Returns: one profile a list, each of `bins` values, the first at the novelty's start.
  static func profiles(of lists: [[Float]], period: Double, bins: Int) -> [[Float]] {
    let perFrame = 1 / period
    let places = (0..<(lists.first?.count ?? 0)).map { frame in
      let turn = Double(frame) * perFrame
      return min(bins - 1, Int((turn - turn.rounded(.down)) * Double(bins)))
    }
    var counts = [Float](repeating: 0, count: bins)
    for place in places { counts[place] += 1 }
    let scales = counts.map { 1 / max(1, $0) }
    return lists.map { values in
      var sums = [Float](repeating: 0, count: bins)
      for (frame, place) in places.enumerated() { sums[place] += values[frame] }
      for bin in sums.indices { sums[bin] *= scales[bin] }
      return sums
    }
  }
}

/// Profiles are turns: what lies beyond an end is the other end.
extension [Float] {
  /// Convolution with a kernel of odd length.
  func smoothedAround(by kernel: [Float]) -> [Float] {
    let reach = kernel.count / 2
    guard count >= reach else { return self }
    let wide = Array(suffix(reach)) + self + Array(prefix(reach))
    return indices.map { index in
      var sum: Float = 0
      for tap in kernel.indices { sum += kernel[tap] * wide[index + tap] }
      return sum
    }
  }

  /// The largest value within `reach` of a position given as a part of the turn.
  func peak(at turn: Double, reach: Int) -> Float {
    let center = Int((turn * Double(count)).rounded())
    var best = -Float.infinity
    for offset in -reach...reach {
      best = Swift.max(best, self[((center + offset) % count + count) % count])
    }
    return best
  }

  /// The height of a local maximum's top and its place, by a parabola through three values.
  func vertex(at index: Int) -> Double {
    let before = Double(self[(index + count - 1) % count])
    let here = Double(self[index])
    let after = Double(self[(index + 1) % count])
    let curvature = before - 2 * here + after
    guard curvature < 0 else { return Double(index) }
    return Double(index) + Swift.min(0.5, Swift.max(-0.5, 0.5 * (before - after) / curvature))
  }
}
