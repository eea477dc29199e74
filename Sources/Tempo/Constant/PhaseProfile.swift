/// When in a beat sounds set in, to about a millisecond.
struct PhaseProfile {
  /// Length of a beat in seconds.
  let period: Double
  /// One turn of at least 0 values; each band of novelty counts by how sharply it stands out.
  let values: [Float]

  /// The flux of a sudden attack peaks this many seconds after it: half the reference lag and what the windows
  /// add. Measured on clicks; see `PhaseBiasTests`.
  static let lateness = 0.0005

  private static let resolution = 0.0015
  private static let kernel: [Float] = [0.1, 0.3, 0.7, 1, 0.7, 0.3, 0.1]

  init(of novelty: Novelty, period: Double) {
    self.period = period
    let bins = max(16, Int((period / PhaseProfile.resolution).rounded()))
    let folded = Fold.profiles(of: novelty.bands, period: period * novelty.frameRate, bins: bins)
    var sum = [Float](repeating: 0, count: bins)
    for band in folded {
      let smooth = band.smoothedAround(by: PhaseProfile.kernel)
      let median = smooth.sorted()[bins / 2]
      let mean = smooth.reduce(0, +) / Float(bins)
      let variance = smooth.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(bins)
      let scale = 1 / (variance.squareRoot() + 1e-9)
      for bin in 0..<bins { sum[bin] += (smooth[bin] - median) * scale }
    }
    values = sum.map { max(0, $0) }
  }

  /// The clearest moments within the beat, strongest first, at least a tenth of a beat apart.
  /// - Returns: seconds from the profile's start and heights relative to the highest.
  func moments(keeping limit: Int) -> [(time: Double, height: Double)] {
    guard let top = values.max(), top > 0 else { return [] }
    var left = values
    let reach = max(3, Int(Double(values.count) * 0.09))
    var moments: [(time: Double, height: Double)] = []
    while moments.count < limit {
      guard let index = left.indices.max(by: { left[$0] < left[$1] }), left[index] > 0 else { break }
      let time = values.vertex(at: index) / Double(values.count) * period
      moments.append((time - PhaseProfile.lateness, Double(values[index] / top)))
      for offset in -reach...reach { left[(index + offset + values.count) % values.count] = 0 }
    }
    return moments
  }
}
