import Chart
import Editor

/// The last line: the message while there is one, what a begun key sequence may go on with, or the keys of the mode.
struct BottomView {
  let state: EditorState
  let theme: Theme
  let area: Rect

  func draw(into grid: inout Grid) {
    grid.fill(area, style: theme[.ui])
    if case .prompt(let prompt) = state.overlay { return PromptLine(prompt, theme, area).draw(into: &grid) }
    if case .question(let question) = state.overlay { return draw(question, into: &grid) }
    if !state.pending.isEmpty { return drawHints(KeyHints.continuing(state), into: &grid) }
    if let message = state.message { return draw(message, into: &grid) }
    drawHints(KeyHints.offered(state), into: &grid)
  }

  private func draw(_ message: Message, into grid: inout Grid) {
    let scope: Scope =
      switch message.weight {
      case .note: .messageNote
      case .warning: .messageWarning
      case .error: .messageError
      }
    let mark = message.weight == .note ? " " : " ! "
    grid.write(
      (mark + message.text).clipped(to: area.width), x: area.x, y: area.y, style: theme[scope], within: area)
  }

  private func draw(_ question: Question, into grid: inout Grid) {
    var x = area.x + 1
    x += grid.write(question.text + "  ", x: x, y: area.y, style: theme[.messageWarning], within: area)
    draw(question.answers.map { KeyHint(key: String($0.key), label: $0.label) }, from: x, into: &grid)
  }

  private func drawHints(_ hints: [KeyHint], into grid: inout Grid) {
    var x = area.x + 1
    if !state.pending.isEmpty {
      let typed = (state.pending.count.map { "\($0)" } ?? "") + Keymap.text(state.pending.keys)
      x += grid.write(typed + " … ", x: x, y: area.y, style: theme[.messageNote], within: area)
    }
    draw(hints, from: x, into: &grid)
  }

  private func draw(_ hints: [KeyHint], from start: Int, into grid: inout Grid) {
    var x = start
    for hint in hints {
      let width = hint.key.columns + 1 + hint.label.columns
      guard x + width <= area.columns.upperBound else { continue }
      x += grid.write(hint.key, x: x, y: area.y, style: theme[.keysKey], within: area) + 1
      x += grid.write(hint.label, x: x, y: area.y, style: theme[.keysText], within: area) + 2
    }
  }
}

/// A key and what it does.
struct KeyHint: Hashable {
  var key: String
  var label: String
}

/// Which keys the last line offers, read off the keymap.
enum KeyHints {
  /// The commands worth telling of in each mode, the most wanted first. Their keys come from the keymap.
  static let wanted: [Mode: [String]] = [
    .edit: [
      "suggest", "play", "region-mark", "undo", "save", "snap-finer", "note-kind", "copy", "paste", "mirror",
      "sync",
      "charts", "command-line", "help", "quit",
    ],
    .review: [
      "accept", "reject", "accept-measure", "accept-all", "ghost-next", "ghost-previous", "alternative-next",
      "denser",
      "thinner", "play", "review-undo", "help", "review-leave",
    ],
    .sync: [
      "sync-take", "sync-refuse", "candidate-next", "offset-nudge", "bpm-nudge", "half-beat", "double-tempo",
      "halve-tempo", "tap", "pin", "tighter", "fewer", "play", "help", "sync-leave",
    ],
  ]

  static func offered(_ state: EditorState) -> [KeyHint] {
    switch state.overlay {
    case .form: return form
    case .charts: return charts
    case .help: return help
    case .prompt, .question: return []
    case nil: break
    }
    return (wanted[state.mode] ?? []).compactMap { name in
      guard let command = CommandTable.command(named: name),
        let keys = state.keymap.keys(forCommand: name, in: state.mode).min(by: {
          $0.keys.count < $1.keys.count
        })
      else { return nil }
      return KeyHint(key: Keymap.text(keys.keys), label: command.label)
    }
  }

  /// What a begun sequence may go on with.
  static func continuing(_ state: EditorState) -> [KeyHint] {
    guard case .prefix(_, let children)? = state.keymap.node(state.pending.keys, in: state.mode) else {
      return []
    }
    return children.map { key, node in
      switch node {
      case .command(let invocation):
        let label = CommandTable.command(named: invocation.command)?.label ?? invocation.command
        return KeyHint(
          key: key.description, label: ([label] + invocation.arguments).joined(separator: " "))
      case .prefix(let name, _): return KeyHint(key: key.description, label: name + "…")
      }
    }.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
  }

  private static let form = [
    KeyHint(key: "↑↓", label: "field"), KeyHint(key: "←→", label: "change"),
    KeyHint(key: "enter", label: "done"),
    KeyHint(key: "esc", label: "leave"),
  ]
  private static let charts = [
    KeyHint(key: "↑↓", label: "choose"), KeyHint(key: "enter", label: "open"),
    KeyHint(key: "n", label: "new"),
    KeyHint(key: "esc", label: "leave"),
  ]
  private static let help = [
    KeyHint(key: "↑↓", label: "scroll"), KeyHint(key: "pagedown", label: "page"),
    KeyHint(key: "esc", label: "leave"),
  ]
}
