import Chart
import Foundation

/// Makes a tempo map of lines through beats: lines that meet are joined on a beat and solved together, a gap forward
/// stays as a pause, and tempos are whole (or half) numbers where that moves no joint.
struct SegmentSolver {
  /// A gap between two lines longer than this is a pause, in seconds.
  static let shortestPause = 0.03
  /// By how much a rounded tempo may move the end of its segment, in seconds.
  static let roundingTolerance = 0.004

  private let beats: [HeardBeat]

  /// Beats a segment; nil leaves joints where lines meet.
  private let length: Int?

  init(beats: [HeardBeat], every length: Int? = nil) {
    self.beats = beats
    self.length = length
  }

  func segments(along lines: [TempoPartition.Line]) -> [TempoSegment] {
    var segments: [TempoSegment] = []
    for chain in chains(of: lines) { segments += solved(chain) }
    return segments
  }

  /// Runs of lines that meet.
  private func chains(of lines: [TempoPartition.Line]) -> [[TempoPartition.Line]] {
    var chains: [[TempoPartition.Line]] = []
    for line in lines {
      if let last = chains.last?.last, line.start - last.time(of: line.first) <= SegmentSolver.shortestPause {
        chains[chains.count - 1].append(line)
      } else {
        chains.append([line])
      }
    }
    return chains
  }

  /// The counts at which the lines of a chain begin, and the last count of all.
  private func knots(of chain: [TempoPartition.Line]) -> [Int] {
    if let length {
      let end = beats[chain[chain.count - 1].range.upperBound - 1].index
      let joints = Array(stride(from: chain[0].first, to: end, by: max(1, length)))
      return (joints.isEmpty ? [chain[0].first] : joints) + [max(end, chain[0].first + 1)]
    }
    var knots = [chain[0].first]
    for (before, after) in zip(chain, chain.dropFirst()) {
      let gap = after.start - before.time(of: after.first)
      let bend = after.period - before.period
      // Where the lines cross, if that is near the joint.
      let shift = abs(bend) > 1e-6 ? -gap / bend : 0
      let knot = abs(shift) <= 3.5 ? after.first + Int(shift.rounded()) : after.first
      knots.append(max(knot, knots[knots.count - 1] + 1))
    }
    let last = beats[chain[chain.count - 1].range.upperBound - 1].index
    return knots + [max(last, knots[knots.count - 1] + 1)]
  }

  private func solved(_ chain: [TempoPartition.Line]) -> [TempoSegment] {
    let range = chain[0].range.lowerBound..<chain[chain.count - 1].range.upperBound
    let joints = knots(of: chain)
    let knots = length == nil ? BrokenLine.settled(joints, through: beats[range]) : joints
    let times = BrokenLine.heights(at: knots, through: beats[range])
    var segments: [TempoSegment] = []
    var start = times[0]
    for segment in 0..<knots.count - 1 {
      let count = Double(knots[segment + 1] - knots[segment])
      let exact = max(0.02, (times[segment + 1] - start) / count)
      let period = SegmentSolver.rounded(exact, over: count)
      let heard = beats[range].filter { (knots[segment]..<knots[segment + 1]).contains($0.index) }
      let fit = SegmentSolver.fit(of: heard) { start + period * Double($0 - knots[segment]) }
      segments.append(
        TempoSegment(
          row: Row(knots[segment] * Row.perBeat), start: Seconds(start), bpm: 60 / period, fit: fit))
      start += period * count
    }
    return segments
  }

  /// Seconds a beat at the roundest tempo that keeps the segment's end.
  private static func rounded(_ period: Double, over count: Double) -> Double {
    for scale in [1.0, 2, 10] {
      let bpm = (60 / period * scale).rounded() / scale
      if bpm > 0, abs(60 / bpm - period) * count <= roundingTolerance { return 60 / bpm }
    }
    return period
  }

