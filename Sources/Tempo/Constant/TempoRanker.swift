import Foundation

/// Which of several hypotheses is the beat: a linear model of their features, its weights found by conditional
/// logistic regression on real charts (`tempo-evaluation --fit` prints the table).
enum TempoRanker {
  /// The probability of each hypothesis, given that one of them is right.
  static func probabilities(of hypotheses: [TempoHypothesis], by weights: [Double]) -> [Double] {
    let scores = hypotheses.map { hypothesis in
      zip(weights, hypothesis.features).reduce(0) { $0 + $1.0 * $1.1 }
    }
    guard let top = scores.max() else { return [] }
    let exponentials = scores.map { exp($0 - top) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }

  /// For whole songs: one weight a feature, in the order of `MetricEvidence.features`.
  static let song: [Double] = [
    0.6786, 1.4320, 0.6692, 0.0106, 0.1747, -0.2691,
    -0.2415, 0.1667, -0.0462, -0.2208, 0.1086, -0.1379,
    -0.5577, -0.3451, -0.2046, -0.2802, 0.3302, 2.2418,
    -0.0397, -0.6487, -0.0377, 0.5406, -0.0447, 1.0004,
    1.5587, -0.0615, -1.6726, -2.9835, -0.0993, -0.3948,
    -0.1075, 0.2483, -0.1606, 0.3575, 0.0480, 0.1901,
    0.4279, 0.0267, 0.0038, -0.2907, -0.0518, 0.0716,
    -0.1930, 0.1656, 0.2847, 0.2071, 0.1132, 0.1873,
  ]

  /// For stretches of ten seconds.
  static let stretch: [Double] = [
    0.8230, 2.0359, 1.3301, 0.0618, 0.2564, 0.0703,
    -0.1705, 0.1517, 0.1084, -0.3257, 0.4005, -0.1394,
    -0.0400, 0.2832, 0.0020, -0.2910, 0.4151, 1.3734,
    0.5996, -0.8084, 0.3333, 0.9209, 0.5971, 0.6255,
    0.7180, 0.8047, -2.5786, -3.4099, -0.1945, -0.6035,
    -0.0180, 0.1860, -0.1110, 1.0879, 0.3791, 1.3071,
    0.2948, 0.0904, 0.0802, -0.3780, -0.0921, 0.3342,
    -0.0089, 0.1767, 0.4032, 0.1965, 0.0535, 0.5899,
  ]
}
