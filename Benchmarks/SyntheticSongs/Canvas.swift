import Audio
import Foundation

/// Random numbers that are the same on every run (SplitMix64).
package struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  package init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  package mutating func unit() -> Float { Float.random(in: 0..<1, using: &self) }
  package mutating func noise() -> Float { Float.random(in: -1..<1, using: &self) }
}

/// A sound under construction, of one channel.
package struct Canvas {
  package static let rate = 44_100
  package var samples: [Float]
  package var random: SeededRandom

  package init(seconds: Double, seed: Int) {
    samples = [Float](repeating: 0, count: Int(seconds * Double(Canvas.rate)))
    random = SeededRandom(seed)
  }

  package var clip: AudioClip { AudioClip(rate: Canvas.rate, channels: [samples]) }

  /// The samples of a sound, as far as they lie on the canvas.
  private func span(from start: Int, lasting length: Double) -> Range<Int> {
    (start..<start + Int(length * Double(Canvas.rate))).clamped(to: samples.indices)
  }

  /// Adds a sound of so many seconds at a time; `wave` takes the seconds since it began.
  package mutating func add(at time: Double, lasting length: Double, _ wave: (Double) -> Double) {
    let start = Int((time * Double(Canvas.rate)).rounded(.up))
    for index in span(from: start, lasting: length) {
      samples[index] += Float(wave(Double(index) / Double(Canvas.rate) - time))
    }
  }

  package mutating func kick(at time: Double, level: Double = 0.8) {
    add(at: time, lasting: 0.25) {
      level * exp(-$0 * 14) * sin(2 * .pi * (50 * $0 + 6 * (1 - exp(-$0 * 30))))
    }
  }

  package mutating func snare(at time: Double, level: Double = 0.5) {
    burst(at: time, lasting: 0.15, decay: 25, level: level)
    add(at: time, lasting: 0.1) { 0.5 * level * exp(-$0 * 30) * sin(2 * .pi * 190 * $0) }
  }

  package mutating func hat(at time: Double, level: Double = 0.15) {
    burst(at: time, lasting: 0.05, decay: 90, level: level)
  }

  /// A plucked tone.
  package mutating func pluck(
    at time: Double, pitch: Double, lasting length: Double = 0.4, level: Double = 0.25
  ) {
    add(at: time, lasting: length) { t in
      let tone = (1...4).reduce(0.0) { $0 + sin(2 * .pi * pitch * Double($1) * t) / Double($1) }
      return level * min(1, t / 0.004) * exp(-t * 5) * tone
    }
  }

  package mutating func burst(at time: Double, lasting length: Double, decay: Double, level: Double) {
    let start = Int((time * Double(Canvas.rate)).rounded(.up))
    for index in span(from: start, lasting: length) {
      let elapsed = Double(index - start) / Double(Canvas.rate)
      samples[index] += Float(level * exp(-elapsed * decay)) * random.noise()
    }
  }

  /// A struck bar or string that swells for some milliseconds before it rings out.
  package mutating func mallet(at time: Double, pitch: Double, level: Double = 0.3) {
    add(at: time, lasting: 0.9) { t in
      let swell = min(1, t / 0.008)
      return level * swell
        * (exp(-t * 4) * sin(2 * .pi * pitch * t) + 0.5 * exp(-t * 14) * sin(2 * .pi * 3.93 * pitch * t))
    }
  }

  /// A held chord that rises and falls slowly.
  package mutating func pad(at time: Double, pitches: [Double], lasting length: Double, level: Double = 0.08)
  {
    for pitch in pitches {
      add(at: time, lasting: length) { t in
        let shape = sin(.pi * min(1, t / length))
        return level * shape * (sin(2 * .pi * pitch * t) + 0.4 * sin(2 * .pi * 2.003 * pitch * t))
      }
    }
  }

  package mutating func hiss(level: Float) {
    for index in samples.indices { samples[index] += level * random.noise() }
  }
}

/// A plain rock beat with a bass line: beats at `start + n·60/bpm`.
package func beatLoop(bpm: Double, start: Double, seconds: Double, seed: Int = 1) -> AudioClip {
  var canvas = Canvas(seconds: seconds, seed: seed)
  let pitches = [55, 55, 82.4, 73.4]
  var beat = 0
  while true {
    let time = start + Double(beat) * 60 / bpm
    guard time < seconds else { return canvas.clip }
    if beat % 2 == 0 { canvas.kick(at: time) } else { canvas.snare(at: time) }
    canvas.hat(at: time)
    canvas.hat(at: time + 30 / bpm, level: 0.1)
    canvas.pluck(at: time, pitch: pitches[beat / 4 % 4])
    beat += 1
  }
}
