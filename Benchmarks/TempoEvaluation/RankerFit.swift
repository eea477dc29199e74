import Foundation

/// Fits the weights of the ranker: conditional logistic regression with a ridge, by gradient ascent with momentum on
/// standardised features. One example is a song; any of its right hypotheses will do.
struct RankerFit {
  struct Example {
    var features: [[Double]]
    var isRight: [Bool]
  }

  /// Found by cross-validation on the training songs, for whole songs and for stretches of them.
  static let ridge = 0.03
  static let stretchRidge = 0.003
  /// The part of a stretch's beats that a right hypothesis meets.
  static let rightShare = 0.8

  /// The weights in the features' own units.
  static func weights(fitting examples: [Example], ridge: Double, steps: Int) -> [Double] {
    let usable = examples.filter { $0.isRight.contains(true) }
    let all = usable.flatMap(\.features)
    guard let width = all.first?.count else { return [] }
    let count = Double(all.count)
    let columns = (0..<width).map { column in all.map { $0[column] } }
    let mean = columns.map { $0.reduce(0, +) / count }
    let spread = zip(columns, mean).map { column, mean in
      let squares = column.reduce(0.0) { sum, value in sum + (value - mean) * (value - mean) }
      return (squares / count).squareRoot() + 1e-6
    }
    let standard = usable.map { example in
      Example(
        features: example.features.map { row in (0..<width).map { (row[$0] - mean[$0]) / spread[$0] } },
        isRight: example.isRight)
    }
    var weights = [Double](repeating: 0, count: width)
    var velocity = weights
    for _ in 0..<steps {
      let slope = gradient(at: weights, of: standard)
      for index in 0..<width {
        velocity[index] = 0.9 * velocity[index] + slope[index] - 2 * ridge * weights[index]
        weights[index] += 0.1 * velocity[index]
      }
    }
    return zip(weights, spread).map { $0 / $1 }
  }

  private static func gradient(at weights: [Double], of examples: [Example]) -> [Double] {
    var gradient = [Double](repeating: 0, count: weights.count)
    for example in examples {
      let scores = example.features.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } }
      let top = scores.max() ?? 0
      let raw = scores.map { exp($0 - top) }
      let sum = raw.reduce(0, +)
      let right = zip(raw, example.isRight).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
      for (row, (value, isRight)) in zip(example.features, zip(raw, example.isRight)) {
        let pull = ((isRight ? value / max(right, 1e-300) : 0) - value / sum) / Double(examples.count)
        for index in row.indices { gradient[index] += pull * row[index] }
      }
    }
    return gradient
  }
}
