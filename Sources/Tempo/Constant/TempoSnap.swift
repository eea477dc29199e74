/// Most songs are made at a whole number of beats a minute. A tempo becomes one when the sound does not tell them
/// apart, and stays as measured when it does.
enum TempoSnap {
  /// By how much the last beat may move, in seconds.
  static let tolerance = 0.008
  /// The least part of the pulse's strength that the whole number must keep.
  static let support = 0.93

  /// A rate in Hz in place of a measured one.
  static func snapped(_ rate: Double, in spectrum: PulseSpectrum) -> Double {
    let bpm = (rate * 60).rounded()
    guard bpm > 0 else { return rate }
    let whole = bpm / 60
    let drift = abs(rate - whole) / rate * spectrum.duration
    let keeps =
      spectrum.comb(at: whole, harmonics: 16) >= support * spectrum.comb(at: rate, harmonics: 16)
    return drift <= tolerance && keeps ? whole : rate
  }
}
