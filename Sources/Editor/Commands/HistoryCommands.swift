import Chart

extension CommandTable {
  static let historyCommands: [Command] = [
    Command("undo", .history, "Take back the last step") { state, input throws(Refusal) in
      try state.travel(input.times, "undone", "nothing to undo", name: \.undoName) { $0.undo() }
    },
    Command("redo", .history, "Do again what was taken back") { state, input throws(Refusal) in
      try state.travel(input.times, "done again", "nothing to redo", name: \.redoName) { $0.redo() }
    },
    Command(
      "undo-to", .history, "Go back to the state after so many steps",
      arguments: [ArgumentSpec("steps", .integer(0...1_000_000))]
    ) { state, input throws(Refusal) in
      let target = input.integer() ?? 0
      let now = state.history.names.count
      if target < now { return try state.travel(now - target, "undone", "", name: \.undoName) { $0.undo() } }
      return try state.travel(target - now, "done again", "no such step", name: \.redoName) { $0.redo() }
    },
  ]
}

extension EditorState {
  fileprivate mutating func travel(
    _ times: Int, _ word: String, _ end: String, name: (EditHistory) -> String?,
    _ step: (inout EditorState) -> Effect?
  ) throws(Refusal) -> [Effect] {
    var effects: [Effect] = []
    var names: [String] = []
    for _ in 0..<times {
      guard let next = name(history), let effect = step(&self) else { break }
      effects.append(effect)
      names.append(next)
    }
    guard let first = names.first else { throw Refusal(end) }
    message = Message("\(word): \(names.count == 1 ? first : "\(names.count) steps")")
    return effects
  }
}
