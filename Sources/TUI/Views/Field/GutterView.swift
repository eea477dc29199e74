import Chart
import Editor

/// Left of the lanes: measure numbers, timing events where they stand, the mark of the region, and the shape of
/// each row's quantisation.
struct GutterView {
  /// Columns without and with the text of timing events.
  static let narrow = 8
  static let wide = 17

  let state: EditorState
  let theme: Theme
  let geometry: FieldGeometry
  let area: Rect

  func draw(into grid: inout Grid) {
    grid.fill(area, style: theme[.field])
    for line in 0..<geometry.height { drawLine(line, into: &grid) }
    drawEvents(into: &grid)
    drawQuantisation(into: &grid)
    drawEdge(into: &grid)
  }

  private var border: Int { area.columns.upperBound - 1 }
  private var quantColumn: Int { border - 1 }
  private var regionColumn: Int { border - 2 }
  private var eventWidth: Int { area.width >= GutterView.wide ? 9 : 1 }

  private func drawLine(_ line: Int, into grid: inout Grid) {
    let rows = geometry.rows(onLine: line)
    let y = area.y + line
    let measure = max(rows.lowerBound, .zero).gridCeiling(Row.perMeasure)
    if measure < rows.upperBound {
      let width = max(0, area.width - 4 - (eventWidth > 1 ? eventWidth : 0))
      let number = "\(measure.measure)"
      grid.write(
        number, x: area.x + max(0, min(4, width) - number.count), y: y, style: theme[.fieldNumber],
        within: area)
    }
    if let region = state.review?.region ?? state.region, region.overlaps(rows) {
      grid.put(Glyph("▐"), x: regionColumn, y: y, style: theme[.eventLabel], within: area)
    } else if let anchor = state.regionAnchor, rows.contains(anchor) {
      grid.put(Glyph("▗"), x: regionColumn, y: y, style: theme[.eventLabel], within: area)
    }
  }

  private func drawEdge(into grid: inout Grid) {
    for y in area.rows { grid.put(Glyph("│"), x: border, y: y, style: theme[.frame], within: area) }
    let y = area.y + geometry.receptorLine
    grid.put(Glyph("▶"), x: border, y: y, style: theme[.fieldReceptor], within: area)
  }

  private func drawQuantisation(into grid: inout Grid) {
    let rows = geometry.visibleRows
    for row in state.review?.nearRows ?? [] where rows.contains(row) {
      draw(Glyph("~"), at: row, style: theme[.ghostUnsure], into: &grid)
    }
    for ghost in state.review?.ghosts(in: rows) ?? [] where ghost.status != .rejected {
      drawShape(of: ghost.note.row, style: theme[.ghostUnsure], into: &grid)
    }
    for note in state.notes[rows] where state.review?.isReplaced(note) != true {
      let scope = NoteShapes.quantisation(Snap.quantisation(of: note.row)).scope
      drawShape(of: note.row, style: Style(foreground: theme[scope].foreground), into: &grid)
    }
  }

  private func drawShape(of row: Row, style: Style, into grid: inout Grid) {
    draw(NoteShapes.quantisation(Snap.quantisation(of: row)).glyph, at: row, style: style, into: &grid)
  }

  private func draw(_ glyph: Glyph, at row: Row, style: Style, into grid: inout Grid) {
    let line = geometry.line(of: row)
    guard (0..<geometry.height).contains(line) else { return }
    grid.put(glyph, x: quantColumn, y: area.y + line, style: style, within: area)
  }

  private func drawEvents(into grid: inout Grid) {
    let rows = geometry.visibleRows
    var lines: [Int: (first: TimingMark, hasMore: Bool)] = [:]
    for mark in TimingMarks.marks(of: state, in: rows) {
      let line = geometry.line(of: mark.row)
      lines[line] = (lines[line]?.first ?? mark, lines[line] != nil)
    }
    for (line, marks) in lines where (0..<geometry.height).contains(line) {
      let style = theme[marks.first.scope]
      if eventWidth == 1 {
        let glyph = Glyph(marks.first.text.first ?? "*")
        grid.put(glyph, x: regionColumn - 1, y: area.y + line, style: style, within: area)
      } else {
        // Several events on one line: the later ones are told by a plus before the first.
        let text = ((marks.hasMore ? "+" : "") + marks.first.text).clipped(to: eventWidth)
        grid.write(
          text, x: max(area.x, regionColumn - 1 - text.columns), y: area.y + line, style: style, within: area)
      }
    }
  }
}
