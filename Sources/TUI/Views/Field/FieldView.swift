import Chart
import Editor

/// The lanes: what lies behind the notes, the notes, and the receptors.
struct FieldView {
  let state: EditorState
  let theme: Theme
  let geometry: FieldGeometry
  let columns: LaneColumns

  func draw(into grid: inout Grid) {
    grid.fill(columns.area, style: theme[.fieldLane].over(theme[.field]))
    for line in 0..<geometry.height { drawGround(line, into: &grid) }
    drawReceptors(into: &grid)
    let type = state.chart?.header.stepsType ?? .pumpSingle
    let painter = NotePainter(
      type: type, columns: columns, palette: NotePalette(state: state, theme: theme), theme: theme,
      feet: state.settings.showsFeet ? state.footwork : Footwork())
    NoteLayer(state: state, geometry: geometry, painter: painter).draw(into: &grid)
  }

  /// Measure and beat lines, the grid of the snap, and the colour of the region.
  private func drawGround(_ line: Int, into grid: inout Grid) {
    let rows = geometry.rows(onLine: line)
    let area = columns.area.row(line)
    guard !rows.isEmpty, !area.isEmpty else { return }
    if let region = state.review?.region ?? state.region, region.overlaps(rows) {
      grid.restyle(area) { $0 = theme[.fieldRegion].over($0) }
    }
    guard rows.upperBound > .zero else { return }
    if let row = first(in: rows, multipleOf: Row.perMeasure) {
      grid.fill(area, geometry.isMoving ? scanLine(row, line) : Glyph("─"), style: theme[.fieldMeasure])
    } else if let row = first(in: rows, multipleOf: Row.perBeat) {
      grid.fill(area, geometry.isMoving ? scanLine(row, line) : Glyph("╌"), style: theme[.fieldBeat])
    } else {
      let onGrid = state.snap.next(after: max(rows.lowerBound, .zero) - 1) < rows.upperBound
      let glyph = onGrid ? Glyph("·") : Glyph(" ")
      for lane in 0..<columns.lanes {
        grid.put(glyph, x: columns.centre(of: lane), y: area.y, style: theme[.fieldBeat], within: area)
      }
    }
  }

  private func first(in rows: Range<Row>, multipleOf step: Int) -> Row? {
    let next = max(rows.lowerBound, .zero).gridCeiling(step)
    return next < rows.upperBound ? next : nil
  }

  /// A line that moves by parts of a cell, as the middles of the notes on it do.
  private func scanLine(_ row: Row, _ line: Int) -> Glyph {
    let part = geometry.y(of: row) + 0.5 - Double(line)
    return part < 1.0 / 3 ? Glyph("▔") : part < 2.0 / 3 ? Glyph("─") : Glyph("▁")
  }

  private func drawReceptors(into grid: inout Grid) {
    guard let type = state.chart?.header.stepsType else { return }
    let area = columns.area.row(geometry.receptorLine)
    let style = theme[.fieldReceptor]
    grid.fill(area, Glyph("═"), style: theme[.fieldMeasure])
    for lane in 0..<columns.lanes {
      let centre = columns.centre(of: lane)
      if columns.chipWidth >= 3 {
        grid.put(Glyph("["), x: centre - 1, y: area.y, style: style, within: area)
        grid.put(Glyph("]"), x: centre + 1, y: area.y, style: style, within: area)
      }
      var faint = style
      faint.attributes = theme.isMono ? [] : .dim
      grid.put(NoteShapes.arrow(of: Lane(lane), in: type), x: centre, y: area.y, style: faint, within: area)
    }
  }
}
