import Editor

/// A line of text that is typed, shown from where its caret is in sight.
struct CaretText {
  let line: TextLine
  let style: Style
  let caret: Style
  let area: Rect

  func draw(into grid: inout Grid) {
    let before = String(line.text.prefix(line.cursor))
    let at = line.text.dropFirst(line.cursor).first.map(String.init) ?? " "
    let after = String(line.text.dropFirst(line.cursor + 1))
    let hidden = max(0, before.columns + 2 - area.width)
    var x = area.x - hidden
    x += grid.write(before, x: x, y: area.y, style: style, within: area)
    x += grid.write(at, x: x, y: area.y, style: caret, within: area)
    grid.write(after, x: x, y: area.y, style: style, within: area)
  }
}
