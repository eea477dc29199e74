/// The level that a chart looks like: a polynomial of the second degree in its traits, fitted by least squares with a ridge.
package struct LevelGuess: Codable, Hashable, Sendable {
  /// Traits further from the mean, in deviations, count as being there: of the strangest charts squares say too much.
  private static let farthest = 3.0
  /// What a weight costs, beside the squared errors of all charts.
  private static let (linearRidge, productRidge) = (3.0, 100.0)

  private var means: [Double]
  private var deviations: [Double]
  /// Of the constant, the traits, and the products of each two.
  private var weights: [Double]

  /// - Parameter traits: of each chart, all of the same number.
  init(traits: [[Double]], levels: [Double]) {
    let count = Double(max(1, traits.count))
    let size = traits.first?.count ?? 0
    let means = (0..<size).map { index in traits.reduce(0) { $0 + $1[index] } / count }
    let deviations = (0..<size).map { index in
      max(
        1e-6,
        (traits.reduce(0) { $0 + ($1[index] - means[index]) * ($1[index] - means[index]) } / count)
          .squareRoot())
    }
    self.means = means
    self.deviations = deviations
    weights = Self.fit(traits.map { Self.terms($0, means, deviations) }, levels, traits: size)
  }

  /// - Returns: nil where it was fitted to other traits.
  func level(of traits: [Double]) -> Double? {
    guard traits.count == means.count, traits.count == deviations.count else { return nil }
    let terms = Self.terms(traits, means, deviations)
    guard terms.count == weights.count else { return nil }
    return zip(weights, terms).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func terms(_ traits: [Double], _ means: [Double], _ deviations: [Double]) -> [Double] {
    let scaled = traits.indices.map { index in
      min(farthest, max(-farthest, (traits[index] - means[index]) / deviations[index]))
    }
    return [1] + scaled + scaled.indices.flatMap { first in scaled[first...].map { scaled[first] * $0 } }
  }

  private static func fit(_ charts: [[Double]], _ levels: [Double], traits: Int) -> [Double] {
    guard let size = charts.first?.count else { return [] }
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
    for (terms, level) in zip(charts, levels) {
      for row in 0..<size {
        for column in row..<size { matrix[row][column] += terms[row] * terms[column] }
        matrix[row][size] += terms[row] * level
      }
    }
    for row in 0..<size {
      for column in 0..<row { matrix[row][column] = matrix[column][row] }
      if row > 0 { matrix[row][row] += row <= traits ? linearRidge : productRidge }
    }
    return solve(&matrix)
  }

  /// Gauss with pivots; the last column is the right side.
  private static func solve(_ matrix: inout [[Double]]) -> [Double] {
    let size = matrix.count
    for column in 0..<size {
      let pivot = (column..<size).max { abs(matrix[$0][column]) < abs(matrix[$1][column]) } ?? column
      matrix.swapAt(column, pivot)
      for row in 0..<size where row != column {
        let factor = matrix[row][column] / matrix[column][column]
        for index in column...size { matrix[row][index] -= factor * matrix[column][index] }
      }
    }
    return (0..<size).map { matrix[$0][size] / matrix[$0][$0] }
  }
}
