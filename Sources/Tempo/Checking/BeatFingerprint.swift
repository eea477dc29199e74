/// What sets in around a row of beats: the novelty cut out around each of them, averaged over all.
///
/// Its peak tells by how much the beats are early or late, to about a millisecond.
struct BeatFingerprint {
  /// Seconds looked at on either side of a beat.
  static let reach = 0.06
  private static let resolution = 0.0015
  private static let kernel: [Float] = [0.1, 0.3, 0.7, 1, 0.7, 0.3, 0.1]

  /// From `-reach` to `reach`; each band counts by how sharply it stands out of its own spread.
  let values: [Float]

  /// - Parameter times: seconds, of beats that lie within the novelty.
  init(of novelty: Novelty, at times: some Collection<Double>) {
    let half = Int(BeatFingerprint.reach / BeatFingerprint.resolution)
    var total = [Float](repeating: 0, count: 2 * half + 1)
    for band in novelty.bands where !times.isEmpty {
      var sum = total.map { _ in Float(0) }
      for time in times {
        for bin in sum.indices {
          let position = (time + Double(bin - half) * BeatFingerprint.resolution) * novelty.frameRate
          sum[bin] += BeatFingerprint.value(of: band, at: position)
        }
      }
      let smooth = BeatFingerprint.smoothed(sum)
      let median = smooth.sorted()[smooth.count / 2]
      let mean = smooth.reduce(0, +) / Float(smooth.count)
      let variance = smooth.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(smooth.count)
      let scale = 1 / (variance.squareRoot() + 1e-9)
      for bin in total.indices { total[bin] += max(0, smooth[bin] - median) * scale }
    }
    values = total
  }

  /// Seconds by which the sound comes after the beats, and how far that moment stands out: near 1 where nothing in
  /// particular sets in. Nil without any onset.
  var peak: (lateness: Double, contrast: Double)? {
    // Slightly in favour of the middle: a flam or the next sixteenth is not the beat.
    let half = values.count / 2
    let weighed = values.indices.map { index in
      let distance = Float(index - half) / Float(half)
      return values[index] * (1 - 0.3 * distance * distance)
    }
    guard let top = weighed.indices.max(by: { weighed[$0] < weighed[$1] }), values[top] > 0 else {
      return nil
    }
    let place = (top > 0 && top + 1 < values.count) ? values.vertex(at: top) : Double(top)
    let others = values.indices.filter { abs($0 - top) > 8 }.map { values[$0] }
    let rival = others.max() ?? 0
    return (
      (place - Double(half)) * BeatFingerprint.resolution - PhaseProfile.lateness,
      Double(values[top] / max(rival, 1e-6))
    )
  }

  private static func value(of band: [Float], at position: Double) -> Float {
    let index = Int(position.rounded(.down))
    guard index >= 0, index + 1 < band.count else { return 0 }
    let fraction = Float(position - Double(index))
    return band[index] * (1 - fraction) + band[index + 1] * fraction
  }

  private static func smoothed(_ values: [Float]) -> [Float] {
    let reach = kernel.count / 2
    return values.indices.map { index in
      var sum: Float = 0
      for tap in kernel.indices {
        let place = index + tap - reach
        if values.indices.contains(place) { sum += kernel[tap] * values[place] }
      }
      return sum
    }
  }
}
