/// Decoded sound, immutable: planar samples, nominally from -1 to 1 but never clipped.
package struct AudioClip: Sendable {
  /// Sample frames a second.
  package let rate: Int
  /// One array of samples a channel, all of one length.
  package let channels: [[Float]]

  package init(rate: Int, channels: [[Float]]) {
    precondition(rate > 0 && !channels.isEmpty && channels.allSatisfy { $0.count == channels[0].count })
    self.rate = rate
    self.channels = channels
  }

  package var length: Frames { Frames(channels[0].count) }
  /// Length in seconds.
  package var duration: Double { Double(length.count) / Double(rate) }

  /// The mean of the channels.
  package var mono: [Float] {
    guard channels.count > 1 else { return channels[0] }
    let scale = 1 / Float(channels.count)
    return (0..<length.count).map { frame in channels.reduce(0) { $0 + $1[frame] } * scale }
  }
}
