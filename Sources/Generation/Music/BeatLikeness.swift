import Foundation

/// How alike a song sounds around each two of its beats.
struct BeatLikeness: Sendable {
  /// Cosines, row-major, beats × beats.
  private let values: [Float]
  let beats: Int

  /// A song of more beats, which no music has, would take too much memory: no two of its beats are told alike.
  private static let most = 3000

  /// - Parameters:
  ///   - heard: row-major, beats × `width`: what is heard of each beat.
  ///   - window: how much the likeness of beats so far away counts, from as many before to as many after.
  init?(_ heard: [Float], width: Int, window: [Float]) {
    let count = heard.count / width
    guard (1...Self.most).contains(count) else { return nil }
    let products = Weights.products(Self.centred(heard, width: width), count: count, width: width)
    var around = Self.summed(products, count: count, window: window)
    let sizes = (0..<count).map { 1 / max(around[$0 * count + $0], 1e-6).squareRoot() }
    for row in 0..<count {
      for column in 0..<count { around[row * count + column] *= sizes[row] * sizes[column] }
    }
    beats = count
    values = around
  }

  subscript(beat: Int, other: Int) -> Float { values[beat * beats + other] }

  /// What all beats have in common tells none from another.
  private static func centred(_ heard: [Float], width: Int) -> [Float] {
    let count = heard.count / width
    var means = [Float](repeating: 0, count: width)
    for index in heard.indices { means[index % width] += heard[index] / Float(count) }
    return heard.enumerated().map { $1 - means[$0 % width] }
  }

  /// Each product with those of the beats before and after both; nothing outside of the song.
  private static func summed(_ products: [Float], count: Int, window: [Float]) -> [Float] {
    var sums = [Float](repeating: 0, count: count * count)
    // Pointers: with checked indices the compiler adds one number at a time, and a long song waits for it.
    sums.withUnsafeMutableBufferPointer { sums in
      products.withUnsafeBufferPointer { products in
        for (place, weight) in window.enumerated() {
          let offset = place - window.count / 2
          let first = min(count, max(0, -offset))
          let inside = first..<max(first, min(count, count - offset))
          guard !inside.isEmpty, let sums = sums.baseAddress, let products = products.baseAddress else {
            continue
          }
          for row in inside {
            let target = sums + row * count
            let source = products + (row + offset) * count + offset
            for column in inside { target[column] += weight * source[column] }
          }
        }
      }
    }
    return sums
  }
}
