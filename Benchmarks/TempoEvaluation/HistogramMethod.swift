import Foundation

/// The method that chart writers know from ArrowVortex, rebuilt from a description in words of what it does: onsets
/// are histogrammed at each interval of 89 to 205 BPM, the trend that long intervals fit better is taken off, and
/// the best three intervals get their phase, with the half-beat decided by the envelope's slope.
struct HistogramMethod {
  private let rate: Double
  private let onsets: [Double]
  private let strengths: [Double]
  private let samples: [Float]

  init(samples: [Float], rate: Int) {
    let limited = Array(samples.prefix(600 * rate))
    self.samples = limited
    self.rate = Double(rate)
    let positions = ComplexOnsets.positions(in: limited, rate: rate)
    onsets = positions
    strengths = positions.map { position in
      let center = Int(position)
      let part = limited[max(0, center - 100)..<min(limited.count, center + 100)]
      return Double(part.reduce(0) { $0 + abs($1) }) / Double(max(1, part.count))
    }
  }

  /// Beats a minute, seconds to a beat, and fitness; the best first, three at most.
  func candidates() -> [(bpm: Double, beat: Double)] {
    guard onsets.count >= 2 else { return [(120, 0)] }
    let first = Int(60 * rate / 205)
    let last = Int(60 * rate / 89)
    let coarse = stride(from: first, through: last, by: 10).map { interval in
      (interval: Double(interval), fitness: fitness(of: Double(interval), shift: 3))
    }
    let trend = Cubic(fitting: coarse.map(\.interval), coarse.map(\.fitness))
    let detrended = coarse.map { ($0.interval, $0.fitness - trend($0.interval)) }
    guard let top = detrended.map(\.1).max() else { return [] }
    var found: [(bpm: Double, fitness: Double)] = []
    for (interval, fit) in detrended where fit > 0.4 * top {
      var best = (interval, fit)
      for offset in -10...10 where offset != 0 {
        let near = interval + Double(offset)
        let score = fitness(of: near, shift: 3) - trend(near)
        if score > best.1 { best = (near, score) }
      }
      found.append((60 * rate / best.0, best.1))
    }
    return rounded(cleaned(found), trend: trend).map { ($0.bpm, beat(at: $0.bpm)) }
  }

  private func cleaned(_ found: [(bpm: Double, fitness: Double)]) -> [(bpm: Double, fitness: Double)] {
    var kept: [(bpm: Double, fitness: Double)] = []
    for candidate in found.sorted(by: { $0.fitness > $1.fitness }) {
      let repeats = kept.contains { better in
        [1, 2, 0.5].contains { abs(candidate.bpm - better.bpm * $0) < 0.1 }
      }
      if !repeats { kept.append(candidate) }
    }
    return Array(kept.prefix(3))
  }

  private func rounded(
    _ found: [(bpm: Double, fitness: Double)], trend: Cubic
  ) -> [(bpm: Double, fitness: Double)] {
    let exact = { (bpm: Double) in
      fitness(of: 60 * rate / bpm, shift: 0) - trend(60 * rate / bpm)
    }
    var result = found.map { candidate in
      let whole = candidate.bpm.rounded()
      let distance = abs(candidate.bpm - whole)
      let rounds = distance < 0.01 || (distance < 0.05 && exact(whole) > 0.99 * exact(candidate.bpm))
      return (bpm: rounds ? whole : candidate.bpm, fitness: candidate.fitness)
    }
    if result.count > 1, result[0].fitness / max(result[1].fitness, 1e-9) < 1.05 {
      result = result.map { ($0.bpm, exact($0.bpm)) }.sorted { $0.1 > $1.1 }
    }
    return result
  }

  /// The best gap confidence over the phases at which onsets stand.
  private func fitness(of interval: Double, shift: Int) -> Double {
    max(0.001, best(of: interval, shift: shift, weights: strengths).score)
  }

