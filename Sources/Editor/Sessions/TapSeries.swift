import Chart

/// Taps on the beat and the tempo they tell: a straight line through tap times by least squares, after taps further
/// than 2.5 median absolute deviations from it are left out.
package struct TapSeries: Hashable, Sendable {
  /// A pause longer than this begins a new series.
  static let patience = Seconds(2)

  package struct Tempo: Hashable, Sendable {
    package var bpm: Double
    /// Half the width of the 95 % interval, in BPM; nil for fewer than three taps.
    package var margin: Double?
    /// The time of a beat by the line.
    package var beat: Seconds
  }

  package private(set) var taps: [Seconds] = []

  package init() {}

  /// Whether the times are those of the music, and not of a clock only.
  package private(set) var areOnMusic = false

  package mutating func tap(at time: Seconds, onMusic: Bool) {
    let isNew = taps.last.map { time <= $0 || time - $0 > TapSeries.patience } ?? true
    if isNew || onMusic != areOnMusic { taps.removeAll() }
    areOnMusic = onMusic
    taps.append(time)
  }

  package var tempo: Tempo? {
    guard taps.count >= 2 else { return nil }
    var points = taps.enumerated().map { (index: Double($0.offset), time: $0.element.value) }
    guard var line = Line(points) else { return nil }
    let deviations = points.map { abs($0.time - line.value(at: $0.index)) }.sorted()
    let limit = max(2.5 * deviations[deviations.count / 2], 0.001)
    let kept = points.filter { abs($0.time - line.value(at: $0.index)) <= limit }
    if kept.count >= 3, kept.count < points.count, let better = Line(kept) {
      line = better
      points = kept
    }
    guard line.slope > 0 else { return nil }
    let bpm = 60 / line.slope
    let margin = line.slopeError(of: points).map { 1.96 * $0 / line.slope * bpm }
    return Tempo(bpm: bpm, margin: margin, beat: Seconds(line.value(at: 0)))
  }
}

/// A straight line fitted by least squares.
struct Line {
  var slope: Double
  var intercept: Double
  private let spread: Double

  /// Nil when all points stand at one index.
  init?(_ points: [(index: Double, time: Double)]) {
    let count = Double(points.count)
    let meanIndex = points.reduce(0) { $0 + $1.index } / count
    let meanTime = points.reduce(0) { $0 + $1.time } / count
    spread = points.reduce(0) { $0 + ($1.index - meanIndex) * ($1.index - meanIndex) }
    guard spread > 0 else { return nil }
    slope = points.reduce(0) { $0 + ($1.index - meanIndex) * ($1.time - meanTime) } / spread
    intercept = meanTime - slope * meanIndex
  }

  func value(at index: Double) -> Double { intercept + slope * index }

  /// The standard error of the slope; nil for fewer than three points.
  func slopeError(of points: [(index: Double, time: Double)]) -> Double? {
    guard points.count > 2 else { return nil }
    let squares = points.reduce(0) { sum, point in
      let residual = point.time - value(at: point.index)
      return sum + residual * residual
    }
    return (squares / Double(points.count - 2) / spread).squareRoot()
  }
}
