import Chart

/// What the editor knows of the song's sound: enough to draw it and to snap to its onsets, never its samples.
package struct Music: Sendable {
  package enum Status: Hashable, Sendable {
    case loading
    case loaded
    case failed(String)
    /// The song names no music at all.
    case none
  }

  package var status: Status
  package var duration: Seconds?
  package var waveform: Envelope?
  /// How much begins to sound at each moment, from 0 to 1.
  package var onsets: Envelope?

  package init(
    status: Status = .loading, duration: Seconds? = nil, waveform: Envelope? = nil, onsets: Envelope? = nil
  ) {
    self.status = status
    self.duration = duration
    self.waveform = waveform
    self.onsets = onsets
  }
}

/// A curve over the music's time: one value from 0 to 1 for each bin, and the greatest value of any stretch in
/// O(log bins).
package struct Envelope: Sendable {
  package let secondsPerBin: Double
  /// Level 0 holds the bins themselves; each further level the greater of each two.
  private let levels: [[Float]]

  package init(secondsPerBin: Double, bins: [Float]) {
    self.secondsPerBin = secondsPerBin
    var levels = [bins]
    while let last = levels.last, last.count > 1 {
      levels.append(
        stride(from: 0, to: last.count, by: 2).map { max(last[$0], $0 + 1 < last.count ? last[$0 + 1] : 0) })
    }
    self.levels = levels
  }

  package var bins: [Float] { levels[0] }
  package var duration: Seconds { Seconds(Double(levels[0].count) * secondsPerBin) }

  /// The greatest value of the bins that a stretch touches; 0 outside the sound.
  package func peak(from start: Seconds, to end: Seconds) -> Float {
    var low = max(0, bin(start))
    var high = min(levels[0].count, max(bin(end), low + 1))
    guard start.value <= end.value, low < high, end.value >= 0 else { return 0 }
    var peak: Float = 0
    for level in levels {
      if low >= high { break }
      if low % 2 == 1 {
        peak = max(peak, level[low])
        low += 1
      }
      if high % 2 == 1 {
        high -= 1
        if high >= low { peak = max(peak, level[high]) }
      }
      low /= 2
      high /= 2
    }
    return peak
  }

  private func bin(_ time: Seconds) -> Int {
    let position = (time.value / secondsPerBin).rounded(.down)
    return min(max(Int(saturating: position), -1), levels[0].count)
  }
}
