import Foundation

/// How far the rhythm of the song's other charts is believed: what a row of theirs adds to the log-odds of a row of the
/// chart's, and what its absence takes away. Fitted on training songs with several charts (`Training/ENGINE.md`).
package struct CompanionTrust: Sendable {
  /// For a chart that steps more often: alone, by the difference in density, by the log-odds of agreement, where it has
  /// a row; then where it has none; then the six of a chart that steps less often.
  private let weights: [Float]

  package init(_ file: SafeTensors) throws(ModelError) {
    weights = try file.floats("companion.trust", [12])
  }

  init(weights: [Float]) {
    precondition(weights.count == 12)
    self.weights = weights
  }

  /// What a slot's log-odds gain.
  func gain(_ companion: Companion, hasRow: Bool) -> Double {
    let first = (companion.isDenser ? 0 : 6) + (hasRow ? 0 : 3)
    return Double(weights[first]) + Double(weights[first + 1]) * companion.difference
      + Double(weights[first + 2]) * companion.agreement.logOdds
  }
}

/// How far their panels are believed, where the steps type is the same.
package struct CompanionPanelTrust: Sendable {
  /// Alone, and by the log-odds of agreement.
  private let weights: [Float]

  package init(_ file: SafeTensors) throws(ModelError) {
    weights = try file.floats("companion.trust", [2])
  }

  init(weights: [Float]) {
    precondition(weights.count == 2)
    self.weights = weights
  }

  /// What the log-odds of a companion's panels gain on a row that both charts have. Never less than 0: a chart that
  /// goes its own way says nothing.
  func gain(_ agreement: Agreement) -> Float {
    max(0, weights[0] + weights[1] * Float(agreement.logOdds))
  }
}

/// The share of what two charts could have in common that they have, told from a few cases and what is usual.
struct Agreement: Hashable, Sendable {
  private var hits: Double
  private var cases: Double

  /// - Parameter worth: so many cases the usual share is worth.
  init(usual: Double, worth: Double) {
    hits = usual * worth
    cases = worth
  }

  var share: Double { hits / cases }
  /// Finite where all agrees.
  var logOdds: Double { log(share / (1.02 - share)) }

  mutating func add(_ hits: Int, of cases: Int) {
    self.hits += Double(hits)
    self.cases += Double(cases)
  }

  /// One case more, what was before fading.
  mutating func see(_ isHit: Bool, memory: Double) {
    hits = hits * memory + (isHit ? 1 : 0)
    cases = cases * memory + 1
  }
}
