import Chart
import Editor

/// All commands of a mode with their keys, by family, made from the tables.
struct HelpView {
  let page: HelpPage
  let state: EditorState
  let theme: Theme
  let body: Rect

  func draw(into grid: inout Grid) {
    let lines = HelpText.lines(mode: page.mode, keymap: state.keymap)
    let sheet = Sheet(
      title: "keys and commands: \(page.mode.rawValue)",
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

/// The lines of the help, also for counting how far it scrolls.
package enum HelpText {
  package enum Line: Hashable, Sendable {
    case heading(String)
    case command(keys: String, usage: String, doc: String)
    case blank
  }

  package static func lines(mode: Mode, keymap: Keymap) -> [Line] {
    var lines: [Line] = []
    for family in Command.Family.allCases {
      let commands = CommandTable.all.filter { $0.family == family && $0.modes.contains(mode) }
      if commands.isEmpty { continue }
      if !lines.isEmpty { lines.append(.blank) }
      lines.append(.heading(family.rawValue))
      for command in commands {
        let keys = keymap.keys(forCommand: command.name, in: mode).map { Keymap.text($0.keys) }
        var seen: [String] = []
        for key in keys where !seen.contains(key) { seen.append(key) }
        lines.append(
          .command(keys: seen.prefix(3).joined(separator: ", "), usage: command.usage, doc: command.doc))
      }
    }
    return lines
  }
}
