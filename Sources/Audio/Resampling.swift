import CSampleRate

extension AudioClip {
  /// The sampling rate of everything that listens: features and tempo.
  package static let analysisRate = 44_100

  /// The mean of the channels at `rate`; time 0 stays sample 0.
  package func mono(at rate: Int) -> [Float] {
    guard rate != self.rate else { return mono }
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.block) { chunk in
      Self.resample(length.count, from: self.rate, to: rate) { frames in
        mixDown(frames, into: chunk)
        return UnsafePointer(chunk.baseAddress)
      }
    }
  }

  /// The same sound at another rate.
  package func resampled(to rate: Int) -> AudioClip {
    guard rate != self.rate else { return self }
    let planes = channels.map { channel in
      channel.withUnsafeBufferPointer { samples in
        Self.resample(samples.count, from: self.rate, to: rate) {
          samples.baseAddress?.advanced(by: $0.lowerBound)
        }
      }
    }
    return AudioClip(rate: rate, channels: planes, warning: warning)
  }

  private static let block = 4096

  /// Band-limited resampling (libsamplerate's medium sinc: 121 dB, 90 % of the band), a block at a time so that
  /// no second copy of the input is made. `input` yields the samples of a range of the `count` given.
  private static func resample(
    _ count: Int, from oldRate: Int, to newRate: Int, input: (Range<Int>) -> UnsafePointer<Float>?
  ) -> [Float] {
    let ratio = Double(newRate) / Double(oldRate)
    let length = Int((Double(count) * ratio).rounded())
    var failure: Int32 = 0
    // Only a lack of memory or a ratio outside 1/256...256 makes this nil; both end in silence of the right length.
    guard let state = src_new(Int32(SRC_SINC_MEDIUM_QUALITY), 1, &failure) else {
      return [Float](repeating: 0, count: length)
    }
    defer { src_delete(state) }
    return [Float](unsafeUninitializedCapacity: length) { output, written in
      output.initialize(repeating: 0)
      var read = 0
      var made = 0
      while made < length {
        let frames = read..<min(read + block, count)
        var data = SRC_DATA()
        data.data_in = input(frames)
        data.input_frames = frames.count
        data.data_out = output.baseAddress?.advanced(by: made)
        data.output_frames = length - made
        data.end_of_input = frames.upperBound == count ? 1 : 0
        data.src_ratio = ratio
        guard src_process(state, &data) == 0 else { break }
        read += data.input_frames_used
        made += data.output_frames_gen
        if data.end_of_input == 1 && data.output_frames_gen == 0 { break }
      }
      written = length
    }
  }
}
