/// Decoded sound, immutable: planar samples, nominally from -1 to 1 but never clipped (Vorbis may go beyond).
///
/// The samples are the one large thing in the program: 42 MB for two minutes of stereo. Copies of a clip share
/// them; what is derived from them (`mono`, resampled sound) is computed at each call and not kept here.
package struct AudioClip: Sendable {
  /// Sample frames a second.
  package let rate: Int
  /// One array of samples a channel, all of one length.
  package let channels: [[Float]]
  /// What was wrong with the file when the sound could be delivered all the same, in one line; else nil.
  package let warning: String?

  package init(rate: Int, channels: [[Float]], warning: String? = nil) {
    precondition(rate > 0 && !channels.isEmpty && channels.allSatisfy { $0.count == channels[0].count })
    self.rate = rate
    self.channels = channels
    self.warning = warning
  }

  package var length: Frames { Frames(channels[0].count) }
  /// Length in seconds.
  package var duration: Double { Double(length.count) / Double(rate) }

  /// The mean of the channels; a new array for more than one channel.
  package var mono: [Float] {
    guard channels.count > 1 else { return channels[0] }
    return [Float](unsafeUninitializedCapacity: length.count) { buffer, count in
      mixDown(0..<length.count, into: buffer)
      count = length.count
    }
  }

  /// Writes the mean of the channels over `frames` to the start of `buffer`.
  func mixDown(_ frames: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) {
    let scale = 1 / Float(channels.count)
    for (index, channel) in channels.enumerated() {
      channel.withUnsafeBufferPointer { samples in
        if index == 0 {
          for frame in frames { buffer[frame - frames.lowerBound] = samples[frame] * scale }
        } else {
          for frame in frames { buffer[frame - frames.lowerBound] += samples[frame] * scale }
        }
      }
    }
  }
}
