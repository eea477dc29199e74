import Chart

/// All commands by name, in the order in which help lists them.
package enum CommandTable {
  package static let all: [Command] =
    movementCommands + problemCommands + noteCommands + selectionCommands + clipboardCommands
    + transformCommands
    + historyCommands
    + suggestionCommands + reviewCommands + timingCommands + timingEventCommands + syncCommands
    + playbackCommands + chartCommands
    + fileCommands + viewCommands

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  package static func command(named name: String) -> Command? { byName[name] }
}

extension EditorState {
  /// Runs a command line: a name, arguments, and how often. A command that refuses has changed nothing, whatever it
  /// had begun: its effects are lost, and with them the journal's entries.
  mutating func run(_ invocation: Invocation, count: Int? = nil, moment: Moment = Moment()) -> [Effect] {
    guard let command = CommandTable.command(named: invocation.command) else {
      message = Message("no command “\(invocation.command)”", weight: .warning)
      return []
    }
    guard command.modes.contains(mode) else {
      message = Message("“\(command.name)” does nothing in \(mode.rawValue) mode", weight: .warning)
      return []
    }
    let before = self
    do throws(Refusal) {
      let values = try command.parse(invocation.arguments)
      let effects = try command.body(&self, CommandInput(count: count, values: values, moment: moment))
      if command.isRepeatable { lastTransform = invocation }
      return effects
    } catch {
      self = before
      message = Message(error.reason, weight: .warning)
      return []
    }
  }
}
