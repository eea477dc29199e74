/// The log-mel picture of a sound as the networks hear it: 100 frames a second, and in each frame 80 mel bands from
/// 27.5 Hz to 16 kHz under each of three windows (23, 46 and 93 ms), after C. Donahue, Z. Lipton and J. McAuley,
/// "Dance Dance Convolution" (ICML 2017).
package struct LogMel: Sendable {
  /// Sample frames a second that the input must have.
  package static let rate = 44_100
  package static let hop = 441
  package static let framesPerSecond = Double(rate) / Double(hop)
  package static let windows = [1024, 2048, 4096]
  package static let bands = 80
  /// Values in a frame: the bands of the shortest window first.
  package static let channels = bands * windows.count

  private static let floor: Float = 1e-16

  /// Row-major, `frames` × `channels`; frame `i` is centred on sample `hop * i`.
  package let values: [Float]
  package let frames: Int

  /// - Parameter samples: mono at 44.1 kHz; silence is taken to surround it.
  package init(samples: [Float]) {
    let frames = samples.count / LogMel.hop + 1
    self.frames = frames
    values = [Float](unsafeUninitializedCapacity: frames * LogMel.channels) { output, count in
      for (index, size) in LogMel.windows.enumerated() {
        LogMel.analyse(samples, size: size, frames: frames, into: output, at: index * LogMel.bands)
      }
      count = frames * LogMel.channels
    }
  }

  private static func analyse(
    _ samples: [Float], size: Int, frames: Int, into output: UnsafeMutableBufferPointer<Float>, at column: Int
  ) {
    let transform = RealTransform(size: size)
    let window = Window.blackmanHarris(size)
    let bank = MelBank(bands: bands, size: size, rate: rate, lowest: 27.5, highest: 16_000)
    var power = [Float](repeating: 0, count: transform.bins)
    for frame in 0..<frames {
      let row = UnsafeMutableBufferPointer(
        rebasing: output[frame * channels + column..<frame * channels + column + bands])
      power.withUnsafeMutableBufferPointer { power in
        transform.transform { input in
          apply(window, to: samples, from: frame * hop - size / 2, into: input)
        } read: { spectrum in
          for bin in 0..<spectrum.count {
            power[bin] = spectrum[bin].0 * spectrum[bin].0 + spectrum[bin].1 * spectrum[bin].1
          }
        }
        bank.logPower(of: UnsafeBufferPointer(power), floor: floor, into: row)
      }
    }
  }

  /// Windowed samples from a position on, zeros where the position lies outside the sound.
  private static func apply(
    _ window: [Float], to samples: [Float], from start: Int, into input: UnsafeMutableBufferPointer<Float>
  ) {
    samples.withUnsafeBufferPointer { samples in
      window.withUnsafeBufferPointer { window in
        let size = window.count
        let inside = max(0, -start)..<max(max(0, -start), min(size, samples.count - start))
        for index in 0..<min(inside.lowerBound, size) { input[index] = 0 }
        for index in inside { input[index] = samples[start + index] * window[index] }
        for index in min(inside.upperBound, size)..<size { input[index] = 0 }
      }
    }
  }
}
