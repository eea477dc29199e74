import Foundation

/// Beats explained by as few straight lines as the price of a line allows: optimal partitioning (B. Jackson and
/// others, "An algorithm for optimal partitioning of data on an interval", IEEE Signal Processing Letters 12, 2005)
/// with squared errors, made robust by weighing anew the beats that lie far off (Huber).
struct TempoPartition {
  /// One constant tempo: beat `k` sounds at `start + period · (k - first)`.
  struct Line: Sendable {
    /// Positions in the list of beats.
    var range: Range<Int>
    /// The count of its first beat.
    var first: Int
    var start: Double
    var period: Double

    func time(of index: Int) -> Double { start + period * Double(index - first) }
  }

  /// Seconds by which onsets scatter around their beats.
  static let scatter = 0.008
  /// The fewest beats a line may have.
  static let shortest = 4

  /// - Parameter tightness: from 0, fewest lines, to 1, closest fit.
  static func lines(through beats: [HeardBeat], tightness: Double) -> [Line] {
    guard beats.count >= 2 else { return [] }
    let price = 160 * pow(0.01, min(1, max(0, tightness)))
    var weights = beats.map(\.weight)
    var lines: [Line] = []
    for _ in 0..<4 {
      let sums = Sums(beats, weights: weights)
      lines = optimal(sums, count: beats.count, price: price).map { sums.line(in: $0) }
      for line in lines {
        for position in line.range {
          let error = abs(beats[position].time - line.time(of: beats[position].index)) / scatter
          weights[position] = beats[position].weight * min(1, 1.5 / max(error, 1e-9))
        }
      }
    }
    return lines
  }

  private static func optimal(_ sums: Sums, count: Int, price: Double) -> [Range<Int>] {
    var costs = [Double](repeating: .infinity, count: count + 1)
    var origins = [Int](repeating: 0, count: count + 1)
    costs[0] = 0
    for end in 1...count {
      for start in 0...max(0, end - shortest) where costs[start] < .infinity {
        let cost = costs[start] + sums.error(in: start..<end) / (scatter * scatter) + price
        if cost < costs[end] { (costs[end], origins[end]) = (cost, start) }
      }
    }
    var ranges: [Range<Int>] = []
    var end = count
    while end > 0 {
      ranges.append(origins[end]..<end)
      end = origins[end]
    }
    return ranges.reversed()
  }
}

/// Weighted sums over beats, from which the line through any range of them follows in constant time.
private struct Sums {
  private let beats: [HeardBeat]
  private let weight: PrefixSums
  private let index: PrefixSums
  private let time: PrefixSums
  private let indexSquare: PrefixSums
  private let timeSquare: PrefixSums
  private let product: PrefixSums

  init(_ beats: [HeardBeat], weights: [Double]) {
    self.beats = beats
    let terms = zip(beats, weights).map { (w: $1, k: Double($0.index), t: $0.time) }
    weight = PrefixSums(terms) { $0.w }
    index = PrefixSums(terms) { $0.w * $0.k }
    time = PrefixSums(terms) { $0.w * $0.t }
    indexSquare = PrefixSums(terms) { $0.w * $0.k * $0.k }
    timeSquare = PrefixSums(terms) { $0.w * $0.t * $0.t }
    product = PrefixSums(terms) { $0.w * $0.k * $0.t }
  }

  private func moments(in range: Range<Int>) -> (
    w: Double, k: Double, t: Double, kk: Double, kt: Double, tt: Double
  ) {
    let w = max(weight.sum(in: range), 1e-12)
    let k = index.sum(in: range) / w
    let t = time.sum(in: range) / w
    return (
      w, k, t, indexSquare.sum(in: range) - w * k * k, product.sum(in: range) - w * k * t,
      timeSquare.sum(in: range) - w * t * t
    )
  }

  /// The sum of squared errors of the best line, in seconds squared.
  func error(in range: Range<Int>) -> Double {
    let m = moments(in: range)
    return m.kk > 1e-9 ? max(0, m.tt - m.kt * m.kt / m.kk) : 0
  }

  func line(in range: Range<Int>) -> TempoPartition.Line {
    let m = moments(in: range)
    let first = beats[range.lowerBound].index
    let period = m.kk > 1e-9 ? m.kt / m.kk : 0.5
    return TempoPartition.Line(
      range: range, first: first, start: m.t + period * (Double(first) - m.k), period: period)
  }
}
