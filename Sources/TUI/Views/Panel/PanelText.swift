import Chart
import Editor

/// The lines of the right panel, before they are drawn.
struct PanelLine: Hashable {
  enum Kind: Hashable {
    case heading(String)
    /// A name and what it is.
    case fact(String, String)
    /// A share from 0 to 1 drawn as a bar, and what to write beside it.
    case share(String, Double, String)
    case text(String)
    case blank
  }

  var kind: Kind
  /// How the value is drawn; nil for the usual.
  var scope: Scope?

  static func heading(_ text: String) -> PanelLine { PanelLine(kind: .heading(text)) }
  static func fact(_ name: String, _ value: String, _ scope: Scope? = nil) -> PanelLine {
    PanelLine(kind: .fact(name, value), scope: scope)
  }
  static func share(_ name: String, _ value: Double, _ text: String, _ scope: Scope? = nil) -> PanelLine {
    PanelLine(kind: .share(name, value, text), scope: scope)
  }
  static func text(_ text: String, _ scope: Scope? = nil) -> PanelLine {
    PanelLine(kind: .text(text), scope: scope)
  }
  static let blank = PanelLine(kind: .blank)
}

/// Draws the lines of a panel beside the field.
struct PanelView {
  let lines: [PanelLine]
  let theme: Theme
  let area: Rect

  func draw(into grid: inout Grid) {
    grid.fill(area, style: theme[.ui])
    for y in area.rows { grid.put(Glyph("│"), x: area.x, y: y, style: theme[.frame], within: area) }
    var inner = area
    _ = inner.takeLeft(2)
    _ = inner.takeRight(1)
    for (index, line) in lines.prefix(inner.height).enumerated() { draw(line, inner.row(index), into: &grid) }
  }

  private func draw(_ line: PanelLine, _ row: Rect, into grid: inout Grid) {
    let labels = 11
    let room = max(0, row.width - labels)
    switch line.kind {
    case .heading(let text):
      grid.write(text.clipped(to: row.width), x: row.x, y: row.y, style: theme[.panelHeading], within: row)
    case .fact(let name, let value):
      grid.write(name, x: row.x, y: row.y, style: theme[.panelLabel], within: row)
      grid.write(
        value.clipped(to: room), x: row.x + labels, y: row.y, style: theme[line.scope ?? .panelValue],
        within: row)
    case .share(let name, let share, let text):
      grid.write(name, x: row.x, y: row.y, style: theme[.panelLabel], within: row)
      let bar = Bars.horizontal(share, width: max(0, min(16, room - text.columns - 1)))
      let style = theme[line.scope ?? .panelValue]
      let used = grid.write(
        bar, x: row.x + labels, y: row.y, style: Style(foreground: style.foreground), within: row)
      grid.write(
        (used > 0 ? " " : "") + text, x: row.x + labels + used, y: row.y, style: theme[.panelValue],
        within: row)
    case .text(let text):
      grid.write(
        text.clipped(to: row.width), x: row.x, y: row.y, style: theme[line.scope ?? .panelLabel], within: row)
    case .blank: break
    }
  }
}

/// Breaks text into lines of a width at spaces.
enum TextWrap {
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if line.columns + 1 + word.description.columns <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
