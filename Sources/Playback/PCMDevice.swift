/// Where sound goes: a sound card, or a stand-in for it. Frames are interleaved stereo floats.
///
/// Only the audio thread calls it, once it is opened. No call may block for longer than it is told to, so that
/// the thread can always hear a command.
package protocol PCMDevice: AnyObject {
  /// Sample frames a second.
  var rate: Int { get }
  /// How many frames are well written at once: a fraction of what the device can hold.
  var period: Int { get }

  /// Waits until some frames can be written, at most so long. False when the time is over.
  func wait(milliseconds: Int32) throws(PCMTrouble) -> Bool
  /// Writes frames without waiting; the number taken may be smaller than the number given, and may be 0.
  func write(_ samples: UnsafePointer<Float>, frames: Int) throws(PCMTrouble) -> Int
  /// How far the sound that was written is from the listener's ear; nil when the device does not know.
  func queue() -> PCMQueue?
  /// Makes the device take sound again after an underrun, and throws away what it holds.
  func restart() throws(PCMTrouble)
  /// Brings the device back from a suspend. False while it is not yet awake.
  func resume() throws(PCMTrouble) -> Bool
  /// Falls silent at once and frees the device.
  func close()
}

/// Stereo: what every device is opened with.
package let channelCount = 2

/// What a device holds that has not been heard.
package struct PCMQueue: Hashable, Sendable {
  /// Frames written and not heard, never negative.
  package var delay: Int
  /// When that was so, in nanoseconds of the monotonic clock.
  package var stamp: UInt64
  /// Whether the queue moves: false before the device has started and after it ran dry.
  package var isRunning: Bool

  package init(delay: Int, stamp: UInt64, isRunning: Bool) {
    self.delay = delay
    self.stamp = stamp
    self.isRunning = isRunning
  }
}

/// Why a device does not take sound.
package enum PCMTrouble: Error, Hashable, Sendable {
  /// Sound came too late; `restart` mends it.
  case underrun
  /// The machine slept; `resume` mends it.
  case suspended
  /// Beyond repair: unplugged, taken away, or broken. The reason is the system's.
  case gone(reason: String)
}
