import Audio
import Foundation
import Testing

/// A synthesised song whose tempo changes, with the truth about it.
struct ChangingSong: Sendable, CustomTestStringConvertible {
  enum Kind: String, CaseIterable, Sendable {
    case steps, ritardando, drift, stops, swing, sparseIntro
  }

  var kind: Kind
  var seed: Int
  /// When each beat sounds.
  var beats: [Double] = []
  /// How many stretches of constant tempo the beats were made of; nil where the tempo moves all the time.
  var segments: Int?

  var testDescription: String { "\(kind.rawValue) \(seed)" }

  init(_ kind: Kind, seed: Int) {
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

  /// The sound: drums and a bass, or plucked chords with a hat, or drums under noise, by the seed.
  func clip() -> AudioClip {
    var canvas = Canvas(seconds: (beats.last ?? 0) + 1, seed: seed)
    let pitches = [55, 65.4, 82.4, 73.4]
    for (beat, time) in beats.enumerated() {
      let next = beat + 1 < beats.count ? beats[beat + 1] : time + 0.4
      // A stop holds the beat, not what is between beats.
      let period = beat > 0 ? min(next - time, 1.15 * (time - beats[beat - 1])) : next - time
      let isSparse = kind == .sparseIntro && beat < 32
      if isSparse && beat % 2 == 1 { continue }
      if seed % 3 == 1 {
        for ratio in [1, 1.26, 1.5] { canvas.pluck(at: time, pitch: 4 * pitches[beat / 4 % 4] * ratio) }
        if beat % 4 == 0 { canvas.pluck(at: time, pitch: pitches[beat / 4 % 4], level: 0.5) }
        if beat % 2 == 1 { canvas.hat(at: time, level: 0.3) }
      } else {
        if beat % 2 == 0 { canvas.kick(at: time) } else { canvas.snare(at: time) }
        canvas.pluck(at: time, pitch: pitches[beat / 4 % 4])
      }
      if isSparse { continue }
      canvas.hat(at: time)
      canvas.hat(at: time + period * (kind == .swing ? 2.0 / 3 : 0.5), level: 0.12)
    }
    if seed % 3 == 2 { canvas.hiss(level: 0.02) }
    return canvas.clip
  }
}
