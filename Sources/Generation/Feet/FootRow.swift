import Chart

/// What one row of a chart asks of the feet.
package struct FootRow: Hashable, Sendable {
  package var row: Row
  package var time: Seconds
  /// The panels to be hit here.
  package var steps: PanelSet
  /// The panels of holds and rolls that began earlier and end later.
  package var held: PanelSet

  package init(row: Row, time: Seconds, steps: PanelSet, held: PanelSet = []) {
    self.row = row
    self.time = time
    self.steps = steps
    self.held = held
  }
}

extension FootRow {
  /// The rows with something to hit, in order. Mines, fakes and rows that are not judged ask for nothing.
  package static func rows(of notes: some Sequence<Note>, timing: TimingMap) -> [FootRow] {
    var rows: [FootRow] = []
    var holds: [(panel: PanelSet, end: Row)] = []
    for note in notes where note.isStep && note.lane.index < UInt16.bitWidth && timing.isJudged(note.row) {
      let panel = PanelSet(note.lane)
      if rows.last?.row == note.row {
        rows[rows.count - 1].steps.formUnion(panel)
      } else {
        // A hold that ends on a row leaves its foot free for that row: authors write tails up to the next step.
        holds.removeAll { $0.end <= note.row }
        let held = holds.reduce(into: PanelSet()) { $0.formUnion($1.panel) }
        rows.append(FootRow(row: note.row, time: timing.seconds(at: note.row), steps: panel, held: held))
      }
      if let end = note.end { holds.append((panel, end)) }
    }
    return rows
  }
}
