import Audio
import Foundation
import Playback
import Testing

/// Music whose every sample tells its frame.
func ramp(_ frames: Int, rate: Int = 1000) -> AudioClip {
  AudioClip(rate: rate, channels: [(0..<frames).map { Float($0) / 1000 }])
}

func silence(seconds: Double, rate: Int = 44_100) -> AudioClip {
  AudioClip(rate: rate, channels: [[Float](repeating: 0, count: Int(seconds * Double(rate)))])
}

@Suite struct MixTests {
  static let ticksOnly = MixProgram.Gains(music: 0, tick: 0.75)
  static let musicOnly = MixProgram.Gains(music: 1, tick: 0)

  @Test func aTickStartsAtTheNearestSampleOfItsTime() {
    let times = [0.5, 0.123_456, 1.0, 1.999]
    let mix = MixProgram(clip: silence(seconds: 2.5), ticks: times, gains: Self.ticksOnly).rendered()
    let samples = mix.channels[0]
    let starts = samples.indices.filter { frame in
      abs(samples[frame]) > 0.7 && (frame < 100 || samples[(frame - 100)..<frame].allSatisfy { $0 == 0 })
    }
    #expect(starts == times.sorted().map { Int(($0 * 44_100).rounded()) })
    #expect(mix.channels[1] == samples)
  }

  @Test func ticksOfDamagedTimingsAreNoTicks() {
    let times = [.nan, .infinity, 1e300, -1e300, 0.5]
    let program = MixProgram(clip: silence(seconds: 1), ticks: times, gains: Self.ticksOnly)
    #expect(program.end == 44_100)
    for time in times { #expect(abs(program.frame(at: time)) <= 4_410_000_000) }
  }

  @Test func ticksThatCrowdDoNotGrowLouder() throws {
    let times = (0..<200).map { 0.1 + Double($0) * 0.001 }
    let mix = MixProgram(clip: silence(seconds: 1), ticks: times, gains: Self.ticksOnly).rendered()
    #expect(try #require(mix.channels[0].max()) <= 0.75)
  }

  @Test func loudMusicUnderATickIsBentAndNotCut() {
    let loud = AudioClip(rate: 1000, channels: [(0..<200).map { $0 % 2 == 0 ? 0.79 : -1.5 }])
    let mix = MixProgram(clip: loud, ticks: [0.1], gains: .init(music: 1, tick: 1)).rendered()
    #expect(mix.channels[0][0] == 0.79)
    #expect(mix.channels[0].allSatisfy { abs($0) < 1 })
    #expect(mix.channels[0][100] > 0.95)
  }

  @Test func musicIsScaledAndTicksLieOverIt() {
    let clip = AudioClip(rate: 1000, channels: [[0.5, 0.5, 0.5], [-0.5, -0.5, -0.5]])
    let mix = MixProgram(clip: clip, ticks: [0.001], gains: .init(music: 0.5, tick: 0.25)).rendered()
    #expect(mix.channels[0][0] == 0.25)
    #expect(mix.channels[0][1] == 0.5)
    #expect(mix.channels[1][1] == 0)
  }

  @Test func ticksBeforeAndAfterTheMusicAreHeard() {
    let program = MixProgram(clip: silence(seconds: 1), ticks: [-0.5, 3], gains: Self.ticksOnly)
    let early = program.rendered(from: -44_100)
    #expect(early.channels[0][22_050] == 0.75)
    #expect(early.channels[0][44_100 * 4] == 0.75)
  }

  @Test func theMetronomeMarksBeatsAndMeasures() {
    let beats = (0..<8).map { MixProgram.Beat(time: Double($0) * 0.25, startsMeasure: $0 % 4 == 0) }
    let program = MixProgram(
      clip: silence(seconds: 2), ticks: [], beats: beats, gains: .init(music: 0, tick: 0, metronome: 0.5))
    let samples = program.rendered().channels[0]
    for beat in beats { #expect(samples[Int(beat.time * 44_100)] == 0.5) }
    // A measure's first beat sounds otherwise.
    #expect(Array(samples[0..<400]) != Array(samples[11_025..<11_425]))
    #expect(Array(samples[0..<400]) == Array(samples[44_100..<44_500]))
  }

  @Test func aFileHoldsTheSameMix() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("mix-\(UUID().uuidString).wav")
      .path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let program = MixProgram(
      clip: ramp(900, rate: 8000), ticks: [0.02, 0.04], gains: .init(music: 0.5, tick: 0.3))
    try program.write(to: path)
    let back = try AudioClip.decode(path)
    #expect(zip(back.channels[0], program.rendered().channels[0]).allSatisfy { abs($0 - $1) < 1.0 / 16_384 })
    #expect(back.length.count == program.end)
  }

  @Test func whatIsRenderedInPiecesIsTheWhole() {
    let times = (0..<40).map { Double($0) * 0.017 }
    let program = MixProgram(clip: ramp(700), ticks: times, gains: .init(music: 1, tick: 0.5))
    let whole = program.rendered().channels[0]
    for piece in [1, 7, 64] {
      let device = FakeDevice(period: piece)
      var session = AudioSession(
        device: device, transport: Transport(program: program, start: 0, loop: nil), generation: 1)
      while session.step(publish: { _ in }) == .playing {}
      session.release { _ in }
      #expect(Array(device.left[0..<whole.count]) == whole)
    }
  }
}
