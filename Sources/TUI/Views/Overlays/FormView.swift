import Editor

/// A form: its fields, as many as there is room for, and below them what is wrong.
struct FormView {
  let form: Form
  let theme: Theme
  let body: Rect

  /// Of the names of fields and the gap after them.
  private static let labelWidth = 17
  private static let gap = 2

  func draw(into grid: inout Grid) {
    let count = form.fields.count
    let width = form.subject == .song ? 76 : 56
    let sheet = Sheet(
      title: form.title, wanted: Size(width: width, height: count + 2), in: body, theme: theme, grid: &grid)
    // The last line is for what is wrong, or for how much more there is.
    let room = max(1, sheet.inner.height - 1)
    let first = max(0, form.selected - room + 1)
    let top = room > count ? 1 : 0
    for index in first..<min(count, first + room) {
      draw(form.fields[index], row: sheet.inner.row(index - first + top), index == form.selected, into: &grid)
    }
    drawFoot(of: sheet, hidden: count - first - room, into: &grid)
  }

  private func draw(_ field: FormField, row: Rect, _ isSelected: Bool, into grid: inout Grid) {
    let base = theme[isSelected ? .menuSelected : .menu]
    grid.fill(row, style: base)
    let text = Style(attributes: base.attributes)
    let start = min(FormView.labelWidth, row.width / 2)
    grid.write(
      NumberText.right(field.title.clipped(to: start), start), x: row.x, y: row.y,
      style: isSelected ? text : theme[.menuHint], within: row)
    var area = row
    _ = area.takeLeft(min(row.width, start + FormView.gap))
    if field.isChoice {
      let value = field.line.text.isEmpty ? "–" : field.line.text
      grid.write("◂ \(value) ▸".clipped(to: area.width), x: area.x, y: area.y, style: text, within: area)
    } else if isSelected {
      CaretText(line: field.line, style: text, caret: theme[.caret], area: area).draw(into: &grid)
    } else {
      grid.write(field.line.text.clipped(to: area.width), x: area.x, y: area.y, style: text, within: area)
    }
  }

  private func drawFoot(of sheet: Sheet, hidden: Int, into grid: inout Grid) {
    let row = sheet.inner.row(sheet.inner.height - 1)
    if let problem = form.problem {
      grid.fill(row, style: theme[.menu])
      let text = problem.wrapped(to: row.width, lines: 1).first ?? ""
      grid.write(
        text, x: row.x, y: row.y, style: theme[.messageWarning].with(background: nil), within: row)
    } else if hidden > 0, sheet.inner.height > 1 {
      let more = "\(hidden) more ▼"
      grid.write(
        more, x: row.columns.upperBound - more.columns, y: row.y, style: theme[.menuHint], within: row)
    }
  }
}
