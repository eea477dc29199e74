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
  static let weights: [Double] = [
    0.6786, 1.4320, 0.6692, 0.0106, 0.1747, -0.2691,
    -0.2415, 0.1667, -0.0462, -0.2208, 0.1086, -0.1379,
    -0.5577, -0.3451, -0.2046, -0.2802, 0.3302, 2.2418,
    -0.0397, -0.6487, -0.0377, 0.5406, -0.0447, 1.0004,
    1.5587, -0.0615, -1.6726, -2.9835, -0.0993, -0.3948,
    -0.1075, 0.2483, -0.1606, 0.3575, 0.0480, 0.1901,
    0.4279, 0.0267, 0.0038, -0.2907, -0.0518, 0.0716,
    -0.1930, 0.1656, 0.2847, 0.2071, 0.1132, 0.1873,
  ]
}
