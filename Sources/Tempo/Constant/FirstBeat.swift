/// Where beat 0 belongs: on the first beat of the music.
enum FirstBeat {
  /// Seconds from the start of the samples to the first beat that is not before the music.
  ///
  /// - Parameters:
  ///   - phase: seconds to any beat.
  ///   - period: seconds a beat.
  static func time(phase: Double, period: Double, musicStart: Double) -> Double {
    // A beat may be heard a little before the level says so: attacks grow.
    let earliest = musicStart - 0.06
    return phase + ((earliest - phase) / period).rounded(.up) * period
  }

  /// Seconds to where the level first reaches a fiftieth of the whole's; 0 when it never does.
  static func musicStart(of samples: ArraySlice<Float>, rate: Int) -> Double {
    let block = max(1, rate / 100)
    let threshold = samples.rootMeanSquare / 50
    var start = samples.startIndex
    while start < samples.endIndex {
      let end = min(start + block, samples.endIndex)
      if samples[start..<end].rootMeanSquare > threshold {
        return Double(start - samples.startIndex) / Double(rate)
      }
      start = end
    }
    return 0
  }
}
