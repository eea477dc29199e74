import Audio
import Playback
import Testing

/// Another speed while it plays, step by step.
@Suite struct SpeedChangeTests {
  static let tone = Sounds.sine(seconds: 20)

  static func program(_ speed: Double, keepsPitch: Bool = true, ticks: [Double] = []) -> MixProgram {
    let music = Sounds.sped(tone, speed, keepsPitch: keepsPitch)
    music.prepare(0..<Int(20 / speed * Double(Sounds.rate)))
    return MixProgram(music: music, ticks: ticks, gains: .init(music: 1, tick: 0))
  }

  static func session(_ device: FakeDevice, loop: Range<Int>? = nil) -> AudioSession<FakeDevice> {
    AudioSession(
      device: device, transport: Transport(program: program(1), start: 0, loop: loop), generation: 1)
  }

  static func play(
    _ session: inout AudioSession<FakeDevice>, steps: Int, anchors: (ClockAnchor) -> Void = { _ in }
  ) {
    for _ in 0..<steps { _ = session.step(publish: anchors) }
  }

  static func change(
    _ session: inout AudioSession<FakeDevice>, to program: MixProgram, loop: Range<Int>? = nil
  ) {
    _ = session.obey(.replace(program, loop: loop), retire: { _ in })
  }

  @Test func aChangeIsHeardWithoutAClick() {
    let device = FakeDevice(rate: Sounds.rate, period: 441)
    var session = Self.session(device)
    defer { session.release { _ in } }
    for (speed, keeps) in [(0.5, true), (0.5, false), (0.6, false), (1, true), (1.5, true), (1.6, true)] {
      Self.play(&session, steps: 17)
      Self.change(&session, to: Self.program(speed, keepsPitch: keeps))
    }
    // Three in the time that one takes to fade.
    for speed in [0.7, 0.8, 0.9] { Self.change(&session, to: Self.program(speed)) }
    Self.play(&session, steps: 17)
    let steepest = Float(0.5 * 2 * .pi * 440 / Double(Sounds.rate))
    let jumps = zip(device.left, device.left.dropFirst()).map { abs($0 - $1) }
    #expect(device.left.count == 7 * 17 * 441)
    #expect((jumps.max() ?? 0) < 2 * steepest)
  }

  @Test func theClockFollowsWhatIsHeardThroughAChange() {
    let device = FakeDevice(rate: Sounds.rate, period: 441)
    device.delay = 2205
    var session = Self.session(device)
    defer { session.release { _ in } }
    var heard: [Double] = []
    for speed in [0.5, 2, 1] {
      Self.play(&session, steps: 10) { heard.append($0.seconds(at: 0, rate: Sounds.rate)) }
      Self.change(&session, to: Self.program(speed))
    }
    Self.play(&session, steps: 20) { heard.append($0.seconds(at: 0, rate: Sounds.rate)) }
    // The ear is 50 ms, five steps, behind.
    let speeds = (0..<50).map { step in step < 15 ? 1 : step < 25 ? 0.5 : step < 35 ? 2 : 1 }
    var expected = 0.0
    for (step, second) in heard.enumerated() {
      if step >= 5 { expected += 0.01 * speeds[step] }
      #expect(abs(second - expected) < 0.0001, "step \(step)")
    }
  }

  @Test func ticksStandAtTheirMomentOfTheMusicAfterAChange() throws {
    let device = FakeDevice(rate: Sounds.rate, period: 441)
    var session = Self.session(device)
    defer { session.release { _ in } }
    Self.play(&session, steps: 50)
    let silent = MixProgram(
      music: Self.program(0.5).music, ticks: [0.75], gains: .init(music: 0, tick: 0.75))
    Self.change(&session, to: silent)
    Self.play(&session, steps: 60)
    // Half a second at its own speed, a quarter more at half of it.
    let tick = try #require(device.left.firstIndex { $0 > 0.7 })
    #expect(tick == Sounds.rate)
  }

  @Test(arguments: [0.25, 0.5, 1.5]) func whatGoesRoundGoesOnRound(speed: Double) {
    let device = FakeDevice(rate: Sounds.rate, period: 100)
    var session = Self.session(device, loop: 0..<4410)
    defer { session.release { _ in } }
    Self.play(&session, steps: 44)
    let program = Self.program(speed)
    Self.change(&session, to: program, loop: 0..<program.frame(at: 0.1))
    var heard: [Double] = []
    Self.play(&session, steps: 800) { heard.append($0.seconds(at: 0, rate: Sounds.rate)) }
    #expect(heard.allSatisfy { $0 >= 0 && $0 <= 0.1 })
    let round = program.frame(at: 0.1)
    let end = Array(device.left.suffix(round * 2))
    #expect(Array(end[..<round]) == Array(end[round...]))
  }

  @Test func whereNothingIsPreparedThereIsSilenceAndTheTicksGoOn() {
    let device = FakeDevice(rate: Sounds.rate, period: 441)
    let program = MixProgram(
      music: Sounds.sped(Self.tone, 0.5), ticks: [0.05], gains: .init(music: 1, tick: 0.5))
    var session = AudioSession(
      device: device, transport: Transport(program: program, start: 0, loop: nil), generation: 1)
    defer { session.release { _ in } }
    Self.play(&session, steps: 20)
    #expect(device.left[..<4410].allSatisfy { $0 == 0 } && device.left[4410] == 0.5)
  }

  /// The thread that prepares keeps ahead, and through a loop.
  @Test func theEngineHearsMusicAtAnotherSpeed() throws {
    let device = KeepingDevice()
    let engine = PlaybackEngine(open: { _ in device }, notify: {})
    let music = Sounds.sped(Self.tone, 0.5)
    engine.play(MixProgram(music: music, ticks: [], gains: MixTests.musicOnly), from: 5, loop: 5..<6.5)
    // Three rounds of three seconds.
    #expect(device.wait(frames: 9 * Sounds.rate))
    engine.stop()
    let wanted = Sounds.heard(music)[10 * Sounds.rate..<13 * Sounds.rate]
    let heard = device.left
    for round in 0..<3 {
      #expect(heard[round * wanted.count..<(round + 1) * wanted.count].elementsEqual(wanted))
    }
  }
}
