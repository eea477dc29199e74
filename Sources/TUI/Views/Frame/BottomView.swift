import Chart
import Editor

/// The last line: the message while there is one, what a begun key sequence may go on with, or the keys of the mode.
struct BottomView {
  let state: EditorState
  let theme: Theme
  let area: Rect
  /// Whether a message has a line of its own, so that the keys stay.
  let keepsKeys: Bool

  func draw(into grid: inout Grid) {
    grid.fill(area, style: theme[.ui])
    if case .prompt(let prompt) = state.overlay { return PromptLine(prompt, theme, area).draw(into: &grid) }
    if case .question(let question) = state.overlay { return draw(question, into: &grid) }
    if !state.pending.isEmpty { return drawHints(into: &grid) }
    if let message = state.message, !keepsKeys {
      return MessageLine(message, theme, area).draw(into: &grid)
    }
    drawHints(into: &grid)
  }

  private func draw(_ question: Question, into grid: inout Grid) {
    var x = area.x + 1
    x += grid.write(question.text + "  ", x: x, y: area.y, style: theme[.messageWarning], within: area)
    draw(question.answers.map { KeyHint(String($0.key), $0.label) }, from: x, into: &grid)
  }

  private func drawHints(into grid: inout Grid) {
    var x = area.x + 1
    if !state.pending.isEmpty {
      let typed = (state.pending.count.map { "\($0)" } ?? "") + Keymap.text(state.pending.keys)
      x += grid.write(typed + " … ", x: x, y: area.y, style: theme[.messageNote], within: area)
    }
    draw(state.keyHints, from: x, into: &grid)
  }

  private func draw(_ hints: [KeyHint], from start: Int, into grid: inout Grid) {
    var x = start
    for hint in hints {
      let width = hint.keys.columns + 1 + hint.text.columns
      guard x + width <= area.columns.upperBound else { continue }
      x += grid.write(hint.keys, x: x, y: area.y, style: theme[.keysKey], within: area) + 1
      x += grid.write(hint.text, x: x, y: area.y, style: theme[.keysText], within: area) + 2
    }
  }
}

/// What happened, in a line.
struct MessageLine {
  let message: Message
  let theme: Theme
  let area: Rect

  init(_ message: Message, _ theme: Theme, _ area: Rect) {
    self.message = message
    self.theme = theme
    self.area = area
  }

  func draw(into grid: inout Grid) {
    let scope: Scope =
      switch message.weight {
      case .note: .messageNote
      case .warning: .messageWarning
      case .error: .messageError
      }
    grid.fill(area, style: theme[.menu])
    let mark = message.weight == .note ? " " : " ! "
    grid.write(
      (mark + message.text).clipped(to: area.width), x: area.x, y: area.y,
      style: theme[scope].with(background: nil), within: area)
  }
}
