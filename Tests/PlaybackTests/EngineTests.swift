import Audio
import Foundation
import Playback
import Testing

/// The engine with its real thread. Fakes are opened on the audio thread and handed out by `Opened`.
@Suite struct EngineTests {
  /// Waits for the engine's notification, far longer than it takes.
  final class Bell: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func ring() { semaphore.signal() }
    func wait() -> Bool { semaphore.wait(timeout: .now() + 20) == .success }
  }

  static func events(of engine: PlaybackEngine, _ bell: Bell) -> [PlaybackEvent] {
    for _ in 0..<50 {
      guard bell.wait() else { return [] }
      let events = engine.takeEvents()
      if !events.isEmpty { return events }
    }
    return []
  }

  static func program(frames: Int = 400, ticks: [Double] = []) -> MixProgram {
    MixProgram(clip: ramp(frames), ticks: ticks)
  }

  @Test func aSongIsHeardToItsEnd() {
    let bell = Bell()
    let engine = PlaybackEngine(open: { rate in FakeDevice(rate: rate) }, notify: bell.ring)
    engine.play(Self.program(), from: 0)
    #expect(engine.isPlaying)
    #expect(Self.events(of: engine, bell) == [.finished(generation: 1)])
    #expect(!engine.isPlaying)
    #expect(engine.playhead() == nil)
  }

  @Test func withoutADeviceTheClockStillRuns() {
    let bell = Bell()
    let engine = PlaybackEngine(
      open: { _ throws(PCMTrouble) in throw .gone(reason: "No such file or directory") }, notify: bell.ring)
    engine.play(Self.program(), from: 0.25)
    #expect(
      Self.events(of: engine, bell) == [.silent(generation: 1, reason: "No such file or directory")])
    #expect(engine.isPlaying)
    #expect(Self.events(of: engine, bell) == [.finished(generation: 1)])
  }

  @Test func aDeviceThatGoesStopsPlayingAndTheNextPlayTriesAgain() {
    let bell = Bell()
    let engine = PlaybackEngine(
      open: { rate in FakeDevice(rate: rate, script: [.take(50), .trouble(.gone(reason: "unplugged"))]) },
      notify: bell.ring)
    for generation in 1...3 {
      engine.play(Self.program(), from: 0)
      #expect(Self.events(of: engine, bell) == [.failed(generation: generation, reason: "unplugged")])
      #expect(!engine.isPlaying)
    }
  }

  @Test func whatCameBeforeTheLastPlayIsNotReported() {
    let bell = Bell()
    let engine = PlaybackEngine(open: { rate in FakeDevice(rate: rate) }, notify: bell.ring)
    engine.play(Self.program(), from: 0)
    #expect(bell.wait())
    engine.play(Self.program(), from: 0)
    #expect(Self.events(of: engine, bell) == [.finished(generation: 2)])
  }

  @Test func aLoopPlaysOnThroughAJumpUntilItIsStopped() {
    let engine = PlaybackEngine(open: { rate in SilentDevice(rate: rate) }, notify: {})
    engine.play(Self.program(frames: 4000), from: 1, loop: 1..<1.1)
    for _ in 0..<20 {
      usleep(15_000)
      if let time = engine.playhead() { #expect((1..<1.1).contains(time)) }
    }
    engine.seek(to: 1.05)
    for _ in 0..<20 {
      usleep(15_000)
      if let time = engine.playhead() { #expect((1..<1.1).contains(time)) }
    }
    #expect(engine.isPlaying)
    engine.stop()
    #expect(engine.playhead() == nil)
    #expect(engine.takeEvents().isEmpty)
  }

  @Test func thePlayheadNeverStepsBack() {
    let engine = PlaybackEngine(open: { rate in SilentDevice(rate: rate) }, notify: {})
    engine.play(MixProgram(clip: silence(seconds: 5), ticks: []), from: 1)
    var last = 0.0
    for _ in 0..<300 {
      usleep(1000)
      guard let time = engine.playhead() else { break }
      #expect(time >= last && time >= 1)
      last = time
    }
    #expect(last > 1)
  }

  /// Commands in every order, from the first moment on: nothing hangs, nothing traps, the thread sanitizer is content.
  @Test func aStormOfCommandsIsSurvived() {
    let bell = Bell()
    let engine = PlaybackEngine(open: { rate in SilentDevice(rate: rate) }, notify: bell.ring)
    let sped = [(0.5, true), (0.9, false), (1, true), (2, true)].map { speed, keepsPitch in
      MixProgram(music: Sounds.sped(ramp(2000), speed, keepsPitch: keepsPitch), ticks: [0.1])
    }
    for round in 0..<300 {
      switch round % 7 {
      case 0: engine.play(Self.program(frames: 2000), from: Double(round) / 1000)
      case 1: engine.replace(Self.program(frames: 2000, ticks: [0.1, 0.2]))
      case 2: engine.seek(to: 0.1)
      case 3: engine.setLoop(nil)
      case 4: engine.setLoop(0..<0.5)
      case 5: if round % 3 == 0 { engine.stop() }
      case 6 where round % 2 == 0: engine.replace(sped[round / 14 % sped.count])
      default: usleep(500)
      }
      _ = engine.playhead()
      _ = engine.takeEvents()
    }
    engine.play(Self.program(frames: 100), from: 0)
    #expect(Self.events(of: engine, bell).contains { if case .finished = $0 { true } else { false } })
  }
}
