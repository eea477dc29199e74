import CFFTW
import Foundation
import Signal

/// The running state of the flux: the last compressed spectra in a ring, and the rise of the newest over the one
/// `lag` frames before it.
struct FluxMeter: ~Copyable {
  /// The mean rise of each band in the newest frame.
  private(set) var bands: [Float]

  private let transform: RealTransform
  private let window: [Float]
  private let ranges: [Range<Int>]
  private let filtersReference: Bool
  private var newest: [Float]
  private var references: [[Float]]
  private var position = 0
  private var isPrimed = false

  init(size: Int, rate: Int, kind: NoveltyKind, level: Float) {
    transform = RealTransform(size: size)
    let bins = transform.bins
    // The window carries the scale too: magnitudes come out relative to the level of the whole.
    let scale = 1 / ((level + 1e-9) * Float(size).squareRoot())
    window = (0..<size).map { scale * Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(size))) }
    let width = Double(rate) / Double(size)
    ranges = zip(kind.edges, kind.edges.dropFirst()).map { low, high in
      let first = min(bins, Int((low / width).rounded(.up)))
      return first..<max(first, min(bins, Int((high / width).rounded(.up))))
    }
    filtersReference = kind.filtersReference
    newest = [Float](repeating: 0, count: bins)
    references = [[Float]](repeating: newest, count: kind.lag)
    bands = [Float](repeating: 0, count: ranges.count)
  }

  /// Takes the frame of samples that begins at an index; outside the samples there is silence.
  mutating func advance(samples: ArraySlice<Float>, from start: Int) {
    measure(samples: samples, from: start)
    if !isPrimed {
      for index in references.indices { remember(in: index) }
      isPrimed = true
    }
    for (band, range) in ranges.enumerated() {
      bands[band] = FluxMeter.rise(of: newest, over: references[position], in: range)
    }
    remember(in: position)
    position = (position + 1) % references.count
  }

  /// The compressed magnitudes `log2(1 + |X|)` of a frame.
  private mutating func measure(samples: ArraySlice<Float>, from start: Int) {
    // Lent out during the closures, which read other properties of self.
    var magnitudes: [Float] = []
    swap(&magnitudes, &newest)
    transform.transform { input in
      FluxMeter.fill(input, from: samples, at: start, window: window)
    } read: { spectrum in
      magnitudes.withUnsafeMutableBufferPointer { magnitudes in
        for bin in spectrum.indices {
          let power = spectrum[bin].0 * spectrum[bin].0 + spectrum[bin].1 * spectrum[bin].1
          magnitudes[bin] = FluxMeter.log2(1 + power.squareRoot())
        }
      }
    }
    swap(&magnitudes, &newest)
  }

  private static func fill(
    _ input: UnsafeMutableBufferPointer<Float>, from samples: ArraySlice<Float>, at start: Int,
    window: [Float]
  ) {
    let low = max(start, samples.startIndex) - start
    let high = min(start + window.count, samples.endIndex) - start
    guard low < high else { return input.update(repeating: 0) }
    for index in 0..<low { input[index] = 0 }
    for index in high..<window.count { input[index] = 0 }
    let shift = start - samples.startIndex
    samples.withUnsafeBufferPointer { source in
      window.withUnsafeBufferPointer { window in
        for index in low..<high { input[index] = source[index + shift] * window[index] }
      }
    }
  }

  /// Keeps the newest frame as a reference, each bin the maximum of itself and its neighbours when filtering.
  private mutating func remember(in slot: Int) {
    let last = newest.count - 1
    let filters = filtersReference
    newest.withUnsafeBufferPointer { newest in
      references[slot].withUnsafeMutableBufferPointer { reference in
        guard filters else {
          for bin in 0...last { reference[bin] = newest[bin] }
          return
        }
        reference[0] = max(newest[0], newest[1])
        reference[last] = max(newest[last], newest[last - 1])
        for bin in 1..<last { reference[bin] = max(newest[bin], max(newest[bin - 1], newest[bin + 1])) }
      }
    }
  }

  private static func rise(of newest: [Float], over reference: [Float], in range: Range<Int>) -> Float {
    guard !range.isEmpty else { return 0 }
    var sum: Float = 0
    newest.withUnsafeBufferPointer { newest in
      reference.withUnsafeBufferPointer { reference in
        for bin in range { sum += max(0, newest[bin] - reference[bin]) }
      }
    }
    return sum / Float(range.count)
  }

  /// Binary logarithm of a number of at least 1, to 3e-5: a least-squares polynomial on the mantissa that is
  /// exact at powers of two, so that it stays continuous.
  @inline(__always) private static func log2(_ value: Float) -> Float {
    let bits = value.bitPattern
    let exponent = Float(Int32(bitPattern: bits >> 23) - 127)
    let x = Float(bitPattern: bits & 0x007F_FFFF | 0x3F80_0000) - 1
    return exponent + x
      * (1.4417403 + x * (-0.70777018 + x * (0.41234422 + x * (-0.19031903 + x * 0.04400469))))
  }
}
