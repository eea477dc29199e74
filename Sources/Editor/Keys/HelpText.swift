/// What is written about keys and commands, made from the tables.
package enum HelpText {
  package enum Line: Hashable, Sendable {
    case heading(String)
    case command(keys: String, usage: String, doc: String)
    case blank
  }

  /// All commands of a mode with their keys, by family; only those in which a text occurs, where one is given.
  package static func lines(for mode: Mode, keymap: Keymap, containing text: String = "") -> [Line] {
    var lines: [Line] = []
    for family in Command.Family.allCases {
      let commands = CommandTable.all.filter { $0.family == family && $0.modes.contains(mode) }
        .map { (keys: keys(of: $0, in: mode, keymap), command: $0) }
        .filter { text.isEmpty || contains($0.keys, $0.command, text) }
      if commands.isEmpty { continue }
      if !lines.isEmpty { lines.append(.blank) }
      lines.append(.heading(family.rawValue))
      lines += commands.map { .command(keys: $0.keys, usage: $0.command.usage, doc: $0.command.doc) }
    }
    return lines
  }

  private static func contains(_ keys: String, _ command: Command, _ text: String) -> Bool {
    let text = text.lowercased()
    return [keys, command.name, command.doc].contains { $0.lowercased().contains(text) }
  }

  /// The manual's page of keys: every preset's keys for each mode, in Markdown.
  package static func markdown() -> String {
    var text = "# Keys\n\nMade from the program's tables by `make docs`; do not edit by hand.\n"
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
    // A command bound once for each lane shows its first key only.
    if lines.count > 4, let first = bound.min(by: { $0.line.count < $1.line.count }) {
      return "\(Keymap.text(first.keys)) …"
    }
    return bound.map { Keymap.text($0.keys) }.joined(separator: ", ")
  }

  private static func titled(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

  private static func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("`", with: "&#96;")
  }
}
