import Foundation

/// Triangular mel bands over the bins of a power spectrum, each band's weights adding up to 1.
///
/// A triangle's slopes are at least one bin wide, so that no low band is ever empty.
package struct MelBank: Sendable {
  /// A band's weights and the bin of the first of them.
  private struct Band: Sendable {
    var firstBin: Int
    var weights: Range<Int>
  }

  private let bands: [Band]
  private let weights: [Float]

  package var count: Int { bands.count }

  /// - Parameters:
  ///   - bands: how many, spaced evenly in mel from `lowest` to `highest` (Hz).
  ///   - size: the transform's length in samples.
  package init(bands count: Int, size: Int, rate: Int, lowest: Double, highest: Double) {
    let low = MelBank.mel(lowest)
    let step = (MelBank.mel(highest) - low) / Double(count + 1)
    let edges = (0..<count + 2).map { MelBank.hertz(low + step * Double($0)) }
    let spacing = Double(rate) / Double(size)
    var bands: [Band] = []
    var weights: [Float] = []
    for band in 0..<count {
      let centre = edges[band + 1]
      let rise = centre - min(edges[band], centre - spacing)
      let fall = max(edges[band + 2], centre + spacing) - centre
      let triangle = (0...size / 2).map { bin in
        let distance = Double(bin) * spacing - centre
        return max(0, min(1 + distance / rise, 1 - distance / fall))
      }
      let sum = triangle.reduce(0, +)
      let first = triangle.firstIndex { $0 > 0 } ?? 0
      let last = triangle.lastIndex { $0 > 0 } ?? 0
      let start = weights.count
      weights += triangle[first...last].map { Float($0 / sum) }
      bands.append(Band(firstBin: first, weights: start..<weights.count))
    }
    self.bands = bands
    self.weights = weights
  }

  /// The natural logarithm of each band's power (plus a floor far below hearing), into `count` floats.
  func logPower(
    of power: UnsafeBufferPointer<Float>, floor: Float, into result: UnsafeMutableBufferPointer<Float>
  ) {
    weights.withUnsafeBufferPointer { weights in
      for (index, band) in bands.enumerated() {
        var sum: Float = 0
        var bin = band.firstBin
        for position in band.weights {
          sum += weights[position] * power[bin]
          bin += 1
        }
        result[index] = logf(sum + floor)
      }
    }
  }

  /// O'Shaughnessy's mel scale.
  private static func mel(_ hertz: Double) -> Double { 1127 * log1p(hertz / 700) }
  private static func hertz(_ mel: Double) -> Double { 700 * expm1(mel / 1127) }
}
