import Chart

extension CommandTable {
  static let viewCommands: [Command] =
    [
      Command("prompt", .view, "Type a command by its name", label: "command", in: Set(Mode.bound)) {
        state, _ throws(Refusal) in
        state.overlay = .prompt(Prompt())
        return []
      },
      Command("help", .view, "Show the keys of this mode", in: Set(Mode.bound)) { state, _ throws(Refusal) in
        state.overlay = .help(HelpPage(mode: state.mode))
        return []
      },
      Command("count", .view, "Type a number, to do the next command so often", in: Set(Mode.bound)) {
        state, _ throws(Refusal) in
        state.pending.isCounting = true
        return []
      },
      Command("zoom-in", .view, "Show fewer rows of the chart on a line", in: Set(Mode.bound)) {
        state, _ throws(Refusal) in
        state.settings.rowsPerLine = zooms.last { $0 < state.settings.rowsPerLine } ?? zooms[0]
        return [.settingsChanged(state.settings)]
      },
      Command("zoom-out", .view, "Show more rows of the chart on a line", in: Set(Mode.bound)) {
        state, _ throws(Refusal) in
        state.settings.rowsPerLine = zooms.first { $0 > state.settings.rowsPerLine } ?? zooms[zooms.count - 1]
        return [.settingsChanged(state.settings)]
      },
      Command(
        "set", .view, "Show or change a setting",
        arguments: [
          ArgumentSpec("setting", .choice(Setting.all.map(\.name))),
          ArgumentSpec("value", .text, optional: true),
        ],
        in: Set(Mode.bound)
      ) { state, input throws(Refusal) in
        try state.set(input.text() ?? "", to: input.text(1))
      },
      Command("redraw", .view, "Draw the screen anew", in: Set(Mode.bound)) { _, _ throws(Refusal) in
        [.redraw]
      },
      Command("suspend", .view, "Go to the shell; fg comes back", in: Set(Mode.bound)) {
        _, _ throws(Refusal) in
        [.suspend]
      },
    ] + ["waveform", "minimap", "panel", "keys", "feet"].map { toggle($0) }

  private static let zooms = [1, 2, 3, 4, 6, 8, 12, 16, 24, 48, 96]

  private static func toggle(_ name: String) -> Command {
    Command("toggle-\(name)", .view, "Show or hide the \(name)", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      let isOn = Setting.named(name)?.get(state.settings) == "on"
      return try state.set(name, to: isOn ? "off" : "on")
    }
  }
}

extension EditorState {
  /// Goes back to the theme before one that there is not.
  mutating func themeMissing(_ name: String, known: [String]) -> [Effect] {
    guard settings.theme == name else { return [] }
    settings.theme = previousTheme == name ? Settings.anyTheme : previousTheme
    message = Message(
      "no theme “\(name)”; there are \(known.joined(separator: ", "))", weight: .warning)
    return [.settingsChanged(settings)]
  }

  /// Changes a setting by its written value, or shows it.
  mutating func set(_ name: String, to value: String?) throws(Refusal) -> [Effect] {
    guard let setting = Setting.named(name) else { throw Refusal("no setting “\(name)”") }
    guard let value else {
      message = Message("\(name) is \(setting.get(settings)) (\(setting.range)): \(setting.doc)")
      return []
    }
    let before = settings
    guard setting.set(&settings, value) else { throw Refusal("\(name) is \(setting.range)") }
    if settings.theme != before.theme { previousTheme = before.theme }
    message = Message("\(name) is \(setting.get(settings))")
    if settings.preset != before.preset || settings.shiftedDigits != before.shiftedDigits {
      keymap = Keymap(preset: settings.preset, overrides: overrides, shiftedDigits: settings.shiftedDigits)
    }
    var effects: [Effect] = [.settingsChanged(settings)]
    if settings.sound != before.sound { effects.append(.setSound(settings.sound)) }
    if settings.rate != before.rate || settings.ratePitch != before.ratePitch {
      effects.append(.setRate(settings.rate))
    }
    return effects
  }
}
