import Foundation
import Playback

/// A device that does what a script says and keeps all that it is given. Without a script it takes everything at once
/// and is heard at once.
final class FakeDevice: PCMDevice {
  enum Step {
    /// Takes this many frames at most.
    case take(Int)
    case timeOut
    case trouble(PCMTrouble)
  }

  let rate: Int
  let period: Int
  var script: [Step]
  /// Frames that it holds back from the ear.
  var delay = 0
  var isAwake = true
  private(set) var left: [Float] = []
  private(set) var restarts = 0
  private(set) var resumes = 0
  private(set) var isClosed = false

  init(rate: Int = 1000, period: Int = 50, script: [Step] = []) {
    self.rate = rate
    self.period = period
    self.script = script
  }

  func wait(milliseconds: Int32) throws(PCMTrouble) -> Bool {
    switch script.first {
    case .timeOut:
      script.removeFirst()
      return false
    case .trouble(let trouble):
      script.removeFirst()
      throw trouble
    case .take, nil: return true
    }
  }

  func write(_ samples: UnsafePointer<Float>, frames: Int) throws(PCMTrouble) -> Int {
    var count = frames
    if case .take(let most) = script.first {
      script.removeFirst()
      count = min(most, frames)
    }
    for frame in 0..<count { left.append(samples[frame * channelCount]) }
    return count
  }

  func queue() -> PCMQueue? { PCMQueue(delay: delay, stamp: 0, isRunning: true) }

  func restart() throws(PCMTrouble) { restarts += 1 }

  func resume() throws(PCMTrouble) -> Bool {
    resumes += 1
    return isAwake
  }

  func close() { isClosed = true }
}

/// A device that takes sound twice as fast as it is heard and keeps it, for a test on another thread.
///
/// Unchecked because all that is shared is behind the lock.
final class KeepingDevice: PCMDevice, @unchecked Sendable {
  let rate = Sounds.rate
  let period = Sounds.rate / 50
  private let lock = NSLock()
  private var kept: [Float] = []

  var left: [Float] { lock.withLock { kept } }

  /// False after a time that is much too long.
  func wait(frames: Int) -> Bool {
    for _ in 0..<4000 {
      if lock.withLock({ kept.count }) >= frames { return true }
      usleep(5000)
    }
    return false
  }

  func wait(milliseconds: Int32) throws(PCMTrouble) -> Bool { true }

  func write(_ samples: UnsafePointer<Float>, frames: Int) throws(PCMTrouble) -> Int {
    usleep(8000)
    lock.withLock {
      for frame in 0..<frames { kept.append(samples[frame * channelCount]) }
    }
    return frames
  }

  func queue() -> PCMQueue? { PCMQueue(delay: 0, stamp: monotonicNanoseconds(), isRunning: true) }
  func restart() throws(PCMTrouble) {}
  func resume() throws(PCMTrouble) -> Bool { true }
  func close() {}
}
