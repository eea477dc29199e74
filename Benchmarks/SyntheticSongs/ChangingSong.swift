import Audio
import Foundation

/// A synthesised song whose tempo changes, with the truth about it.
package struct ChangingSong: Sendable, CustomStringConvertible {
  package enum Kind: String, CaseIterable, Sendable {
    case steps, ritardando, drift, stops, swing, sparseIntro
  }

  package var kind: Kind
  package var seed: Int
  /// When each beat sounds.
  package var beats: [Double] = []
  /// How many stretches of constant tempo the beats were made of; nil where the tempo moves all the time.
  package var segments: Int?

  package var description: String { "\(kind.rawValue) \(seed)" }

  package init(_ kind: Kind, seed: Int) {
    self.kind = kind
    self.seed = seed
    var random = SeededRandom(seed * 7919 + (Kind.allCases.firstIndex(of: kind) ?? 0))
    switch kind {
    case .steps, .swing, .sparseIntro: makeSteps(changes: 2 + seed * 3 % 11, &random)
    case .stops: makeSteps(changes: 0, stops: 2 + seed % 4, &random)
    case .ritardando: makeRitardando(&random)
    case .drift: makeDrift(&random)
    }
  }

  private static func tempo(_ random: inout SeededRandom) -> Double {
    95 + (Double(random.unit()) * 90).rounded()
  }

  /// Constant stretches of whole bars, each 5 to 30 % faster or slower than the one before.
  private mutating func makeSteps(changes: Int, stops: Int = 0, _ random: inout SeededRandom) {
    var bpm = ChangingSong.tempo(&random)
    var time = 0.4 + Double(random.unit())
    let parts = max(changes, stops) + 1
    for part in 0..<parts {
      let bars = 6 + Int(random.unit() * 10)
      for _ in 0..<bars * 4 {
        beats.append(time)
        time += 60 / bpm
      }
      guard part + 1 < parts else { break }
      if stops > 0 {
        time += 0.1 + 0.6 * Double(random.unit())
      } else {
        let factor = 1.05 + 0.25 * Double(random.unit())
        bpm = (bpm > 140 ? bpm / factor : bpm * factor).rounded()
      }
    }
    segments = parts
  }

  /// Constant, then slower beat by beat to 70 %, then as before.
  private mutating func makeRitardando(_ random: inout SeededRandom) {
    let bpm = ChangingSong.tempo(&random)
    var time = 0.5
    for beat in 0..<168 {
      beats.append(time)
      let slowing = (72..<88).contains(beat) ? 1 - 0.3 * Double(beat - 71) / 16 : 1
      time += 60 / (bpm * slowing)
    }
  }

  /// A tempo that wanders within 3 %.
  private mutating func makeDrift(_ random: inout SeededRandom) {
    let bpm = ChangingSong.tempo(&random)
    let turns = 20 + 25 * Double(random.unit())
    let start = 6 * Double(random.unit())
    var time = 0.7
    while time < 80 {
      beats.append(time)
      time += 60 / (bpm * (1 + 0.03 * sin(start + time * 2 * .pi / turns)))
    }
  }
}
