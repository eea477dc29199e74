import Audio
import Foundation
import Playback
import Testing

/// Sounds whose pitch and whose time can be told.
enum Sounds {
  static let rate = 44_100

  static func sine(seconds: Double, frequency: Double = 440, amplitude: Double = 0.5) -> AudioClip {
    let samples = (0..<Int(seconds * Double(rate))).map { frame in
      Float(amplitude * sin(2 * .pi * frequency * Double(frame) / Double(rate)))
    }
    return AudioClip(rate: rate, channels: [samples])
  }

  /// Drums: noise that sets in at once and dies away, over a bass.
  static func drums(at times: [Double], seconds: Double) -> AudioClip {
    var generator = SystemNoise()
    var left = sine(seconds: seconds, frequency: 110, amplitude: 0.1).channels[0]
    for time in times {
      let start = Int((time * Double(rate)).rounded())
      for frame in 0..<2200 where start + frame < left.count {
        let noise = frame == 0 ? 1 : generator.next()
        left[start + frame] += 0.6 * noise * Float(exp(-Double(frame) / 350))
      }
    }
    return AudioClip(rate: rate, channels: [left, left.map { $0 / 2 }])
  }

  /// The same numbers in each run.
  private struct SystemNoise {
    var state: UInt32 = 1
    mutating func next() -> Float {
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(Int32(bitPattern: state)) / Float(Int32.max)
    }
  }

  /// The seconds at which something sets in: jumps after a time of rest.
  static func onsets(in samples: [Float], rest: Double = 0.02, jump: Float = 0.15) -> [Double] {
    var onsets: [Double] = []
    var last = -rate
    for frame in 1..<samples.count where abs(samples[frame] - samples[frame - 1]) > jump {
      if Double(frame - last) > rest * Double(rate) { onsets.append(Double(frame) / Double(rate)) }
      last = frame
    }
    return onsets
  }

  static func frequency(of samples: some Collection<Float>) -> Double {
    let crossings = zip(samples, samples.dropFirst()).count { $0 < 0 && $1 >= 0 }
    return Double(crossings) * Double(rate) / Double(samples.count)
  }

  static func sped(_ clip: AudioClip, _ speed: Double, keepsPitch: Bool = true) -> PlayedMusic {
    PlayedMusic(clip, at: Speed(speed), pitch: keepsPitch ? .kept(AttackCurve(of: clip)) : .shifted)
  }

  static func heard(_ music: PlayedMusic, from start: Int = 0) -> [Float] {
    MixProgram(music: music, ticks: [], gains: MixTests.musicOnly).rendered(from: start).channels[0]
  }
}

@Suite struct SpeedTests {
  static let times: [Double] = (0..<60).map { (index: Int) -> Double in
    0.4 + Double(index) * 0.237 + Double(index % 7) * 0.011
  }
  static let drums = Sounds.drums(at: times, seconds: 16)

  @Test(arguments: [0.25, 0.5, 0.75, 1.5, 2]) func aToneKeepsItsPitchOrShiftsIt(speed: Double) {
    let tone = Sounds.sine(seconds: 6)
    for (keeps, wanted) in [(true, 440.0), (false, 440 * speed)] {
      let heard = Sounds.heard(Sounds.sped(tone, speed, keepsPitch: keeps))
      let frequency = Sounds.frequency(of: heard[1000..<heard.count - 1000])
      #expect(abs(frequency - wanted) < 1.5, "\(frequency) Hz at \(speed)")
      #expect(heard.allSatisfy { abs($0) < 0.51 })
    }
  }

  /// The ticks are what the notes are aligned to: a drum has to be heard where its tick is.
  @Test(arguments: [0.1, 0.25, 0.5, 0.75, 0.9, 1.1, 1.5, 2, 3], [true, false])
  func drumsStandWhereTheirTicksDo(speed: Double, keepsPitch: Bool) {
    let music = Sounds.sped(Self.drums, speed, keepsPitch: keepsPitch)
    let ticks = MixProgram(music: music, ticks: Self.times, gains: MixTests.ticksOnly).rendered().channels[0]
    let drums = Sounds.heard(music)
    // A drum of its own length would otherwise be taken for several.
    let rest = max(0.02, 0.05 / speed)
    let jump: Float = keepsPitch ? 0.15 : 0.15 * min(1, 3 * Float(speed))
    let (heard, wanted) = (Sounds.onsets(in: drums, rest: rest, jump: jump), Sounds.onsets(in: ticks))
    #expect(wanted.count == Self.times.count)
    #expect(heard.count == wanted.count, "each drum once")
    let errors = zip(heard, wanted).map { ($0 - $1) * 1000 }
    print("speed", speed, keepsPitch, "errors", errors.min() ?? 0, errors.max() ?? 0)
    #expect(errors.allSatisfy { abs($0) < 0.7 }, "\(errors)")
  }

  @Test(arguments: [0.1, 0.33, 0.5, 0.75, 1.5, 2.97]) func nothingIsLostAtTheEnd(speed: Double) {
    for keeps in [true, false] {
      let program = MixProgram(music: Sounds.sped(Self.drums, speed, keepsPitch: keeps), ticks: [])
      #expect(program.end == Int((Double(Self.drums.length.count) / speed).rounded()))
      let end = Sounds.heard(program.music)[(program.end - 2000)...]
      #expect(abs((end.map(abs).max() ?? 0) - 0.1) < 0.02, "the bass is heard to the end")
    }
  }

  @Test func itsOwnSpeedIsTheClipBitForBit() {
    #expect(Sounds.heard(Sounds.sped(Self.drums, 1)) == Self.drums.channels[0])
    #expect(Sounds.heard(Sounds.sped(Self.drums, 1, keepsPitch: false)) == Self.drums.channels[0])
  }

  @Test(arguments: [0.5, 0.77, 1.5], [true, false])
  func whereverItIsEnteredTheSameIsHeard(speed: Double, keepsPitch: Bool) {
    let whole = Sounds.heard(Sounds.sped(Self.drums, speed, keepsPitch: keepsPitch))
    for start in [1, 44_100, 123_457, whole.count - 3] {
      let part = Sounds.heard(Sounds.sped(Self.drums, speed, keepsPitch: keepsPitch), from: start)
      #expect(part == Array(whole[start...]))
    }
  }

  /// More than is kept in memory, there and back.
  @Test func whatWasForgottenIsMadeAnew() {
    let program = MixProgram(
      music: Sounds.sped(Self.drums, 0.2), ticks: [], gains: .init(music: 1, tick: 0))
    let first = Sounds.heard(program.music)
    #expect(program.end > 70 * Sounds.rate)
    #expect(Sounds.heard(program.music) == first)
  }

  @Test func musicOfHighRatesIsStretchedToo() {
    let clip = AudioClip(rate: 384_000, channels: Sounds.sine(seconds: 4).channels)
    let heard = Sounds.heard(Sounds.sped(clip, 0.5))
    let frequency = Sounds.frequency(of: heard[1000..<heard.count - 1000])
    #expect(abs(frequency - 440) < 5, "\(frequency)")
  }
}
