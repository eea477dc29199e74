/// The grid that the cursor moves on, as note values: 16 is the sixteenth, twelve rows apart.
package struct Snap: Hashable, Sendable, Comparable {
  /// The grids offered, coarsest first. All divide the 192 rows of a measure.
  package static let all: [Snap] = [4, 8, 12, 16, 24, 32, 48, 64, 96, 192].map(Snap.init(division:))

  /// Parts of a measure.
  package let division: Int

  /// The grid with so many parts a measure, or nil when the rows do not divide so.
  package init?(_ division: Int) {
    guard Snap.all.contains(where: { $0.division == division }) else { return nil }
    self.division = division
  }

  private init(division: Int) { self.division = division }

  package static let quarter = Snap(division: 4)
  package static let sixteenth = Snap(division: 16)

  /// Rows from one line of the grid to the next.
  package var rows: Int { Row.perMeasure / division }

  package var finer: Snap? { Snap.all.first { $0 > self } }
  package var coarser: Snap? { Snap.all.last { $0 < self } }

  package static func < (lhs: Snap, rhs: Snap) -> Bool { lhs.division < rhs.division }

  /// The first line after a row.
  package func next(after row: Row) -> Row { row.gridFloor(rows) + rows }
  /// The last line before a row.
  package func previous(before row: Row) -> Row { (row - 1).gridFloor(rows) }
  /// The line nearest to a row, the earlier one when two are as near.
  package func nearest(to row: Row) -> Row {
    let floor = row.gridFloor(rows)
    return floor.distance(to: row) * 2 <= rows ? floor : floor + rows
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
