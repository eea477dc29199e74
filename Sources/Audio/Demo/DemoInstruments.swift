import Glibc

/// The voices of the demo song. Each renders one sound, once; the mixer then adds it wherever the score has it.
struct DemoInstruments {
  let rate: Int
  private var noise: UInt32 = 0x2545_F491

  init(rate: Int) { self.rate = rate }

  /// Marsaglia's xorshift, so that the song is the same everywhere.
  private mutating func nextNoise() -> Float {
    noise ^= noise << 13
    noise ^= noise >> 17
    noise ^= noise << 5
    return Float(Int32(bitPattern: noise)) / Float(Int32.max)
  }

  private func samples(_ seconds: Double) -> Int { Int(seconds * Double(rate)) }

  /// A sine that falls from 180 Hz to 48 Hz, and a click so that its start is heard exactly.
  mutating func kick() -> [Float] {
    var phase: Float = 0
    return (0..<samples(0.28)).map { frame in
      let time = Float(frame) / Float(rate)
      phase += (48 + 132 * exp(-time * 38)) / Float(rate)
      let click = frame < 60 ? nextNoise() * (1 - Float(frame) / 60) * 0.5 : 0
      return sin(2 * .pi * phase) * exp(-time * 11) + click
    }
  }

  mutating func snare() -> [Float] {
    (0..<samples(0.2)).map { frame in
      let time = Float(frame) / Float(rate)
      return nextNoise() * 0.55 * exp(-time * 22) + sin(2 * .pi * 190 * time) * 0.5 * exp(-time * 30)
    }
  }

  /// Noise without its low part, gone in about `1 / decay` seconds.
  mutating func cymbal(seconds: Double, decay: Float) -> [Float] {
    var low: Float = 0
    return (0..<samples(seconds)).map { frame in
      let white = nextNoise()
      low += (white - low) * 0.6
      return (white - low) * exp(-Float(frame) / Float(rate) * decay)
    }
  }

  mutating func riser(frames: Int) -> [Float] {
    var low: Float = 0
    return (0..<frames).map { frame in
      let part = Float(frame) / Float(frames)
      let white = nextNoise()
      low += (white - low) * (0.05 + 0.6 * part)
      return (white - low * 0.7) * part * part
    }
  }

  /// A saw through a low pass that closes as the note ages.
  func bass(frequency: Float, frames: Int) -> [Float] {
    var saw = Saw(step: frequency / Float(rate))
    var low: Float = 0
    var brightness = Decay(rate: 14, sampleRate: rate)
    return voice(frames: frames, attack: 0.003) {
      low += (saw.next() - low) * (0.06 + 0.25 * brightness.next())
      return low
    }
  }

  /// Two saws, six cents to either side.
  func lead(frequency: Float, frames: Int) -> [Float] {
    var below = Saw(step: frequency * 0.9965 / Float(rate))
    var above = Saw(step: frequency * 1.0035 / Float(rate))
    var low: Float = 0
    var brightness = Decay(rate: 9, sampleRate: rate)
    var loudness = Decay(rate: 5, sampleRate: rate)
    return voice(frames: frames, attack: 0.002) {
      low += (below.next() + above.next() - low) * (0.18 + 0.3 * brightness.next())
      return low * (0.5 + 0.5 * loudness.next())
    }
  }

  /// A chord of soft saws with a slow start.
  func pad(frequencies: [Float], frames: Int) -> [Float] {
    var saws = frequencies.flatMap {
      [Saw(step: $0 * 0.998 / Float(rate)), Saw(step: $0 * 1.002 / Float(rate))]
    }
    var low: Float = 0
    return voice(frames: frames, attack: 0.12) {
      var sum: Float = 0
      for index in saws.indices { sum += saws[index].next() }
      low += (sum - low) * 0.09
      return low
    }
  }

  /// `sound` with a linear attack and a release of 12 ms at its end; both keep it free of clicks.
  private func voice(frames: Int, attack: Float, sound: () -> Float) -> [Float] {
    let release = min(Float(frames), 0.012 * Float(rate))
    return [Float](unsafeUninitializedCapacity: frames) { buffer, count in
      for frame in 0..<frames {
        let gate = min(1, Float(frame) / (attack * Float(rate)), Float(frames - frame) / release)
        buffer[frame] = sound() * gate
      }
      count = frames
    }
  }
}

/// A saw from -1 to 1 whose jump is rounded off over two samples (PolyBLEP: Välimäki and Huovinen 2007), which
/// removes most of the aliasing.
private struct Saw {
  let step: Float
  private var phase: Float = 0

  init(step: Float) { self.step = step }

  mutating func next() -> Float {
    var value = 2 * phase - 1
    if phase < step {
      let part = phase / step
      value -= part + part - part * part - 1
    } else if phase > 1 - step {
      let part = (phase - 1) / step
      value -= part * part + part + part + 1
    }
    phase += step
    if phase >= 1 { phase -= 1 }
    return value
  }
}

/// 1, falling by `rate` nepers a second.
private struct Decay {
  private var value: Float = 1
  private let factor: Float

  init(rate: Float, sampleRate: Int) { factor = exp(-rate / Float(sampleRate)) }

  mutating func next() -> Float {
    defer { value *= factor }
    return value
  }
}
