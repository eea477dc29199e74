/// Novelty cut at a period and averaged over all its turns: what a beat (or a bar) looks like.
enum Fold {
  /// - Parameters:
  ///   - period: in frames.
  ///   - bins: the resolution of one turn.
  /// - Returns: one profile a list, each of `bins` values, the first at the novelty's start.
  static func profiles(of lists: [[Float]], period: Double, bins: Int) -> [[Float]] {
    var sums = lists.map { _ in [Float](repeating: 0, count: bins) }
    var counts = [Float](repeating: 0, count: bins)
    let perFrame = Double(bins) / period
    let frames = lists.first?.count ?? 0
    for frame in 0..<frames {
      let position = Double(frame) * perFrame
      let bin = Int(position) % bins
      counts[bin] += 1
      for list in lists.indices { sums[list][bin] += lists[list][frame] }
    }
    for list in sums.indices {
      for bin in 0..<bins { sums[list][bin] /= max(1, counts[bin]) }
    }
    return sums
  }
}

/// Profiles are turns: what lies beyond an end is the other end.
extension [Float] {
  /// Convolution with a kernel of odd length.
  func smoothedAround(by kernel: [Float]) -> [Float] {
    let reach = kernel.count / 2
    return indices.map { index in
      var sum: Float = 0
      for tap in kernel.indices {
        sum += kernel[tap] * self[(index + tap - reach + count * kernel.count) % count]
      }
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
