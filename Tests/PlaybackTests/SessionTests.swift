import Playback
import Testing

/// The audio thread's work, step by step on a device that follows a script.
@Suite struct SessionTests {
  static func session(
    _ device: FakeDevice, frames: Int = 500, start: Int = 0, loop: Range<Int>? = nil
  ) -> AudioSession<FakeDevice> {
    let program = MixProgram(clip: ramp(frames), ticks: [], gains: MixTests.musicOnly)
    return AudioSession(
      device: device, transport: Transport(program: program, start: start, loop: loop), generation: 1)
  }

  /// Runs to the end, or for `steps` steps.
  static func run(
    _ session: inout AudioSession<FakeDevice>, steps: Int = 1000, anchors: (ClockAnchor) -> Void = { _ in }
  ) -> AudioSession<FakeDevice>.Outcome {
    var outcome = AudioSession<FakeDevice>.Outcome.playing
    for _ in 0..<steps where outcome == .playing { outcome = session.step(publish: anchors) }
    return outcome
  }

  /// The frames of the ramp that went out, up to the end of the music.
  static func frames(_ device: FakeDevice, _ count: Int) -> [Int] {
    device.left.prefix(count).map { Int(($0 * 1000).rounded()) }
  }

  @Test func playsFromTheGivenFrameToTheEnd() {
    let device = FakeDevice()
    var session = Self.session(device, start: 120)
    defer { session.release { _ in } }
    #expect(Self.run(&session) == .finished)
    #expect(Self.frames(device, 380) == Array(120..<500))
  }

  @Test func aLoopIsExactToTheSample() {
    let device = FakeDevice(period: 37)
    var session = Self.session(device, start: 90, loop: 100..<207)
    defer { session.release { _ in } }
    #expect(Self.run(&session, steps: 20) == .playing)
    let expected = Array(90..<207) + Array(100..<207) + Array(100..<207)
    #expect(Self.frames(device, expected.count) == expected)
  }

  @Test func aLoopCanBeLeftAndTheRestIsHeard() {
    let device = FakeDevice()
    var session = Self.session(device, loop: 0..<100)
    defer { session.release { _ in } }
    #expect(Self.run(&session, steps: 5) == .playing)
    let unserved = session.obey(.loop(nil), retire: { _ in })
    #expect(isServed(unserved))
    #expect(Self.run(&session) == .finished)
    let expected = Array(0..<100) + Array(0..<100) + Array(0..<500)
    #expect(Self.frames(device, expected.count) == expected)
  }

  @Test func shortWritesLoseNothing() {
    let device = FakeDevice(script: (0..<40).map { .take([3, 0, 50, 1, 17][$0 % 5]) })
    var session = Self.session(device)
    defer { session.release { _ in } }
    #expect(Self.run(&session) == .finished)
    #expect(Self.frames(device, 500) == Array(0..<500))
  }

  @Test func anUnderrunIsMendedAndPlayingGoesOn() {
    let device = FakeDevice(script: [.take(50), .trouble(.underrun), .take(20), .trouble(.underrun)])
    var session = Self.session(device)
    defer { session.release { _ in } }
    #expect(Self.run(&session) == .finished)
    #expect(device.restarts == 2)
    #expect(Self.frames(device, 500) == Array(0..<500))
  }

  @Test func aSuspendEndsInResume() {
    let device = FakeDevice(script: [.take(50), .trouble(.suspended)])
    var session = Self.session(device)
    defer { session.release { _ in } }
    #expect(Self.run(&session) == .finished)
    #expect(device.resumes == 1)
    #expect(Self.frames(device, 500) == Array(0..<500))
  }

  @Test func aDeviceThatGoesSaysWhy() {
    let device = FakeDevice(script: [.take(50), .trouble(.gone(reason: "No such device"))])
    var session = Self.session(device)
    defer { session.release { _ in } }
    #expect(Self.run(&session) == .failed(reason: "No such device"))
  }

  @Test func aDeviceThatNeverRecoversIsGivenUp() {
    let device = FakeDevice(script: (0..<100).map { _ in .trouble(.underrun) })
    var session = Self.session(device)
    defer { session.release { _ in } }
    let outcome = Self.run(&session)
    #expect(outcome == .failed(reason: "the sound device ran dry again and again"))
  }

  @Test func aDeviceThatTakesNothingIsGivenUp() {
    let device = FakeDevice(script: (0..<200).map { _ in .timeOut })
    var session = Self.session(device)
    defer { session.release { _ in } }
    #expect(Self.run(&session) == .failed(reason: "the sound device has taken no sound for 3 s"))
  }

  @Test func newTicksAreHeardAtOnceAndTheOldProgramIsGivenBack() {
    let device = FakeDevice()
    var session = Self.session(device)
    defer { session.release { _ in } }
    #expect(Self.run(&session, steps: 2) == .playing)
    let next = MixProgram(clip: ramp(500), ticks: [0.3], gains: MixTests.ticksOnly)
    var retired = 0
    let unserved = session.obey(.replace(next), retire: { _ in retired += 1 })
    #expect(isServed(unserved))
    #expect(Self.run(&session) == .finished)
    #expect(retired == 1)
    #expect(device.left[99] > 0 && device.left[101] == 0 && device.left[300] == 0.75)
  }

  @Test func aJumpThrowsAwayWhatTheDeviceHolds() {
    let device = FakeDevice()
    var session = Self.session(device)
    defer { session.release { _ in } }
    #expect(Self.run(&session, steps: 2) == .playing)
    let program = MixProgram(clip: ramp(500), ticks: [], gains: MixTests.musicOnly)
    let jump = AudioCommand.play(generation: 2, program, start: 450, loop: nil)
    let unserved = session.obey(jump, retire: { _ in })
    #expect(isServed(unserved))
    #expect(Self.run(&session) == .finished)
    #expect(session.generation == 2)
    #expect(device.restarts == 1)
    #expect(Self.frames(device, 150) == Array(0..<100) + Array(450..<500))
  }

  @Test func theClockTellsWhatIsHeardNotWhatIsWritten() {
    let device = FakeDevice()
    device.delay = 80
    var session = Self.session(device, start: 100, loop: 100..<300)
    defer { session.release { _ in } }
    var heard: [Double] = []
    _ = Self.run(&session, steps: 8) { heard.append($0.songFrame(at: 0, rate: 1000)) }
    #expect(heard == [100, 120, 170, 220, 270, 120, 170, 220])
  }
}

private func isServed(_ command: AudioCommand?) -> Bool {
  if case nil = command { true } else { false }
}
