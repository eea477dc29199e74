import Glibc

/// A device that swallows sound at the pace of a real one, so that the note field still scrolls on a machine
/// without a sound card.
package final class SilentDevice: PCMDevice {
  package let rate: Int
  package let period: Int
  private let capacity: Int
  private var written = 0
  private var start: UInt64 = 0

  package init(rate: Int) {
    self.rate = rate
    period = rate / 50
    capacity = rate / 10
  }

  private var heard: Int {
    start == 0 ? 0 : min(written, Int(Double(monotonicNanoseconds() - start) * Double(rate) / 1e9))
  }

  package func wait(milliseconds: Int32) throws(PCMTrouble) -> Bool {
    let missing = written - heard + period - capacity
    guard missing > 0 else { return true }
    let needed = missing * 1_000_000 / rate + 1
    usleep(UInt32(min(needed, Int(milliseconds) * 1000)))
    return needed <= Int(milliseconds) * 1000
  }

  package func write(_ samples: UnsafePointer<Float>, frames: Int) throws(PCMTrouble) -> Int {
    if start == 0 { start = monotonicNanoseconds() }
    let taken = min(frames, capacity - (written - heard))
    written += max(0, taken)
    return max(0, taken)
  }

  package func queue() -> PCMQueue? {
    PCMQueue(delay: written - heard, stamp: monotonicNanoseconds(), isRunning: start != 0)
  }

  package func restart() throws(PCMTrouble) {
    written = 0
    start = 0
  }

  package func resume() throws(PCMTrouble) -> Bool { true }
  package func close() {}
}
