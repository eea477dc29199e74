import Chart
import Foundation

/// The note rows that the selection network walks, with what it is told of their times.
struct SelectionSteps {
  static let gapEdges = [3, 4, 6, 8, 12, 16, 24, 36, 48, 72, 96, 192, 384]
  static let gapBuckets = gapEdges.count + 1
  static let channels = 3 * gapBuckets + 3 + BeatGrid.slotsPerBeat + 4
  private static let noGap = (rows: 384, seconds: 4.0)

  let rows: [Row]
  let seconds: [Double]

  var count: Int { rows.count }

  /// Fills the 73 time channels of a step; `row` holds zeros before.
  func fillTimes(of step: Int, into row: UnsafeMutablePointer<Float>) {
    for (index, gap) in [gap(before: step), gap(before: step + 1), gap(before: step + 2)].enumerated() {
      let bucket = Self.gapEdges.count { $0 <= gap.rows }
      row[index * Self.gapBuckets + bucket] = 1
      row[3 * Self.gapBuckets + index] = Float(log(min(8, max(0.02, gap.seconds)) / 0.25))
    }
    let position = rows[step].index
    let beat = position.dividedDown(by: Row.perBeat)
    let base = 3 * Self.gapBuckets + 3
    row[base + (position - beat * Row.perBeat) / BeatGrid.rowsPerSlot] = 1
    row[base + BeatGrid.slotsPerBeat + (beat - beat.dividedDown(by: 4) * 4)] = 1
  }

  /// From the step before to a step; a missing neighbour counts as far away.
  private func gap(before step: Int) -> (rows: Int, seconds: Double) {
    guard step > 0, step < count else { return Self.noGap }
    return (rows[step - 1].distance(to: rows[step]), seconds[step] - seconds[step - 1])
  }
}

/// The panels of one note row: what is tapped, and where holds begin. Lanes of the steps type.
struct PanelRow: Hashable, Sendable {
  var taps: PanelSet
  var heads: PanelSet

  var all: PanelSet { taps.union(heads) }
}
