/// The grid that the cursor moves on, as note values: 16 is the sixteenth, twelve rows apart.
///
/// Lines are numbered from row 0 on. Those of a grid that does not divide the measure stand on the rows nearest to where
/// they belong, so that every measure begins with one and no two share a row.
package struct Snap: Hashable, Sendable, Comparable {
  /// The grids offered, coarsest first. All divide the 192 rows of a measure.
  package static let all: [Snap] = [4, 8, 12, 16, 24, 32, 48, 64, 96, 192].map(Snap.init(of:))

  /// What a measure's rows can be parted into.
  package static let divisions = 1...Row.perMeasure

  /// Parts of a measure.
  package let division: Int

  /// The grid with so many parts a measure, or nil when there are not as many rows.
  package init?(_ division: Int) {
    guard Snap.divisions.contains(division) else { return nil }
    self.division = division
  }

  private init(of division: Int) { self.division = division }

  package static let quarter = Snap(of: 4)
  package static let sixteenth = Snap(of: 16)

  /// Whether all lines stand exactly where they belong, equally far apart.
  package var isExact: Bool { Row.perMeasure.isMultiple(of: division) }

  /// Rows from one line of the grid to the next, the fewest where they differ.
  package var rows: Int { Row.perMeasure / division }

  /// The next of the grids offered, also from one that is none of them.
  package var finer: Snap? { Snap.all.first { $0 > self } }
  package var coarser: Snap? { Snap.all.last { $0 < self } }

  package static func < (lhs: Snap, rhs: Snap) -> Bool { lhs.division < rhs.division }

  /// Whether a line stands on a row.
  package func holds(_ row: Row) -> Bool { line(number(atOrBefore: row)) == row }
  /// The first line after a row.
  package func next(after row: Row) -> Row { line(number(atOrBefore: row) + 1) }
  /// The last line before a row.
  package func previous(before row: Row) -> Row { line(number(atOrBefore: row - 1)) }
  /// The line nearest to a row, the earlier one when two are as near.
  package func nearest(to row: Row) -> Row {
    let number = number(atOrBefore: row)
    let (before, after) = (line(number), line(number + 1))
    return before.distance(to: row) <= row.distance(to: after) ? before : after
  }

  /// How many rows so many steps are, back where they are negative, from the last line at or before a row.
  package func length(of steps: Int, from row: Row) -> Int {
    let number = number(atOrBefore: row)
    return line(number).distance(to: line(number + steps))
  }

  /// The row nearest to `number` parts of a measure from row 0, the later one when two are as near.
  private func line(_ number: Int) -> Row {
    Row((2 * number * Row.perMeasure + division).dividedDown(by: 2 * division))
  }

  private func number(atOrBefore row: Row) -> Int {
    // The line after may be rounded down to this row; the one after that is a whole row further.
    let number = (row.index * division).dividedDown(by: Row.perMeasure)
    return line(number + 1) <= row ? number + 1 : number
  }

  /// The coarsest grid on which a row stands: the note value by which authors and note skins name and colour it.
  package static func quantisation(of row: Row) -> Snap {
    all.first { row.gridFloor($0.rows) == row } ?? all[all.count - 1]
  }
}

extension Row {
  /// The last multiple of `step` rows at or before this row.
  package func gridFloor(_ step: Int) -> Row { Row(index.dividedDown(by: step) * step) }
  /// The first multiple of `step` rows at or after this row.
  package func gridCeiling(_ step: Int) -> Row { Row((index + step - 1).dividedDown(by: step) * step) }
}
