import Chart
import Editor

/// The last line, or as many as are needed: the message while there is one, what a begun key sequence may go on with,
/// or the keys of the mode.
struct BottomView {
  let state: EditorState
  let theme: Theme
  let area: Rect
  /// Whether a message has a line of its own, so that the keys stay.
  let keepsKeys: Bool

  func draw(into grid: inout Grid) {
    grid.fill(area, style: theme[.ui])
    if case .prompt(let prompt) = state.overlay { return PromptLine(prompt, theme, area).draw(into: &grid) }
    if case .question(let question) = state.overlay {
      return QuestionView(question: question, theme: theme).draw(in: area, into: &grid)
    }
    if !state.pending.isEmpty { return drawHints(into: &grid) }
    if let message = state.message, !keepsKeys {
      return MessageView(message: message, theme: theme).draw(in: area, into: &grid)
    }
    drawHints(into: &grid)
  }

  /// How many lines what is to be said wants.
  static func height(of state: EditorState, theme: Theme, width: Int, keepsKeys: Bool) -> Int {
    if case .question(let question) = state.overlay {
      return QuestionView(question: question, theme: theme).lines(in: width).count
    }
    guard let message = state.message, !keepsKeys, state.overlay == nil, state.pending.isEmpty else {
      return 1
    }
    return MessageView(message: message, theme: theme).lines(in: width).count
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

/// What happened, in a line, or in two where there is more to say.
struct MessageView {
  let message: Message
  let theme: Theme

  func lines(in width: Int, limit: Int = 2) -> [String] {
    let mark = message.weight == .note ? " " : " ! "
    let texts = message.text.wrapped(to: max(1, width - mark.columns), lines: min(2, limit))
    return texts.enumerated().map { index, text in
      (index == 0 ? mark : String(repeating: " ", count: mark.columns)) + text
    }
  }

  func draw(in area: Rect, into grid: inout Grid) {
    let scope: Scope =
      switch message.weight {
      case .note: .messageNote
      case .warning: .messageWarning
      case .error: .messageError
      }
    grid.fill(area, style: theme[.menu])
    for (line, text) in lines(in: area.width, limit: area.height).enumerated() {
      grid.write(
        text, x: area.x, y: area.y + line, style: theme[scope].with(background: nil), within: area)
    }
  }
}

/// A question and its answers, in as many lines as they take: the answers are all there, whatever else has to go.
struct QuestionView {
  enum Part {
    case text(String)
    case answer(KeyHint)

    var columns: Int {
      switch self {
      case .text(let text): text.columns
      case .answer(let hint): hint.keys.columns + 1 + hint.text.columns
      }
    }
  }

  let question: Question
  let theme: Theme

  func lines(in width: Int) -> [[Part]] {
    let room = max(1, width - 2)
    let answers = question.answers.map { Part.answer(KeyHint(String($0.key), $0.label)) }
    let all = [.text(question.text)] + answers
    if QuestionView.columns(of: all) <= room { return [all] }
    var lines = question.text.wrapped(to: room, lines: 2).map { [Part.text($0)] }
    let first = lines.count
    for answer in answers {
      if lines.count > first, QuestionView.columns(of: lines[lines.count - 1] + [answer]) <= room {
        lines[lines.count - 1].append(answer)
      } else {
        lines.append([answer])
      }
    }
    return lines
  }

  func draw(in area: Rect, into grid: inout Grid) {
    for (line, parts) in lines(in: area.width).suffix(area.height).enumerated() {
      var x = area.x + 1
      let y = area.y + line
      for part in parts {
        switch part {
        case .text(let text):
          x += grid.write(text, x: x, y: y, style: theme[.messageWarning], within: area) + 2
        case .answer(let hint):
          x += grid.write(hint.keys, x: x, y: y, style: theme[.keysKey], within: area) + 1
          x += grid.write(hint.text, x: x, y: y, style: theme[.keysText], within: area) + 2
        }
      }
    }
  }

  /// Two columns lie between the parts of a line.
  private static func columns(of parts: [Part]) -> Int {
    parts.reduce(0) { $0 + $1.columns } + 2 * (parts.count - 1)
  }
}
