extension AudioClip {
  /// The loudest sample of each slice of 1/`rate` second, over all channels: at least 0, usually at most 1.
  /// Slice i covers the time from i/`rate` up to (i+1)/`rate`; the last may be shorter.
  package func envelope(rate: Int) -> [Float] {
    let slices = (length.count * rate + self.rate - 1) / self.rate
    var peaks = [Float](repeating: 0, count: slices)
    for channel in channels {
      channel.withUnsafeBufferPointer { samples in
        for slice in 0..<slices {
          let end = min((slice + 1) * self.rate / rate, samples.count)
          var peak = peaks[slice]
          for frame in (slice * self.rate / rate)..<end { peak = max(peak, abs(samples[frame])) }
          peaks[slice] = peak
        }
      }
    }
    return peaks
  }
}
