import Glibc

extension AudioClip {
  /// The sampling rate of everything that listens: features and tempo.
  package static let analysisRate = 44_100

  /// The mean of the channels at `rate`; time 0 stays sample 0.
  package func mono(at rate: Int) -> [Float] {
    guard rate != self.rate else { return mono }
    return RateConverter(from: self.rate, to: rate).convert(length.count) { frames, chunk in
      mixDown(frames, into: chunk)
    }
  }

  /// What is heard of `channel` in the frames of `range` when the sound is played at `hundredths` of its speed like a
  /// tape: the same whatever the range.
  package func sped(to hundredths: Int, channel: Int, range: Range<Int>) -> [Float] {
    let samples = channels[channel]
    return RateConverter(from: hundredths, to: 100).convert(samples.count, outputs: range) { frames, chunk in
      for frame in frames { chunk[frame - frames.lowerBound] = samples[frame] }
    }
  }
}

/// Changes the sampling rate by a ratio of small integers: a polyphase filter, a sinc under a Kaiser window (β = 5) of
/// ten zero crossings to either side, cut off at the lower of the two rates.
///
/// That is what `scipy.signal.resample_poly` does by default, and the networks were trained on sound converted by it.
/// Vectorised it converts two minutes of song in some 50 ms, where libsamplerate's medium sinc takes 2.5 s.
private struct RateConverter {
  private typealias Lanes = SIMD8<Float>

  private let up: Int
  private let down: Int
  /// Input samples before the nearest that an output sample needs.
  private let reach: Int
  /// Coefficients of one phase, a whole number of lanes.
  private let taps: Int
  /// `up` rows of `taps` coefficients, to be laid over the input from `reach` before the nearest sample.
  private let rows: [Float]

  private static let chunkLength = 16_384

  init(from old: Int, to new: Int) {
    let common = Self.commonDivisor(old, new)
    let (up, down) = (new / common, old / common)
    let half = 10 * max(up, down)
    let filter = Self.lowPass(half: half, cutoff: 1 / Double(max(up, down)), gain: Double(up))
    let reach = half / up + 1
    let taps = (2 * reach + 1 + Lanes.scalarCount - 1) / Lanes.scalarCount * Lanes.scalarCount
    rows = (0..<up).flatMap { phase in
      (0..<taps).map { tap in
        let index = phase + (reach - tap) * up + half
        return filter.indices.contains(index) ? filter[index] : 0
      }
    }
    (self.up, self.down, self.reach, self.taps) = (up, down, reach, taps)
  }

  /// Converts `count` samples, or the part of them that gives `range`; `read` writes those of a range to the start of
  /// a buffer. A chunk at a time, so that no second copy of the sound is made.
  func convert(
    _ count: Int, outputs range: Range<Int>? = nil,
    read: (Range<Int>, UnsafeMutableBufferPointer<Float>) -> Void
  ) -> [Float] {
    let range = range ?? 0..<(count * up + down - 1) / down
    let width = Self.chunkLength * down / up + 2 * reach + taps + 2
    return [Float](unsafeUninitializedCapacity: range.count) { output, written in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { chunk in
        for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.chunkLength) {
          let outputs = first..<min(first + Self.chunkLength, range.upperBound)
          let start = first * down / up - reach
          chunk.initialize(repeating: 0)
          let frames = max(0, start)..<max(0, min(start + width, count))
          if !frames.isEmpty {
            read(frames, UnsafeMutableBufferPointer(rebasing: chunk[(frames.lowerBound - start)...]))
          }
          let place = UnsafeMutableBufferPointer(rebasing: output[(first - range.lowerBound)...])
          filter(outputs, from: UnsafeRawBufferPointer(chunk), start: start, to: place)
        }
      }
      written = range.count
    }
  }

  /// `input` holds the samples from `start` on; `output` takes those of `outputs` from its start on.
  private func filter(
    _ outputs: Range<Int>, from input: UnsafeRawBufferPointer, start: Int,
    to output: UnsafeMutableBufferPointer<Float>
  ) {
    let (step, turn) = (down / up, down % up)
    var nearest = outputs.lowerBound * down / up
    var phase = outputs.lowerBound * down % up
    rows.withUnsafeBytes { rows in
      for index in outputs {
        let sample = (nearest - reach - start) * 4
        let row = phase * taps * 4
        var sum = Lanes.zero
        for offset in stride(from: 0, to: taps * 4, by: Lanes.scalarCount * 4) {
          sum +=
            input.loadUnaligned(fromByteOffset: sample + offset, as: Lanes.self)
            * rows.loadUnaligned(fromByteOffset: row + offset, as: Lanes.self)
        }
        output[index - outputs.lowerBound] = sum.sum()
        nearest += step
        phase += turn
        if phase >= up {
          phase -= up
          nearest += 1
        }
      }
    }
  }

  /// A windowed sinc of `2 * half + 1` coefficients that passes a constant with `gain`.
  private static func lowPass(half: Int, cutoff: Double, gain: Double) -> [Float] {
    let coefficients = (-half...half).map { index -> Double in
      let angle = Double.pi * cutoff * Double(index)
      let sinc = index == 0 ? 1 : sin(angle) / angle
      let part = Double(index) / Double(half)
      return sinc * bessel(5 * (1 - part * part).squareRoot())
    }
    let scale = gain / coefficients.reduce(0, +)
    return coefficients.map { Float($0 * scale) }
  }

  /// The modified Bessel function I₀ by its power series, which converges fast for arguments up to 5.
  private static func bessel(_ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    for index in 1...40 {
      term *= (x / 2 / Double(index)) * (x / 2 / Double(index))
      sum += term
    }
    return sum
  }

  private static func commonDivisor(_ first: Int, _ second: Int) -> Int {
    second == 0 ? first : commonDivisor(second, first % second)
  }
}
