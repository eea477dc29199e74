import Audio

/// The music of a program at the speed at which it is heard. Frames are those that are heard: at half the speed there
/// are twice as many as in the clip.
package struct PlayedMusic: Sendable {
  package enum Pitch: Sendable {
    /// Stretched in time; the sound is cut where it sets in anew.
    case kept(AttackCurve)
    /// Resampled, as a tape does that runs slower.
    case shifted
  }

  package let speed: Speed
  let rate: Int
  let length: Int
  /// Nil at the normal speed, at which the clip itself is heard, and of silence.
  let prepared: PreparedMusic?
  private let clip: AudioClip

  /// At its own speed.
  package init(_ clip: AudioClip) {
    self.clip = clip
    speed = .normal
    rate = clip.rate
    length = clip.length.count
    prepared = nil
  }

  package init(_ clip: AudioClip, at speed: Speed, pitch: Pitch) {
    self.clip = clip
    self.speed = speed
    rate = clip.rate
    length = speed.played(clip.length.count)
    prepared =
      switch pitch {
      case _ where speed == .normal || length == 0: nil
      case .kept(let attacks): PreparedMusic(StretchedMusic(clip, at: speed, attacks: attacks), rate: rate)
      case .shifted: PreparedMusic(ResampledMusic(clip, at: speed), rate: rate)
      }
  }

  /// Whether both are the same sound, so that one can go on where the other ends.
  func isSameSound(as other: PlayedMusic) -> Bool {
    speed == other.speed && prepared === other.prepared
  }

  /// Makes some frames ready to be heard, and waits for it; not for the audio thread.
  package func prepare(_ frames: Range<Int>) { prepared?.prepare(frames) }

  /// Writes the frames from `start` on as interleaved stereo; silence before and after the music.
  func copy(to output: UnsafeMutablePointer<Float>, from start: Int, frames: Int, gain: Float) {
    let first = min(max(0, -start), frames)
    let last = max(first, min(frames, length - start))
    for index in 0..<first * channelCount { output[index] = 0 }
    if let prepared {
      prepared.copy(to: output + first * channelCount, from: start + first, frames: last - first, gain: gain)
    } else {
      copyClip(to: output, frames: first..<last, start: start, gain: gain)
    }
    for index in last * channelCount..<frames * channelCount { output[index] = 0 }
  }

  private func copyClip(
    to output: UnsafeMutablePointer<Float>, frames: Range<Int>, start: Int, gain: Float
  ) {
    for channel in 0..<channelCount {
      clip.channels[min(channel, clip.channels.count - 1)].withUnsafeBufferPointer { music in
        for frame in frames { output[frame * channelCount + channel] = music[start + frame] * gain }
      }
    }
  }
}
