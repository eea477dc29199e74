import Playback
import Testing

@Suite struct ClockTests {
  static let straight = Timeline(origin: 0, position: 1000, loop: nil)

  static func anchor(
    heard: Int, limit: Int, running: Bool = true, _ timeline: Timeline = straight
  ) -> ClockAnchor {
    ClockAnchor(
      generation: 1, heard: heard, limit: limit, stamp: 5_000_000_000, isRunning: running, timeline: timeline)
  }

  @Test func runsOnBetweenTwoAnchors() {
    let anchor = Self.anchor(heard: 500, limit: 10_000)
    #expect(anchor.songFrame(at: 5_000_000_000, rate: 44_100) == 1500)
    #expect(anchor.songFrame(at: 5_010_000_000, rate: 44_100) == 1500 + 441)
  }

  @Test func neverRunsBeyondWhatTheDeviceWasGiven() {
    let anchor = Self.anchor(heard: 500, limit: 900)
    #expect(anchor.songFrame(at: 9_000_000_000, rate: 44_100) == 1900)
  }

  @Test func standsWhileTheDeviceStands() {
    let anchor = Self.anchor(heard: 0, limit: 900, running: false)
    #expect(anchor.songFrame(at: 9_000_000_000, rate: 44_100) == 1000)
  }

  @Test func aStampOfTheFutureIsNow() {
    #expect(Self.anchor(heard: 500, limit: 900).songFrame(at: 4_000_000_000, rate: 44_100) == 1500)
  }

  @Test func bendsBackWhereItLoops() {
    let loop = Timeline(origin: 0, position: 1000, loop: 1100..<1300)
    #expect(loop.songFrame(at: 299.5) == 1299.5)
    #expect(loop.songFrame(at: 300) == 1100)
    #expect(loop.songFrame(at: 750) == 1150)
  }

  @Test func aLoopBehindThePositionIsNotTaken() {
    #expect(Timeline(origin: 0, position: 1000, loop: 100..<900).loop == nil)
    #expect(Timeline(origin: 0, position: 0, loop: 100..<120).loop == nil)
  }
}
