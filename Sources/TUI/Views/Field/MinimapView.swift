import Chart
import Editor

/// The whole chart from top to bottom: how dense it is, the stretch on the screen, the region and the cursor.
struct MinimapView {
  let state: EditorState
  let theme: Theme
  let geometry: FieldGeometry
  let area: Rect

  func draw(into grid: inout Grid) {
    guard area.width >= 3, area.height > 0 else { return }
    grid.fill(area, style: theme[.field])
    var inner = area
    let edge = inner.takeLeft(1)
    let marker = inner.takeRight(1)
    for y in area.rows { grid.put(Glyph("│"), x: edge.x, y: y, style: theme[.frame], within: area) }
    drawStretches(inner, into: &grid)
    drawDensity(inner, into: &grid)
    let cursor = area.y + line(of: Row(Int(saturating: geometry.origin)))
    grid.put(Glyph("◀"), x: marker.x, y: cursor, style: theme[.minimapCursor], within: area)
  }

  private var rows: Int { max(Row.perMeasure, state.lastRow.index) }

  private func line(of row: Row) -> Int {
    min(max(0, row.index * area.height / rows), area.height - 1)
  }

  private func drawStretches(_ inner: Rect, into grid: inout Grid) {
    func tint(_ range: Range<Row>, _ scope: Scope) {
      let lines = line(of: range.lowerBound)...max(line(of: range.lowerBound), line(of: range.upperBound - 1))
      for line in lines { grid.restyle(inner.row(line)) { $0 = theme[scope].over($0) } }
    }
    let visible = geometry.visibleRows
    tint(max(visible.lowerBound, .zero)..<max(visible.upperBound, Row(1)), .minimapView)
    if let region = state.review?.region ?? state.region, !region.isEmpty {
      tint(region, .minimapRegion)
      for line in line(of: region.lowerBound)...line(of: region.upperBound - 1) {
        grid.put(Glyph("▐"), x: area.x, y: area.y + line, style: theme[.eventLabel], within: area)
      }
    }
  }

  /// One bar a line, its length the share of the densest line.
  private func drawDensity(_ inner: Rect, into grid: inout Grid) {
    var counts = Array(repeating: 0, count: area.height)
    for note in state.notes where note.isStep && state.review?.isReplaced(note) != true {
      counts[line(of: note.row)] += 1
    }
    for ghost in state.review?.ghosts ?? [] where ghost.status != .rejected && ghost.note.isStep {
      counts[line(of: ghost.note.row)] += 1
    }
    guard let most = counts.max(), most > 0 else { return }
    for (line, count) in counts.enumerated() where count > 0 {
      let share = Double(count) / Double(most)
      var style = share > 0.6 ? theme[.minimapDense] : theme[.minimapSparse]
      if let sparse = theme[.minimapSparse].foreground, let dense = theme[.minimapDense].foreground {
        style = Style(foreground: sparse.mixed(with: dense, share * share))
      }
      let bar = Bars.horizontal(max(share, 0.125 / Double(inner.width)), width: inner.width)
      grid.write(bar, x: inner.x, y: inner.y + line, style: style, within: inner)
    }
  }
}
