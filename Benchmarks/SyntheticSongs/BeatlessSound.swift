import Audio
import Foundation

/// A sound without a tempo: silence, noise, tones that only hold, speech, weather.
package struct BeatlessSound: Sendable, CustomStringConvertible {
  package var description: String
  private var make: @Sendable () -> Canvas

  package func clip() -> AudioClip { make().clip }
}

extension BeatlessSound {
  private static func sound(
    _ name: String, seconds: Double = 40, seed: Int, _ fill: @escaping @Sendable (inout Canvas) -> Void
  ) -> BeatlessSound {
    BeatlessSound(description: name) {
      var canvas = Canvas(seconds: seconds, seed: seed)
      fill(&canvas)
      return canvas
    }
  }

  /// Syllables of coloured noise with the irregular lengths and pauses of speech.
  private static func speak(_ canvas: inout Canvas, voiced: Bool) {
    var time = 0.2
    let end = Double(canvas.samples.count) / Double(Canvas.rate)
    while time < end {
      let length = 0.07 + 0.25 * Double(canvas.random.unit() * canvas.random.unit())
      let level = 0.1 + 0.3 * Double(canvas.random.unit())
      let pitch = 90 + 80 * Double(canvas.random.unit())
      if voiced {
        canvas.add(at: time, lasting: length) { t in
          let tone = (1...12).reduce(0.0) { $0 + sin(2 * .pi * pitch * Double($1) * t) / Double($1) }
          return level * sin(.pi * t / length) * tone
        }
      } else {
        let start = Int(time * Double(Canvas.rate))
        for index in start..<min(canvas.samples.count, start + Int(length * Double(Canvas.rate))) {
          let turn = Double(index - start) / (length * Double(Canvas.rate))
          canvas.samples[index] += Float(level * sin(.pi * turn)) * canvas.random.noise()
        }
      }
      time += length * (0.8 + 0.6 * Double(canvas.random.unit()))
      if canvas.random.unit() < 0.15 { time += 0.1 + 0.7 * Double(canvas.random.unit()) }
    }
  }

  private static func drone(_ pitches: [Double], vibrato: Double = 0) -> @Sendable (inout Canvas) -> Void {
    { canvas in
      let length = Double(canvas.samples.count) / Double(Canvas.rate)
      for pitch in pitches {
        canvas.add(at: 0, lasting: length) { t in
          0.15 * sin(2 * .pi * pitch * t + vibrato * sin(2 * .pi * 0.27 * t))
        }
      }
    }
  }

  /// Noise whose level wanders.
  private static func wind(_ canvas: inout Canvas) {
    var level: Float = 0
    for index in canvas.samples.indices {
      level = 0.99995 * level + 0.01 * canvas.random.noise()
      canvas.samples[index] = level * canvas.random.noise()
    }
  }

  /// Hits at moments without any order.
  private static func rain(_ canvas: inout Canvas, drops: Int) {
    let end = Float(canvas.samples.count) / Float(Canvas.rate)
    for _ in 0..<drops {
      canvas.burst(at: Double(canvas.random.unit() * end), lasting: 0.1, decay: 60, level: 0.4)
    }
  }

  package static let all: [BeatlessSound] = [
    sound("silence", seed: 1) { _ in },
    sound("two seconds of silence", seconds: 2, seed: 1) { _ in },
    sound("one click", seed: 2) { $0.burst(at: 5, lasting: 0.05, decay: 90, level: 0.5) },
    sound("white noise", seed: 3) { $0.hiss(level: 0.3) },
    sound("faint white noise", seed: 4) { $0.hiss(level: 0.0001) },
    sound("10 s of white noise", seconds: 10, seed: 5) { $0.hiss(level: 0.3) },
    sound("2 min of white noise", seconds: 120, seed: 6) { $0.hiss(level: 0.3) },
    sound("a steady tone", seed: 7, drone([440])),
    sound("a chord", seed: 8, drone([110, 138.6, 164.8, 220])),
    sound("beating tones", seed: 9, drone([110, 110.7, 165.3, 221])),
    sound("a tone with vibrato", seed: 10, drone([220], vibrato: 3)),
    sound("a chord with vibrato in noise", seed: 11) {
      drone([130, 196, 261], vibrato: 2)(&$0)
      $0.hiss(level: 0.01)
    },
    sound("whispering", seed: 12) { speak(&$0, voiced: false) },
    sound("speaking", seed: 13) { speak(&$0, voiced: true) },
    sound("speaking for 2 min", seconds: 120, seed: 14) { speak(&$0, voiced: true) },
    sound("speaking in noise", seed: 15) {
      speak(&$0, voiced: true)
      $0.hiss(level: 0.02)
    },
    sound("wind", seed: 16) { wind(&$0) },
    sound("rain", seed: 17) { rain(&$0, drops: 800) },
    sound("dripping", seed: 18) { rain(&$0, drops: 60) },
    sound("a slow swell", seed: 19) { canvas in
      canvas.hiss(level: 0.3)
      for index in canvas.samples.indices {
        canvas.samples[index] *= Float(index) / Float(canvas.samples.count)
      }
    },
  ]
}
