/// What an author's row keeps when its panels are chosen anew: how many are stepped on, and how long its holds last.
package struct RowShape: Hashable, Sendable {
  package var taps: Int
  /// In rows, in the order of the lanes.
  package var holds: [Int]

  package init(taps: Int, holds: [Int] = []) {
    self.taps = taps
    self.holds = holds
  }
}

extension NoteList {
  /// The shapes of the rows of a region that are stepped on.
  package func shapes(in region: Range<Row>) -> [Row: RowShape] {
    var shapes: [Row: RowShape] = [:]
    for note in self[region] where note.isStep {
      if let end = note.end {
        shapes[note.row, default: RowShape(taps: 0)].holds.append(note.row.distance(to: end))
      } else {
        shapes[note.row, default: RowShape(taps: 0)].taps += 1
      }
    }
    return shapes
  }
}
