import Editor

/// The line that is typed after `:`.
struct PromptLine {
  let prompt: Prompt
  let theme: Theme
  let area: Rect

  init(_ prompt: Prompt, _ theme: Theme, _ area: Rect) {
    self.prompt = prompt
    self.theme = theme
    self.area = area
  }

  func draw(into grid: inout Grid) {
    grid.fill(area, style: theme[.prompt])
    grid.write(":", x: area.x, y: area.y, style: theme[.keysKey], within: area)
    CaretText(
      line: prompt.line, style: theme[.prompt], caret: theme[.caret],
      area: Rect(x: area.x + 1, y: area.y, width: area.width - 1, height: 1)
    ).draw(into: &grid)
  }
}

/// What the line may become, above it.
struct CompletionList {
  let prompt: Prompt
  let theme: Theme
  /// The part of the screen above the line.
  let body: Rect

  func draw(into grid: inout Grid) {
    let shown = min(prompt.completions.count, max(0, min(10, body.height - 1)))
    guard shown > 0 else { return }
    let first = min(max(0, (prompt.chosen ?? 0) - shown + 1), prompt.completions.count - shown)
    let words = prompt.completions.map(\.word.columns).max() ?? 0
    var area = body
    area = area.takeBottom(shown)
    let docs = prompt.completions.map(\.doc.columns).max() ?? 0
    area = area.takeLeft(min(area.width, max(48, words + docs + 5)))
    for line in 0..<shown {
      let completion = prompt.completions[first + line]
      let row = area.row(line)
      let isChosen = prompt.chosen == first + line
      grid.fill(row, style: theme[isChosen ? .menuSelected : .menu])
      grid.write(
        " " + completion.word, x: row.x, y: row.y,
        style: Style(
          attributes: theme[isChosen ? .menuSelected : .menu].attributes), within: row)
      let x = row.x + words + 3
      grid.write(
        completion.doc.clipped(to: max(0, row.columns.upperBound - x - 1)), x: x, y: row.y,
        style: isChosen ? Style(attributes: theme[.menuSelected].attributes) : theme[.menuHint], within: row)
    }
  }
}
