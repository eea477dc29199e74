import Foundation

/// Window functions, scaled so that the samples add up to 1.
package enum Window {
  /// The three-term Blackman-Harris window with sidelobes 62 dB down, symmetric (F. J. Harris, "On the use of
  /// windows for harmonic analysis with the discrete Fourier transform", 1978).
  /// - Parameter size: samples, more than 1.
  package static func blackmanHarris(_ size: Int) -> [Float] {
    precondition(size > 1)
    let samples = (0..<size).map { index in
      let phase = 2 * Double.pi * Double(index) / Double(size - 1)
      return 0.44959 - 0.49364 * cos(phase) + 0.05677 * cos(2 * phase)
    }
    let sum = samples.reduce(0, +)
    return samples.map { Float($0 / sum) }
  }
}
