import Audio
import Foundation
import Testing

@Suite struct AttackCurveTests {
  static let rate = 44_100

  /// Tones that set in at once and die away.
  static func plucks(at frames: [Int], count: Int) -> AudioClip {
    var samples = [Float](repeating: 0, count: count)
    for start in frames {
      for frame in 0..<4000 where start + frame < count {
        samples[start + frame] += Float(cos(Double(frame) * 0.2) * exp(-Double(frame) / 1500) / 2)
      }
    }
    return AudioClip(rate: rate, channels: [samples])
  }

  @Test func attacksAreFoundToTheSample() {
    let frames = [5000, 20_000, 27_001, 60_123, 90_000]
    let cuts = AttackCurve(of: Self.plucks(at: frames, count: 120_000)).cuts(longest: 1_000_000)
    #expect(cuts.count == frames.count && cuts.allSatisfy(\.isAttack))
    for (cut, frame) in zip(cuts, frames) { #expect(abs(cut.frame - frame) <= 2) }
  }

  @Test func whatSoundsOnIsCutAllTheSame() {
    let tone = AudioClip(rate: Self.rate, channels: [(0..<441_000).map { sin(Float($0) * 0.06) / 2 }])
    let cuts = AttackCurve(of: tone).cuts(longest: 88_200)
    #expect(cuts.drop { $0.frame < 100 }.allSatisfy { !$0.isAttack })
    let places = [0] + cuts.map(\.frame) + [441_000]
    #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 <= 88_200 + 44 && $1 >= $0 })
  }

  @Test func silenceAndNothingHaveNoAttacks() {
    for count in [0, 3, 44_100] {
      let clip = AudioClip(rate: Self.rate, channels: [[Float](repeating: 0, count: count)])
      #expect(AttackCurve(of: clip).cuts(longest: 100_000).isEmpty)
    }
  }
}