  private func best(of interval: Double, shift: Int, weights: [Double]) -> (bin: Int, score: Double) {
    let scale = Double(1 << shift)
    let bins = max(1, Int((interval / scale).rounded(.up)))
    var histogram = [Double](repeating: 0, count: bins)
    for (position, weight) in zip(onsets, weights) {
      histogram[min(bins - 1, Int(position.truncatingRemainder(dividingBy: interval) / scale))] += weight
    }
    let occupied = histogram.indices.filter { histogram[$0] > 0 }
    let confidence = spread(histogram, at: occupied, by: HistogramMethod.hamming[shift] ?? [])
    var best = (bin: 0, score: -1.0)
    for bin in occupied {
      let score = confidence[bin] + 0.5 * confidence[(bin + bins / 2) % bins]
      if score > best.score { best = (bin, score) }
    }
    return best
  }

  /// Each filled bin spread over its neighbours: few are filled, so this is cheaper than a window at every bin.
  private func spread(_ histogram: [Double], at occupied: [Int], by window: [Double]) -> [Double] {
    let reach = window.count / 2
    // Room at both ends for what wraps around.
    var wide = [Double](repeating: 0, count: histogram.count + window.count)
    for bin in occupied {
      let height = histogram[bin]
      for tap in window.indices { wide[bin + tap] += height * window[tap] }
    }
    var result = Array(wide[reach..<reach + histogram.count])
    for index in 0..<reach {
      result[((index - reach) % result.count + result.count) % result.count] += wide[index]
    }
    for index in reach + histogram.count..<wide.count {
      result[(index - reach) % result.count] += wide[index]
    }
    return result
  }

  /// Hamming windows of 2048 samples at each downsampling in use.
  private static let hamming: [Int: [Double]] = Dictionary(
    uniqueKeysWithValues: [0, 1, 3].map { shift in
      let count = 2048 >> shift
      return (shift, (0..<count).map { 0.54 - 0.46 * cos(2 * Double.pi * Double($0) / Double(count - 1)) })
    })

  /// Seconds to a beat: the best phase, or half a beat on when the envelope rises more there.
  private func beat(at bpm: Double) -> Double {
    let interval = 60 * rate / bpm
    let phase = Double(best(of: interval, shift: 1, weights: onsets.map { _ in 1 }).bin) * 2
    let slopes = [phase, phase + interval / 2].map { start in
      stride(from: start, to: Double(samples.count), by: interval).reduce(0) { $0 + slope(at: Int($1)) }
    }
    return (slopes[1] > slopes[0] ? phase + interval / 2 : phase) / rate
  }

  private func slope(at sample: Int) -> Double {
    let span = Int(0.05 * rate)
    func mean(_ range: Range<Int>) -> Double {
      let part = samples[range.clamped(to: samples.indices)]
      return Double(part.reduce(0) { $0 + abs($1) }) / Double(span)
    }
    return max(0, mean(sample..<sample + span) - mean(sample - span..<sample))
  }
}

/// A cubic by least squares.
struct Cubic {
  private let coefficients: [Double]
  private let center: Double
  private let spread: Double

  init(fitting x: [Double], _ y: [Double]) {
    let low = x.min() ?? 0
    let high = x.max() ?? 1
    let center = (low + high) / 2
    let spread = max((high - low) / 2, 1e-9)
    var system = [[Double]](repeating: [Double](repeating: 0, count: 5), count: 4)
    for (x, y) in zip(x, y) {
      let u = (x - center) / spread
      let powers = [1, u, u * u, u * u * u]
      for row in 0..<4 {
        for column in 0..<4 { system[row][column] += powers[row] * powers[column] }
        system[row][4] += powers[row] * y
      }
    }
    for pivot in 0..<4 {
      for row in 0..<4 where row != pivot && system[pivot][pivot] != 0 {
        let factor = system[row][pivot] / system[pivot][pivot]
        for column in pivot..<5 { system[row][column] -= factor * system[pivot][column] }
      }
    }
    coefficients = (0..<4).map { system[$0][$0] == 0 ? 0 : system[$0][4] / system[$0][$0] }
    self.center = center
    self.spread = spread
  }

  func callAsFunction(_ x: Double) -> Double {
    let u = (x - center) / spread
    return coefficients[0] + u * (coefficients[1] + u * (coefficients[2] + u * coefficients[3]))
  }
}
