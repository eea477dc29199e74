import Chart
import Editor

/// A framed sheet in the middle of the screen, for forms and lists.
struct Sheet {
  let theme: Theme
  /// The inside of the frame.
  let inner: Rect

  /// Clears and frames as much of the middle of an area as the contents want.
  init(title: String, wanted: Size, in body: Rect, theme: Theme, grid: inout Grid) {
    self.theme = theme
    let width = min(body.width, wanted.width + 4)
    let height = min(body.height, wanted.height + 2)
    let frame = Rect(
      x: body.x + (body.width - width) / 2, y: body.y + (body.height - height) / 3, width: width,
      height: height)
    grid.fill(frame, style: theme[.menu])
    inner = frame.inset(height > 2 ? 2 : 0, height > 2 ? 1 : 0)
    guard height > 2, width > 4 else { return }
    Sheet.frame(frame, style: theme[.frame].over(theme[.menu]), grid: &grid)
    grid.write(
      " " + title.clipped(to: width - 6) + " ", x: frame.x + 2, y: frame.y,
      style: theme[.panelHeading].over(theme[.menu]), within: frame)
  }

  private static func frame(_ rect: Rect, style: Style, grid: inout Grid) {
    let right = rect.columns.upperBound - 1
    let bottom = rect.rows.upperBound - 1
    for x in rect.columns {
      grid.put(Glyph("─"), x: x, y: rect.y, style: style)
      grid.put(Glyph("─"), x: x, y: bottom, style: style)
    }
    for y in rect.rows {
      grid.put(Glyph("│"), x: rect.x, y: y, style: style)
      grid.put(Glyph("│"), x: right, y: y, style: style)
    }
    grid.put(Glyph("┌"), x: rect.x, y: rect.y, style: style)
    grid.put(Glyph("┐"), x: right, y: rect.y, style: style)
    grid.put(Glyph("└"), x: rect.x, y: bottom, style: style)
    grid.put(Glyph("┘"), x: right, y: bottom, style: style)
  }
}

/// The song's charts to choose from.
struct ChartListView {
  let list: ChartList
  let state: EditorState
  let theme: Theme
  let body: Rect

  func draw(into grid: inout Grid) {
    let charts = state.document.charts
    let height = max(1, charts.count)
    let sheet = Sheet(
      title: "charts of the song", wanted: Size(width: 60, height: height), in: body, theme: theme,
      grid: &grid)
    if charts.isEmpty {
      grid.write("no charts yet: n makes one", x: sheet.inner.x, y: sheet.inner.y, style: theme[.menuHint])
    }
    let first = min(max(0, list.selected - sheet.inner.height + 1), max(0, charts.count - sheet.inner.height))
    for line in 0..<min(sheet.inner.height, charts.count) {
      let index = first + line
      draw(
        charts[index], row: sheet.inner.row(line), isChosen: index == list.selected,
        isShown: index == state.chartIndex, into: &grid)
    }
  }

  private func draw(_ chart: StepChart, row: Rect, isChosen: Bool, isShown: Bool, into grid: inout Grid) {
    let base = theme[isChosen ? .menuSelected : .menu]
    grid.fill(row, style: base)
    let text = Style(attributes: base.attributes)
    let header = chart.header
    grid.write(isShown ? "▸" : " ", x: row.x, y: row.y, style: text, within: row)
    grid.write(NumberText.right(header.levelName, 5), x: row.x + 1, y: row.y, style: text, within: row)
    grid.write(header.stepsType.name.clipped(to: 16), x: row.x + 8, y: row.y, style: text, within: row)
    let count = "\(chart.notes.count) notes"
    let about = [header.difficulty.rawValue, header.description].filter { !$0.isEmpty }.joined(
      separator: " · ")
    let space = row.width - 26 - count.columns - 1
    if space > 0 {
      grid.write(
        about.clipped(to: space), x: row.x + 25, y: row.y, style: isChosen ? text : theme[.menuHint],
        within: row)
    }
    grid.write(count, x: row.columns.upperBound - count.columns, y: row.y, style: text, within: row)
  }
}
