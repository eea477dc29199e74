import Foundation
import Testing

@testable import Generation

struct MotifTrustTests {
  private let trust = MotifTrust(weights: [0.1, 0.2, 0.6, -0.1])

  /// By hand, from the formula of the contract: ln(1.02 / 0.02) is 3.9318.
  @Test(
    arguments: [(0.2, 0.0), (0.4, 0.0), (0.55, 0.19659), (0.7, 0.39318), (1.0, 1.96591)] as [(Float, Float)])
  func aMotifGainsWithItsLikeness(similarity: Float, gain: Float) {
    #expect(abs(trust.gain((mean: 1, best: 1), similarity: similarity) - gain) < 1e-4)
    #expect(abs(trust.gain((mean: 0, best: 0), similarity: similarity) + gain) < 1e-4)
  }

  @Test func similarMeasuresThatDisagreeSayNothing() {
    #expect(abs(trust.gain((mean: 0.5, best: 0.5), similarity: 1)) < 1e-6)
  }
}
