/// Levels novelty out over a song, so that a quiet verse says as much about the beat as a loud chorus.
enum Whitening {
  /// Seconds over which a rise must stand out.
  static let contrastSpan = 0.3
  /// Seconds over which loudness is levelled out.
  static let levelSpan = 6.0
  /// The least level that counts as movement: below it lie the flutter of steady tones and rounding noise.
  static let floor = 0.02

  /// What stands out from the local mean.
  static func rises(in band: [Float], frameRate: Double) -> [Float] {
    let mean = PrefixSums(band) { Double($0) }
    let reach = max(1, Int(contrastSpan * frameRate / 2))
    return band.indices.map { max(0, band[$0] - Float(mean.mean(around: $0, reach: reach))) }
  }

  /// The root mean square of rises.
  static func level(of rises: [Float]) -> Double { Double(rises[...].rootMeanSquare) }

  /// Rises relative to the level around them.
  static func whitened(_ band: [Float], frameRate: Double) -> [Float] {
    let rises = rises(in: band, frameRate: frameRate)
    let power = PrefixSums(rises) { Double($0) * Double($0) }
    let whole = level(of: rises)
    let reach = max(1, Int(levelSpan * frameRate / 2))
    return rises.indices.map { frame in
      let local = power.mean(around: frame, reach: reach).squareRoot()
      return rises[frame] / Float(max(local, whole / 4, floor))
    }
  }
}

/// Sums over any range of a list in constant time.
struct PrefixSums: Sendable {
  private let sums: [Double]

  init<Element>(_ values: [Element], _ measure: (Element) -> Double) {
    var sum = 0.0
    var sums = [0.0]
    sums.reserveCapacity(values.count + 1)
    for value in values {
      sum += measure(value)
      sums.append(sum)
    }
    self.sums = sums
  }

  func sum(in range: Range<Int>) -> Double { sums[range.upperBound] - sums[range.lowerBound] }

  /// 0 for an empty range.
  func mean(in range: Range<Int>) -> Double {
    range.isEmpty ? 0 : sum(in: range) / Double(range.count)
  }

  /// The mean of up to `reach` values on either side of one, and that one.
  func mean(around index: Int, reach: Int) -> Double {
    mean(in: max(0, index - reach)..<min(sums.count - 1, index + reach + 1))
  }
}
