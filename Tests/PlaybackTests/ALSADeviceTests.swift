import Audio
import Playback
import Testing

/// ALSA's own devices that need no sound card.
@Suite struct ALSADeviceTests {
  private static func hasNullDevice() -> Bool {
    guard let device = try? ALSADevice(name: "null", rate: 44_100) else { return false }
    device.close()
    return true
  }

  @Test(.enabled(if: hasNullDevice(), "ALSA has no device \"null\" here"))
  func aSongGoesThroughALSAToItsEnd() {
    let bell = EngineTests.Bell()
    let engine = PlaybackEngine(device: "null", notify: bell.ring)
    engine.play(MixProgram(clip: silence(seconds: 2), ticks: [0.5, 1]), from: 0)
    #expect(EngineTests.events(of: engine, bell) == [.finished(generation: 1)])
  }

  @Test func aDeviceThatIsNotThereIsSaidInOneLine() throws {
    let trouble = #expect(throws: PCMTrouble.self) {
      try ALSADevice(name: "no-such-device", rate: 44_100)
    }
    guard case .gone(let reason) = try #require(trouble) else {
      Issue.record("\(String(describing: trouble))")
      return
    }
    #expect(reason.contains("no-such-device") && !reason.contains("\n"))
  }
}
