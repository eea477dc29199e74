/// A screenful of cells as a value: what every view draws into.
///
/// Everything is clipped: drawing outside the grid or the given part of it does nothing.
package struct Grid: Hashable, Sendable {
  package let size: Size
  private var cells: [Cell]

  package init(size: Size, style: Style = Style()) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    cells = Array(repeating: Cell(style: style), count: self.size.width * self.size.height)
  }

  package var bounds: Rect { Rect(size) }

  /// The cell at a place inside the grid.
  package subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

  /// The cells of one row.
  package func row(_ y: Int) -> ArraySlice<Cell> {
    cells[y * size.width..<(y + 1) * size.width]
  }

  // MARK: Drawing

  /// Puts a glyph at a place, over what was there. A wide glyph that does not fit becomes a space.
  package mutating func put(_ glyph: Glyph, x: Int, y: Int, style: Style, within clip: Rect? = nil) {
    let area = clip.map(bounds.intersection) ?? bounds
    guard area.rows.contains(y), area.columns.contains(x) else { return }
    place(glyph, x: x, y: y, style: style, end: area.columns.upperBound)
  }

  /// Writes text on one line and returns the columns used. Text beyond the clip is cut at a whole cell.
  @discardableResult
  package mutating func write(_ text: String, x: Int, y: Int, style: Style, within clip: Rect? = nil) -> Int {
    let area = clip.map(bounds.intersection) ?? bounds
    var column = x
    for glyph in text.glyphs {
      if column >= area.columns.upperBound { break }
      if area.rows.contains(y), column >= area.columns.lowerBound {
        place(glyph, x: column, y: y, style: style, end: area.columns.upperBound)
      }
      column += glyph.width
    }
    return column - x
  }

  /// Fills a part with one glyph of a single column.
  package mutating func fill(_ rect: Rect, _ glyph: Glyph = .space, style: Style) {
    let area = bounds.intersection(rect)
    guard !area.isEmpty else { return }
    for y in area.rows {
      mendEdges(of: area.columns, y: y)
      let line = y * size.width
      var span = cells.mutableSpan
      for index in line + area.x..<line + area.columns.upperBound {
        span[index] = Cell(glyph, style: style.over(span[index].style))
      }
    }
  }

  /// Changes how a part looks and leaves what it says.
  package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let area = bounds.intersection(rect)
    let width = size.width
    var span = cells.mutableSpan
    for y in area.rows {
      for index in y * width + area.x..<y * width + area.columns.upperBound {
        change(&span[index].style)
      }
    }
  }

  private mutating func place(_ glyph: Glyph, x: Int, y: Int, style: Style, end: Int) {
    let isWide = glyph.width == 2
    let fits = !isWide || x + 1 < end
    mendEdges(of: x..<x + (isWide && fits ? 2 : 1), y: y)
    let index = y * size.width + x
    let drawn = style.over(cells[index].style)
    guard isWide, fits else {
      cells[index] = Cell(fits ? glyph : .space, style: drawn)
      return
    }
    cells[index] = Cell(glyph, style: drawn, extent: .leading)
    cells[index + 1] = Cell(.space, style: drawn, extent: .trailing)
  }

  /// Blanks the other half of a wide glyph that is about to be cut by writing to these columns.
  private mutating func mendEdges(of columns: Range<Int>, y: Int) {
    let line = y * size.width
    if columns.lowerBound > 0, cells[line + columns.lowerBound].extent == .trailing {
      cells[line + columns.lowerBound - 1].glyph = .space
      cells[line + columns.lowerBound - 1].extent = .single
    }
    if columns.upperBound < size.width, cells[line + columns.upperBound].extent == .trailing {
      cells[line + columns.upperBound].extent = .single
    }
  }
}

// MARK: - Comparing

extension Grid {
  /// Calls `body` with each run of neighbouring cells that differ from an older grid. A run never begins or ends
  /// inside a wide glyph. Nothing is allocated; grids of different size differ everywhere.
  package func forEachChange(from old: Grid, _ body: (_ y: Int, _ columns: Range<Int>) -> Void) {
    guard old.size == size else {
      for y in 0..<size.height { body(y, 0..<size.width) }
      return
    }
    let new = cells.span
    let before = old.cells.span
    for y in 0..<size.height {
      let line = y * size.width
      var x = 0
      while x < size.width {
        guard new[line + x] != before[line + x] else {
          x += 1
          continue
        }
        var start = x
        while start > 0, new[line + start].extent == .trailing { start -= 1 }
        repeat {
          x += 1
        } while x < size.width
          && (new[line + x] != before[line + x] || new[line + x].extent == .trailing)
        body(y, start..<x)
      }
    }
  }
}
