import CFFTW
import Foundation
import Signal

/// The onset detector that the baseline uses: complex-domain novelty and an adaptive threshold.
///
/// J. P. Bello and others, "On the use of phase and energy for musical onset detection in the complex domain",
/// IEEE Signal Processing Letters 11 (2004), with the window, hop and picking rule published for the baseline.
enum ComplexOnsets {
  static let window = 1024
  static let hop = 256

  /// Positions in samples. The detector's constant lag, taken off, is measured on clicks.
  static func positions(in samples: [Float], rate: Int) -> [Double] {
    let lag = lag(atRate: rate)
    return uncorrected(in: samples, rate: rate).map { max(0, $0 - lag) }
  }

  /// By how many samples clicks are found late, the median of twenty.
  private static func lag(atRate rate: Int) -> Double {
    let period = rate / 3
    var clicks = [Float](repeating: 0, count: 21 * period)
    for click in 1...20 {
      for sample in 0..<rate / 50 {
        let fading = exp(-Float(sample) / Float(rate) * 200)
        clicks[click * period + sample] = fading * (sample % 7 < 3 ? 0.5 : -0.5)
      }
    }
    let errors = uncorrected(in: clicks, rate: rate).map { position in
      position - (position / Double(period)).rounded() * Double(period)
    }.sorted()
    return errors.isEmpty ? 0 : errors[errors.count / 2]
  }

  private static func uncorrected(in samples: [Float], rate: Int) -> [Double] {
    let novelty = novelty(of: samples)
    let smooth = lowPassed(novelty)
    var excess = [Double](repeating: 0, count: smooth.count)
    for frame in smooth.indices {
      let near = Array(smooth[max(0, frame - 1)...min(smooth.count - 1, frame + 5)])
      let median = near.sorted()[near.count / 2]
      excess[frame] = smooth[frame] - median - 0.3 * near.reduce(0, +) / Double(near.count)
    }
    var positions: [Double] = []
    for frame in 1..<max(1, excess.count - 1) where excess[frame] > 0 {
      guard excess[frame] > excess[frame - 1], excess[frame] >= excess[frame + 1] else { continue }
      guard isLoud(samples, around: frame * hop) else { continue }
      let curvature = excess[frame - 1] - 2 * excess[frame] + excess[frame + 1]
      let shift = curvature < 0 ? 0.5 * (excess[frame - 1] - excess[frame + 1]) / curvature : 0
      // Frames here are centred, so the constant lag of the streaming detector does not arise.
      let position = (Double(frame) + shift) * Double(hop)
      if let last = positions.last, position - last < 0.02 * Double(rate) { continue }
      positions.append(position)
    }
    return positions
  }

  private static func isLoud(_ samples: [Float], around center: Int) -> Bool {
    let part = samples[max(0, center - hop)..<min(samples.count, center + hop)]
    let power = part.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(1, part.count))
    return power > 1e-7
  }

  private static func novelty(of samples: [Float]) -> [Double] {
    let transform = RealTransform(size: window)
    let bins = transform.bins
    let shape = (0..<window).map { Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(window))) }
    // Spectra of the last two frames; the phase two frames on is predicted by turning on at the same speed.
    var last = [SIMD2<Float>](repeating: .zero, count: bins)
    var beforeLast = last
    return (0..<samples.count / hop).map { frame in
      let start = frame * hop - window / 2
      var sum: Float = 0
      transform.transform { input in
        for index in 0..<window {
          let sample = start + index
          input[index] = samples.indices.contains(sample) ? samples[sample] * shape[index] : 0
        }
      } read: { spectrum in
        for bin in 0..<bins {
          let now = SIMD2(spectrum[bin].0, spectrum[bin].1)
          sum += length(now - predicted(last[bin], beforeLast[bin]))
          beforeLast[bin] = last[bin]
          last[bin] = now
        }
      }
      return Double(sum)
    }
  }

  /// The value of a steady partial one frame on: as loud as the last, turned as far as from the one before to it.
  private static func predicted(_ last: SIMD2<Float>, _ beforeLast: SIMD2<Float>) -> SIMD2<Float> {
    let size = length(last)
    let sizeBefore = length(beforeLast)
    guard size > 0, sizeBefore > 0 else { return last }
    let a = last / size
    let b = beforeLast / sizeBefore
    // a·a·conj(b): twice the phase of the last less that of the one before.
    let square = SIMD2(a.x * a.x - a.y * a.y, 2 * a.x * a.y)
    return size * SIMD2(square.x * b.x + square.y * b.y, square.y * b.x - square.x * b.y)
  }

  private static func length(_ value: SIMD2<Float>) -> Float { (value * value).sum().squareRoot() }

  /// A second-order low-pass at 0.34 of the Nyquist rate, run both ways.
  private static func lowPassed(_ values: [Double]) -> [Double] {
    let k = tan(Double.pi * 0.34 / 2)
    let norm = 1 / (1 + 2.0.squareRoot() * k + k * k)
    let b0 = k * k * norm
    let a1 = 2 * (k * k - 1) * norm
    let a2 = (1 - 2.0.squareRoot() * k + k * k) * norm
    func pass(_ input: [Double]) -> [Double] {
      var x1 = 0.0
      var x2 = 0.0
      var y1 = 0.0
      var y2 = 0.0
      return input.map { x in
        let y = b0 * (x + 2 * x1 + x2) - a1 * y1 - a2 * y2
        (x2, x1, y2, y1) = (x1, x, y1, y)
        return y
      }
    }
    return pass(pass(values).reversed()).reversed()
  }
}
