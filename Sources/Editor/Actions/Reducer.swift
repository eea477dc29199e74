import Chart

extension EditorState {
  /// Takes in what happened and returns what is to be done about it, in order.
  package mutating func reduce(_ action: Action) -> [Effect] {
    let effects = take(action)
    takeAnswer()
    return effects + listenIfAwaited() + journalDraft()
  }

  private mutating func take(_ action: Action) -> [Effect] {
    switch action {
    case .key(let event, let moment): return press(event.normalized, moment)
    case .pasted(let text): return pasted(text)
    case .command(let line):
      message = nil
      return run(line: line)
    case .musicLoaded(let duration, let waveform, let onsets):
      music = Music(status: .loaded, duration: duration, waveform: waveform, onsets: onsets)
      revision += 1
      awaitsTempo = true
    case .musicRenamed:
      music = Music()
      suggestionRequest = nil
    case .musicFailed(let reason):
      music = Music(status: .failed(reason))
      message = Message("no music: \(reason); editing goes on without it", weight: .warning)
    case .onsetsHeard(let onsets):
      music.onsets = onsets
      revision += 1
    case .suggestionArrived(let id, let alternatives): suggestionArrived(id, alternatives)
    case .suggestionFailed(let id, let reason): suggestionFailed(id, reason)
    case .tempoArrived(let id, let estimate): tempoArrived(id, estimate)
    case .tempoFailed(let id, let reason): tempoFailed(id, reason)
    case .feetWalked(let footwork, let revision):
      if revision == self.revision { self.footwork = footwork }
    case .saved(let request, let path, let missing):
      return saved(request, path: path, missing: missing)
    case .saveFailed(_, let reason): saveFailed(reason)
    case .playbackStopped(let reason, let beat): playbackStopped(reason, at: beat)
    case .pathsListed(let query, let entries): pathsListed(query, entries)
    case .unsavedBeforeOpening(let request): overlay = .question(.leaveUnsaved(for: .open(request)))
    case .themeMissing(let name, let known): return themeMissing(name, known: known)
    case .notice(let message): self.message = message
    }
    return []
  }

  /// Runs a line as typed after `:`.
  mutating func run(line: String) -> [Effect] {
    Invocation(line).map { run($0) } ?? []
  }

  /// A song without a tempo is listened to for one as soon as it can be heard and no sheet is open.
  private mutating func listenIfAwaited() -> [Effect] {
    guard awaitsTempo, overlay == nil, review == nil else { return [] }
    awaitsTempo = false
    if sync != nil { return sync?.draft.bpms.isEmpty == true && tempoRequest == nil ? listen() : [] }
    return timing.bpms.isEmpty ? beginSync() : []
  }

  /// A key: first the sheet that is open, then the count being typed, then the key table. The line that told
  /// something goes, and the key does what it would have done anyway.
  private mutating func press(_ event: KeyEvent, _ moment: Moment) -> [Effect] {
    message = nil
    if let overlay { return pressOverlay(overlay, event) }
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
      let help = keymap.keys(for: "help", in: mode).first.map(Keymap.text) ?? ":help"
      message = Message("\(Keymap.text(keys)) does nothing here; \(help) shows the keys")
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