  private static func fit(of beats: [HeardBeat], at time: (Int) -> Double) -> TempoFit? {
    let clear = beats.filter { $0.weight > 0.3 }
    guard !clear.isEmpty else { return nil }
    let errors = clear.map { abs($0.time - time($0.index)) }.sorted()
    let square = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    return TempoFit(
      scatter: Seconds(square.squareRoot()), worst: Seconds(errors[(errors.count - 1) * 19 / 20]),
      support: Double(clear.count) / Double(beats.count))
  }
}

/// The broken line with given bends that lies nearest to weighted points.
enum BrokenLine {
  /// The same bends, each moved by up to two beats while that brings the line nearer.
  static func settled(_ knots: [Int], through beats: ArraySlice<HeardBeat>) -> [Int] {
    guard knots.count > 2 else { return knots }
    var best = knots
    var error = distance(best, beats)
    for _ in 0..<2 {
      for bend in 1..<knots.count - 1 {
        for shift in [-2, -1, 1, 2] {
          var moved = best
          moved[bend] += shift
          guard moved[bend] > moved[bend - 1], moved[bend] < moved[bend + 1] else { continue }
          let other = distance(moved, beats)
          if other < error { (best, error) = (moved, other) }
        }
      }
    }
    return best
  }

  /// How far the best line lies from the points, errors beyond 12 ms counting by their size.
  private static func distance(_ knots: [Int], _ beats: ArraySlice<HeardBeat>) -> Double {
    let heights = heights(at: knots, through: beats)
    return beats.reduce(0) { sum, beat in
      let (piece, turn) = place(of: beat.index, in: knots)
      let error = abs(beat.time - heights[piece] * (1 - turn) - heights[piece + 1] * turn)
      return sum + beat.weight * (error < 0.012 ? error * error : 0.012 * (2 * error - 0.012))
    }
  }

  /// Its heights at the bends: weighted least squares, a tridiagonal system. Errors beyond 12 ms count by their size
  /// and not their square (Huber, by reweighting).
  static func heights(at knots: [Int], through beats: ArraySlice<HeardBeat>) -> [Double] {
    var heights: [Double] = []
    var weights = beats.map(\.weight)
    for _ in 0..<4 {
      heights = solve(knots, beats, weights)
      for (position, beat) in beats.enumerated() {
        let (piece, turn) = place(of: beat.index, in: knots)
        let height = heights[piece] * (1 - turn) + heights[piece + 1] * turn
        weights[position] = beat.weight * min(1, 0.012 / max(abs(beat.time - height), 1e-9))
      }
    }
    return heights
  }

  private static func place(of index: Int, in knots: [Int]) -> (piece: Int, turn: Double) {
    let next = knots.firstIndex { $0 > index } ?? knots.count - 1
    let piece = max(0, next - 1)
    return (piece, Double(index - knots[piece]) / Double(knots[piece + 1] - knots[piece]))
  }

  private static func solve(
    _ knots: [Int], _ beats: ArraySlice<HeardBeat>, _ weights: [Double]
  ) -> [Double] {
    var diagonal = [Double](repeating: 1e-9, count: knots.count)
    var side = [Double](repeating: 0, count: knots.count)
    var right = [Double](repeating: 0, count: knots.count)
    for (beat, weight) in zip(beats, weights) {
      let (piece, turn) = place(of: beat.index, in: knots)
      diagonal[piece] += weight * (1 - turn) * (1 - turn)
      diagonal[piece + 1] += weight * turn * turn
      side[piece] += weight * turn * (1 - turn)
      right[piece] += weight * (1 - turn) * beat.time
      right[piece + 1] += weight * turn * beat.time
    }
    // Forward elimination and back substitution.
    for row in 1..<knots.count {
      let factor = side[row - 1] / diagonal[row - 1]
      diagonal[row] -= factor * side[row - 1]
      right[row] -= factor * right[row - 1]
    }
    for row in (0..<knots.count).reversed() {
      let next = row + 1 < knots.count ? side[row] * right[row + 1] : 0
      right[row] = (right[row] - next) / diagonal[row]
    }
    return right
  }
}
