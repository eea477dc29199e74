import Chart
import Editor

/// Which rows stand on which line of the note field.
///
/// The origin is at the receptors. At rest it is the cursor and every row falls on a whole line; while music plays
/// it is the playhead, and rows move by fractions of a line.
struct FieldGeometry: Hashable {
  let height: Int
  /// The receptors' line, from the top.
  let receptorLine: Int
  /// The position at the receptors, in rows.
  let origin: Double
  let rowsPerLine: Double
  let direction: Settings.ScrollDirection
  /// Whether rows may stand between lines.
  let isMoving: Bool

  init(state: EditorState, playhead: Beat?, height: Int, isSmooth: Bool) {
    let settings = state.settings
    self.height = height
    let share = settings.scroll == .down ? settings.receptors : 100 - settings.receptors
    receptorLine = min(max(0, (height - 1) * share / 100), max(0, height - 1))
    rowsPerLine = Double(max(1, settings.rowsPerLine))
    direction = settings.scroll
    // Where the music is may lie beyond all rows when a tempo in the file is beyond all tempos.
    let position =
      playhead.map {
        min(FieldGeometry.furthestBeat, max(-FieldGeometry.furthestBeat, $0.value)) * Double(Row.perBeat)
      }
      ?? Double(state.cursor.index)
    isMoving = playhead != nil && isSmooth
    // Jumping line by line, a playhead between rows would let notes flicker between two lines.
    origin = playhead == nil || isMoving ? position : (position / rowsPerLine).rounded(.down) * rowsPerLine
  }

  private static let furthestBeat = 1e9

  /// The height at which a row stands, in lines from the top: of its note's upper edge.
  func y(of row: Row) -> Double {
    let lines = (Double(row.index) - origin) / rowsPerLine
    let whole = isMoving ? lines : lines.rounded(.down)
    return Double(receptorLine) + (direction == .down ? whole : -whole)
  }

  /// The line on which a row is drawn when it can only be on one.
  func line(of row: Row) -> Int {
    let y = y(of: row)
    return Int(min(max(y.rounded(), -1e6), 1e6))
  }

  /// The position at the edge between two lines, in rows: of the upper edge of line `edge`.
  func position(atEdge edge: Double) -> Double {
    let lines = edge - Double(receptorLine)
    return origin + (direction == .down ? lines : 1 - lines) * rowsPerLine
  }

  /// The rows drawn on a line when rows only stand on whole lines.
  func rows(onLine line: Int) -> Range<Row> {
    let edges = [position(atEdge: Double(line)), position(atEdge: Double(line + 1))]
    let shift = isMoving ? rowsPerLine / 2 : 0
    let first = Row(Int(saturating: ((edges.min() ?? 0) - shift).rounded(.up)))
    let end = Row(Int(saturating: ((edges.max() ?? 0) - shift).rounded(.up)))
    return first..<max(first, end)
  }

  /// All rows that can be seen, one line more on either side.
  var visibleRows: Range<Row> {
    let edges = [position(atEdge: -1), position(atEdge: Double(height + 1))]
    let first = Row(Int(saturating: (edges.min() ?? 0).rounded(.down)))
    return first..<max(first + 1, Row(Int(saturating: (edges.max() ?? 0).rounded(.up))))
  }
}
