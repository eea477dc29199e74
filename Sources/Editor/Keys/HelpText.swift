/// What is written about keys and commands, made from the tables.
package enum HelpText {
  package struct Line: Hashable, Sendable {
    package var keys: String
    package var text: String
    /// Whether the line is the title of a family.
    package var isTitle: Bool
  }

  /// All commands of a mode with their keys, by family.
  package static func lines(for mode: Mode, keymap: Keymap) -> [Line] {
    Command.Family.allCases.flatMap { family -> [Line] in
      let commands = CommandTable.all.filter { $0.family == family && $0.modes.contains(mode) }
      guard !commands.isEmpty else { return [] }
      return [Line(keys: "", text: family.rawValue, isTitle: true)]
        + commands.map { command in
          Line(
            keys: keys(of: command, in: mode, keymap), text: "\(command.doc)  :\(command.usage)",
            isTitle: false)
        }
    }
  }

  /// What the bottom line offers in a mode, or after the keys pressed so far: shortest keys first.
  package static func hints(in mode: Mode, pending: PendingKeys, keymap: Keymap) -> [Line] {
    if case .prefix(_, let children)? = keymap.node(pending.keys, in: mode) {
      return children.sorted { $0.key.description < $1.key.description }.map { key, node in
        Line(keys: key.description, text: label(of: node), isTitle: false)
      }
    }
    return (bottomLine[mode] ?? []).compactMap { line in
      guard let keys = keymap.keys(for: line, in: mode).first,
        let command = Invocation(line).flatMap({ CommandTable.command(named: $0.command) })
      else { return nil }
      return Line(keys: Keymap.text(keys), text: command.label, isTitle: false)
    }
  }

  /// The manual's page of keys: every preset's keys for each mode, in Markdown.
  package static func markdown() -> String {
    var text = "# Keys\n\nMade from the command table by `learnitup keys`; do not edit by hand.\n"
    text += "Every command can also be typed by its name after `:`.\n"
    let maps = KeyPreset.allCases.map { ($0, Keymap(preset: $0)) }
    for mode in Mode.bound {
      text += "\n## \(titled(mode.rawValue)) mode\n"
      for family in Command.Family.allCases {
        let commands = CommandTable.all.filter { $0.family == family && $0.modes.contains(mode) }
        if commands.isEmpty { continue }
        text += "\n### \(titled(family.rawValue))\n\n"
        text +=
          "| Command | \(KeyPreset.allCases.map(\.rawValue).joined(separator: " | ") as String) | What it does |\n"
        text += "|---|\(String(repeating: "---|", count: maps.count))---|\n"
        for command in commands {
          let cells = maps.map { escaped(keys(of: command, in: mode, $0.1)) }
          text +=
            "| `\(escaped(command.usage))` | \(cells.joined(separator: " | ")) | \(escaped(command.doc)) |\n"
        }
      }
    }
    text += "\n## Settings\n\n| Setting | Values | What it is |\n|---|---|---|\n"
    for setting in Setting.all { text += "| `\(setting.name)` | \(setting.range) | \(setting.doc) |\n" }
    return text
  }

  private static func keys(of command: Command, in mode: Mode, _ keymap: Keymap) -> String {
    let bound = keymap.keys(forCommand: command.name, in: mode)
    let lines = Set(bound.map(\.line))
    // A command bound once for each lane shows its first and last keys only.
    if lines.count > 4, let first = bound.min(by: { $0.line.count < $1.line.count }) {
      return "\(Keymap.text(first.keys)) …"
    }
    return bound.map { Keymap.text($0.keys) }.joined(separator: ", ")
  }

  private static func label(of node: Keymap.Node) -> String {
    switch node {
    case .command(let invocation):
      let label = CommandTable.command(named: invocation.command)?.label ?? invocation.command
      return ([label] + invocation.arguments).joined(separator: " ")
    case .prefix(let name, _): return name + "…"
    }
  }

  private static func titled(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

  private static func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("`", with: "&#96;")
  }

  private static let bottomLine: [Mode: [String]] = [
    .edit: [
      "play", "ask", "mark", "undo", "snap-finer", "next-kind", "mirror", "sync", "charts", "save", "prompt",
      "help",
      "quit",
    ],
    .review: [
      "take", "refuse", "next-proposal", "previous-proposal", "take-measure", "take-all", "other", "denser",
      "thinner", "play-region", "undecide", "leave", "help",
    ],
    .sync: [
      "keep-tempo", "next-candidate", "earlier", "later", "bpm-up", "bpm-down", "tap", "half-beat", "double",
      "halve", "put-bpm", "pin", "drop-tempo", "help",
    ],
  ]
}

extension EditorState {
  /// What the bottom line offers now.
  package var keyHints: [HelpText.Line] { HelpText.hints(in: mode, pending: pending, keymap: keymap) }
}
