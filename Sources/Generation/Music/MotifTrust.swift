import Foundation

/// How far a measure that sounds alike is believed beyond what the placement network makes of it: the nearer it comes to
/// sounding the same, the more. The weights are fitted on hidden measures of training songs (`Training/ENGINE.md`).
package struct MotifTrust: Sendable {
  /// Similarities between which the weight is linear; beyond the outer ones it stays.
  private static let knots: (low: Float, step: Float) = (0.4, 0.3)
  /// What keeps the log-odds of a certain motif finite.
  private static let doubt: Float = 0.02

  /// Weights of the motif's mean at the similarities 0.4, 0.7 and 1, and of its best measure.
  private let weights: [Float]

  package init(_ file: SafeTensors) throws(ModelError) {
    weights = try file.floats("motif.trust", [4])
  }

  init(weights: [Float]) {
    precondition(weights.count == 4)
    self.weights = weights
  }

  /// What a slot's note logit gains.
  /// - Parameters:
  ///   - rhythm: how far the similar measures, and the most similar one, have a note there, from 0 to 1.
  ///   - similarity: of the most similar measure.
  func gain(_ rhythm: (mean: Float, best: Float), similarity: Float) -> Float {
    let place = min(max((similarity - Self.knots.low) / Self.knots.step, 0), 2)
    let lower = min(Int(place), 1)
    let share = place - Float(lower)
    let mean = weights[lower] * (1 - share) + weights[lower + 1] * share
    return mean * Self.logOdds(rhythm.mean) + weights[3] * Self.logOdds(rhythm.best)
  }

  private static func logOdds(_ chance: Float) -> Float { logf((chance + doubt) / (1 - chance + doubt)) }
}
