import Chart
import Foundation

/// Beats as a segment has them: where its first is, and how far they are apart.
struct SegmentReading {
  /// The count of the first beat.
  var first: Int
  /// Seconds.
  var start: Double
  /// Seconds a beat.
  var period: Double

  /// BPM further apart than this are told apart.
  private static let resolution = 0.001

  func time(of index: Int) -> Double { start + period * Double(index - first) }

  func fit(of beats: [HeardBeat]) -> TempoFit? { SegmentReading.fit(of: beats, at: time) }

  /// How far heard beats lie from where they should; nil when none is heard clearly.
  static func fit(of beats: [HeardBeat], at time: (Int) -> Double) -> TempoFit? {
    let clear = beats.filter { $0.weight > 0.3 }
    guard !clear.isEmpty else { return nil }
    let errors = clear.map { abs($0.time - time($0.index)) }.sorted()
    let square = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    return TempoFit(
      scatter: Seconds(square.squareRoot()), worst: Seconds(errors[(errors.count - 1) * 19 / 20]),
      support: Double(clear.count) / Double(beats.count))
  }

  /// The same beats at other metric levels, and with the other of a round and the measured tempo.
  /// - Parameter measured: BPM before rounding.
  func alternatives(of beats: [HeardBeat], measured: Double) -> [TempoAlternative] {
    let bpm = 60 / period
    var alternatives = [TempoAlternative(kind: .double, bpm: 2 * bpm)]
    let even = beats.filter { ($0.index - first) % 2 == 0 }
    alternatives.append(TempoAlternative(kind: .half, bpm: bpm / 2, fit: fit(of: even)))
    let whole = bpm.rounded()
    for (kind, other) in [(TempoAlternative.Kind.whole, whole), (.measured, measured)] {
      guard abs(other - bpm) > SegmentReading.resolution, other > 0 else { continue }
      let reading = SegmentReading(first: first, start: start, period: 60 / other)
      alternatives.append(TempoAlternative(kind: kind, bpm: other, fit: reading.fit(of: beats)))
    }
    return alternatives
  }
}
