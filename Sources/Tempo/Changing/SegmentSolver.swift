import Chart
import Foundation

/// Makes a tempo map of lines through beats: lines that meet are joined on a beat and solved together, a gap forward
/// stays as a pause, and tempos are whole (or half) numbers where that moves no joint.
struct SegmentSolver {
  /// A gap between two lines longer than this is a pause, in seconds.
  static let sureJump = 0.03
  /// Between lines of one tempo a shorter one is, or beats would have to bend for it far and wide; and a jump back of as
  /// much is a beat that is shorter than the others.
  static let leastJump = 0.012
  /// By which part of it tempos may differ and still be one.
  static let sameTempo = 0.004
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
      if let last = chains.last?.last, !SegmentSolver.isPause(from: last, to: line) {
        chains[chains.count - 1].append(line)
      } else {
        chains.append([line])
      }
    }
    return chains
  }

  private static func isPause(from line: TempoPartition.Line, to next: TempoPartition.Line) -> Bool {
    let gap = next.start - line.time(of: next.first)
    guard !isSameTempo(line, next) else { return gap > leastJump }
    // Lines that cross a beat before or after are a change of tempo there.
    let bend = next.period - line.period
    return gap > sureJump && abs(gap - bend) > leastJump && abs(gap + bend) > leastJump
  }

  private static func isSameTempo(_ line: TempoPartition.Line, _ next: TempoPartition.Line) -> Bool {
    abs(next.period / line.period - 1) < sameTempo
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
      if gap < -SegmentSolver.leastJump, SegmentSolver.isSameTempo(before, after),
        after.first - 1 > knots[knots.count - 1]
      {
        knots += [after.first - 1, after.first]
        continue
      }
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
      let heard = beats[range].filter { (knots[segment]..<knots[segment + 1]).contains($0.index) }
      var reading = SegmentReading(
        first: knots[segment], start: start, period: max(0.02, (times[segment + 1] - start) / count))
      let measured = 60 / reading.period
      reading.period = SegmentSolver.rounded(reading.period, over: count)
      var solved = TempoSegment(
        row: Row(knots[segment] * Row.perBeat), start: Seconds(start), bpm: 60 / reading.period,
        fit: reading.fit(of: heard))
      if length == nil {
        solved.alternatives =
          reading.alternatives(of: heard, measured: measured)
          + otherJoints(segment, of: knots, through: beats[range])
      }
      segments.append(solved)
      start += reading.period * count
    }
    return segments
  }

  /// The segment begun on other beats, where there is a segment before it that can reach there.
  private func otherJoints(
    _ segment: Int, of knots: [Int], through beats: ArraySlice<HeardBeat>
  ) -> [TempoAlternative] {
    guard segment > 0 else { return [] }
    return TempoAlternative.Kind.allCases.compactMap { kind in
      guard let shift = kind.shift else { return nil }
      // The two segments alone, so that one joint costs no more in a long song than in a short one.
      let near = Array(knots[segment - 1...segment + 1])
      let moved = [near[0], near[1] + shift, near[2]]
      guard moved[1] > moved[0], moved[1] < moved[2] else { return nil }
      let heard = beats.filter { (near[0]...near[2]).contains($0.index) }
      let times = BrokenLine.heights(at: moved, through: heard[...])
      let sides = [0, 1].map { side in
        SegmentReading(
          first: moved[side], start: times[side],
          period: (times[side + 1] - times[side]) / Double(moved[side + 1] - moved[side]))
      }
      guard sides.allSatisfy({ $0.period > 0.02 }) else { return nil }
      let fit = SegmentReading.fit(of: heard) { sides[$0 < moved[1] ? 0 : 1].time(of: $0) }
      return TempoAlternative(kind: kind, bpm: 60 / sides[1].period, fit: fit)
    }
  }

  /// Seconds a beat at the roundest tempo that keeps the segment's end.
  private static func rounded(_ period: Double, over count: Double) -> Double {
    for scale in [1.0, 2, 10] {
      let bpm = (60 / period * scale).rounded() / scale
      if bpm > 0, abs(60 / bpm - period) * count <= roundingTolerance { return 60 / bpm }
    }
    return period
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
