import Foundation

/// Beats by dynamic programming: the sequence that collects most evidence while its period stays near the local
/// tempo and changes little from beat to beat; pauses between beats cost a fixed price.
///
/// A Viterbi search over (time of a beat, period to it), after D. P. W. Ellis, "Beat tracking by dynamic programming",
/// Journal of New Music Research 36 (2007), with the period as part of the state so that it can drift.
struct BeatTracker {
  struct Beat: Sendable {
    /// Seconds.
    var time: Double
    /// Seconds from the beat before when the music did not pause in between.
    var period: Double
    /// Whether the interval before it holds a pause.
    var followsPause: Bool
  }

  /// Periods relative to the local one, closely spaced around it; a ritardando takes them far beyond it.
  private static let ratios: [Float] =
    (-22...9).map { 1 + 0.01 * Float($0) } + (0...17).map { 1.1 + 0.02 * Float($0) }
  private static let width = ratios.count
  /// Prices in units of one fully supported beat: of one step of the period, of any other change, of a pause, and of
  /// a second of pause.
  private static let stepPrice: Float = 0.1
  private static let changePrice: Float = 2.5
  private static let pausePrice: Float = 2.5
  private static let pausePerSecond: Float = 1.5

  private let evidence: [Float]
  private let frameRate: Double
  /// Frames a beat at each frame, by the local tempo.
  private let periods: [Float]

  init(evidence: [Float], frameRate: Double, tempo: [LocalTempo]) {
    self.evidence = evidence
    self.frameRate = frameRate
    periods = evidence.indices.map { Float(frameRate / tempo.rate(at: Double($0) / frameRate)) }
  }

  private func lag(at frame: Int, _ column: Int) -> Int {
    Int((periods[frame] * BeatTracker.ratios[column]).rounded())
  }

  /// - Throws: `CancellationError`.
  func beats() throws -> [Beat] {
    let width = BeatTracker.width
    var scores = [Float](repeating: 0, count: evidence.count * width)
    var best = [Float](repeating: 0, count: evidence.count)
    // The frame and the column of the beat before; -1 for the first beat.
    var origins = [Int32](repeating: -1, count: evidence.count * width)
    var columns = [Int8](repeating: 0, count: evidence.count * width)
    var pauses = [(score: Float, frame: Int32)](repeating: (-.infinity, -1), count: width)
    for frame in evidence.indices {
      if frame % 8192 == 0 { try Task.checkCancellation() }
      for column in 0..<width {
        let before = frame - lag(at: frame, column)
        pauses[column].score -= BeatTracker.pausePerSecond / Float(frameRate)
        var way: (score: Float, frame: Int, column: Int) = (0, -1, column)
        if before >= 0 {
          way = step(to: column, from: before, scores: scores, best: best[before])
          let paused = scores[before * width + column] - BeatTracker.pausePrice
          if paused > pauses[column].score { pauses[column] = (paused, Int32(before)) }
          if pauses[column].score > way.score {
            way = (pauses[column].score, Int(pauses[column].frame), column)
          }
        }
        let value = way.score + evidence[frame]
        scores[frame * width + column] = value
        origins[frame * width + column] = Int32(way.frame)
        columns[frame * width + column] = Int8(way.column)
        best[frame] = max(best[frame], value)
      }
    }
    return traced(scores: scores, origins: origins, columns: columns)
  }

  /// The best way to a column from the frame one period before.
  private func step(
    to column: Int, from before: Int, scores: [Float], best: Float
  ) -> (score: Float, frame: Int, column: Int) {
    let base = before * BeatTracker.width
    var way = (score: scores[base + column], frame: before, column: column)
    for offset in [-3, -2, -1, 1, 2, 3] where (0..<BeatTracker.width).contains(column + offset) {
      let score = scores[base + column + offset] - Float(abs(offset)) * BeatTracker.stepPrice
      if score > way.score { way = (score, before, column + offset) }
    }
    if best - BeatTracker.changePrice > way.score {
      let from = (0..<BeatTracker.width).max { scores[base + $0] < scores[base + $1] } ?? column
      way = (best - BeatTracker.changePrice, before, from)
    }
    return way
  }

  private func traced(scores: [Float], origins: [Int32], columns: [Int8]) -> [Beat] {
    let width = BeatTracker.width
    // The last beat lies within one period of the end.
    let tail = max(0, evidence.count - Int(periods.last ?? 0))..<evidence.count
    let ends = tail.lowerBound * width..<tail.upperBound * width
    guard var state = ends.max(by: { scores[$0] < scores[$1] }) else { return [] }
    var beats: [Beat] = []
    while true {
      let frame = state / width
      let period = lag(at: frame, state % width)
      let before = Int(origins[state])
      beats.append(
        Beat(
          time: Double(frame) / frameRate, period: Double(period) / frameRate,
          followsPause: before >= 0 && frame - before != period))
      guard before >= 0 else { return beats.reversed() }
      state = before * width + Int(columns[state])
    }
  }
}
