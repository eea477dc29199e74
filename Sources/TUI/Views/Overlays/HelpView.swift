import Chart
import Editor

/// All commands of a mode with their keys, by family, made from the tables.
struct HelpView {
  let page: HelpPage
  let state: EditorState
  let theme: Theme
  let body: Rect

  func draw(into grid: inout Grid) {
    let lines = HelpText.lines(for: page.mode, keymap: state.keymap, containing: page.search)
    let sheet = Sheet(
      title: title,
      wanted: Size(width: max(40, min(body.width - 8, 108)), height: body.height), in: body, theme: theme,
      grid: &grid)
    let inner = sheet.inner
    let first = min(max(0, page.firstLine), max(0, lines.count - inner.height))
    for (offset, line) in lines.dropFirst(first).prefix(inner.height).enumerated() {
      draw(line, row: inner.row(offset), into: &grid)
    }
    if first + inner.height < lines.count, inner.height > 1 {
      let more = " \(lines.count - first - inner.height) more ▼ "
      grid.write(
        more, x: inner.columns.upperBound - more.columns, y: inner.rows.upperBound, style: theme[.menuHint])
    }
  }

  private var title: String {
    let what = "keys and commands: \(page.mode.rawValue)"
    return page.isSearching || !page.search.isEmpty
      ? what + "  /" + page.search + (page.isSearching ? "▏" : "") : what
  }

  private func draw(_ line: HelpText.Line, row: Rect, into grid: inout Grid) {
    switch line {
    case .heading(let text):
      grid.write(text, x: row.x, y: row.y, style: theme[.panelHeading].over(theme[.menu]), within: row)
    case .command(let keys, let usage, let doc):
      let isWide = row.width >= 76
      grid.write(
        NumberText.right(keys.clipped(to: 16), 16), x: row.x, y: row.y,
        style: theme[.keysKey].with(background: nil),
        within: row)
      grid.write(usage.clipped(to: isWide ? 26 : 20), x: row.x + 18, y: row.y, style: Style(), within: row)
      let start = isWide ? 46 : 40
      grid.write(
        doc.clipped(to: max(0, row.width - start)), x: row.x + start, y: row.y, style: theme[.menuHint],
        within: row)
    case .blank: break
    }
  }
}
