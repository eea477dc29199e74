import Audio

/// Music that is played slower or faster like a tape, its pitch with it: every sample stands at its exact place.
struct ResampledMusic: PieceMaker {
  let starts: [Int]
  let channels: Int
  private let clip: AudioClip
  private let speed: Speed

  init(_ clip: AudioClip, at speed: Speed) {
    let end = speed.played(clip.length.count)
    starts = Array(stride(from: 0, to: end, by: max(1, clip.rate / 2))) + [end]
    channels = min(clip.channels.count, channelCount)
    self.clip = clip
    self.speed = speed
  }

  func make(_ index: Int, into samples: UnsafeMutableBufferPointer<Float>) {
    let range = starts[index]..<starts[index + 1]
    for channel in 0..<channels {
      let plane = clip.sped(to: speed.hundredths, channel: channel, range: range)
      for (frame, sample) in plane.enumerated() { samples[frame * channels + channel] = sample }
    }
  }
}
