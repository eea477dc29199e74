import Chart

/// How much of what a chart holds, as `info` writes it (`docs/json.md`).
package struct ChartCounts: Encodable, Hashable, Sendable {
  /// Everything that stands in the chart, mines and fakes included.
  package var notes = 0
  /// Notes a foot steps on: taps, lifts, and the heads of holds and rolls.
  package var steps = 0
  /// Rows with a step.
  package var rows = 0
  /// Rows with two steps.
  package var jumps = 0
  /// Rows with three steps or more.
  package var hands = 0
  package var holds = 0
  package var rolls = 0
  package var mines = 0
  package var lifts = 0
  package var fakes = 0
  package var keysounds = 0

  package init(_ chart: StepChart) {
    var row: Row?
    var stepsOnRow = 0
    for note in chart.notes {
      if note.row != row {
        endRow(steps: stepsOnRow)
        row = note.row
        stepsOnRow = 0
      }
      count(note)
      if note.isStep { stepsOnRow += 1 }
    }
    endRow(steps: stepsOnRow)
  }

  private mutating func count(_ note: Note) {
    notes += 1
    if note.modifiers.isFake {
      fakes += 1
      return
    }
    switch note.kind {
    case .tap: break
    case .hold: holds += 1
    case .roll: rolls += 1
    case .mine: mines += 1
    case .lift: lifts += 1
    case .fake: fakes += 1
    case .keysound: keysounds += 1
    }
  }

  private mutating func endRow(steps count: Int) {
    steps += count
    if count > 0 { rows += 1 }
    if count == 2 { jumps += 1 }
    if count > 2 { hands += 1 }
  }

  /// In words, what there is none of left out: `412 rows, 40 jumps, 12 holds`.
  package var summary: String {
    let rest = [
      (jumps, "jump"), (hands, "hand"), (holds, "hold"), (rolls, "roll"), (mines, "mine"), (lifts, "lift"),
      (fakes, "fake"), (keysounds, "keysound"),
    ]
    let present = [(rows, "row")] + rest.filter { $0.0 > 0 }
    return present.map { counted($0.0, $0.1) }.joined(separator: ", ")
  }
}
