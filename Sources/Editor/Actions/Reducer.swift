import Chart

extension EditorState {
  /// Takes in what happened and returns what is to be done about it, in order.
  package mutating func reduce(_ action: Action) -> [Effect] {
    switch action {
    case .key(let event, let moment): return press(event.normalized, moment)
    case .command(let line):
      message = nil
      return run(line: line)
    case .musicLoaded, .musicFailed, .suggestionArrived, .suggestionFailed, .tempoArrived, .tempoFailed,
      .saved, .saveFailed, .playbackStopped:
      return []
    case .notice(let message):
      self.message = message
      return []
    }
  }

  /// Runs a line as typed after `:`.
  mutating func run(line: String) -> [Effect] {
    Invocation(line).map { run($0) } ?? []
  }

  /// A key: first the sheet that is open, then the count being typed, then the key table.
  private mutating func press(_ event: KeyEvent, _ moment: Moment) -> [Effect] {
    message = nil
    if let digit = event.digit, pending.keys.isEmpty, countsDigit(event) {
      pending.count = min((pending.count ?? 0) * 10 + digit, 9999)
      return []
    }
    if event.key == .escape, !pending.isEmpty {
      pending = PendingKeys()
      return []
    }
    let keys = pending.keys + [event]
    switch keymap.node(keys, in: mode) {
    case .prefix:
      pending.keys = keys
      return []
    case .command(let invocation):
      let count = pending.count
      pending = PendingKeys()
      return run(invocation, count: count, moment: moment)
    case nil:
      pending = PendingKeys()
      message = Message("\(Keymap.text(keys)) does nothing here; ? shows the keys")
      return []
    }
  }

  /// Digits count after the count key, after another digit that counted, and where they are bound to nothing.
  private func countsDigit(_ event: KeyEvent) -> Bool {
    if pending.isCounting { return true }
    if keymap.node([event], in: mode) != nil { return false }
    return pending.count != nil || event.digit != 0
  }
}
