import Chart

extension EditorState {
  /// Moves the proposed change at the cursor by rows. The music keeps its times: of the two tempos that meet there the
  /// one that is shortened bends, the other goes on. A pause takes its whole row along.
  mutating func moveGhostTempo(by rows: Int) throws(Refusal) -> [Effect] {
    let row = cursor
    let target = row + rows
    guard let session = sync, session.ghosts.contains(where: { $0.row == row }), row > .zero else {
      throw Refusal("no change is proposed here that could move")
    }
    let (left, right) = session.neighbours(of: row)
    guard target > left, right.map({ target < $0 }) ?? true else {
      throw Refusal("the next proposed change is in the way")
    }
    changeTempo { session in
      if !session.hasPause(at: row) { session.bend(from: left, around: row, to: target, right: right) }
      session.changeGhosts(at: row) { $0.row = target }
    }
    return go(to: target)
  }

  /// Takes the proposed change at the cursor out of the row of proposals: the tempo before it reaches to the next one.
  mutating func mergeGhostTempo() throws(Refusal) -> [Effect] {
    let row = cursor
    guard let session = sync, session.ghosts.contains(where: { $0.row == row }), row > .zero else {
      throw Refusal("no change is proposed here that could be merged with the one before")
    }
    let (left, right) = session.neighbours(of: row)
    let map = TimingMap(session.proposedTiming)
    changeTempo { session in
      session.withdraw(at: row)
      guard let right else { return }
      let length = map.seconds(at: right) - map.seconds(at: left) - session.pause(at: right)
      session.setGhostBPM(60 * (right.beat.value - left.beat.value) / length.value, at: left)
    }
    return go(to: left)
  }
}

extension SyncSession {
  /// What the proposals mean together, refused ones left out.
  var proposedTiming: TimingData {
    var timing = TimingData()
    timing.offset = draft.offset
    for ghost in ghosts where ghost.status != .rejected { timing.write(ghost) }
    return timing
  }

  /// The rows of the proposed tempos on both sides of a row.
  func neighbours(of row: Row) -> (left: Row, right: Row?) {
    let rows = ghosts.filter { $0.status != .rejected }.map(\.row)
    return (rows.filter { $0 < row }.max() ?? .zero, rows.filter { $0 > row }.min())
  }

  func hasPause(at row: Row) -> Bool { pause(at: row) > .zero }

  func pause(at row: Row) -> Seconds {
    for ghost in ghosts where ghost.row == row {
      if case .stop(let length) = ghost.kind { return length }
    }
    return .zero
  }

  /// Sets the tempos on both sides of a joint that moves, so that their outer ends stay.
  mutating func bend(from left: Row, around row: Row, to target: Row, right: Row?) {
    let map = TimingMap(proposedTiming)
    let time = map.seconds(at: target)
    if target > row {
      setGhostBPM(
        60 * (target.beat.value - left.beat.value) / (time - map.seconds(at: left)).value, at: left)
    } else if let right {
      let end = map.seconds(at: right) - pause(at: right)
      setGhostBPM(60 * (right.beat.value - target.beat.value) / (end - time).value, at: row)
    }
  }

  mutating func setGhostBPM(_ bpm: Double, at row: Row) {
    changeGhosts(at: row) { ghost in
      if case .bpm = ghost.kind { ghost.kind = .bpm(bpm) }
    }
  }

  /// Changes proposals; of those taken already, what they wrote changes too.
  mutating func changeGhosts(at row: Row, _ change: (inout GhostTempo) -> Void) {
    for index in ghosts.indices where ghosts[index].row == row {
      let isTaken = ghosts[index].status == .accepted
      if isTaken { draft.erase(ghosts[index]) }
      change(&ghosts[index])
      if isTaken { write(ghosts[index]) }
    }
    sortGhosts()
  }

  fileprivate mutating func withdraw(at row: Row) {
    for ghost in ghosts where ghost.row == row && ghost.status == .accepted { draft.erase(ghost) }
    ghosts.removeAll { $0.row == row }
  }

  /// Changes any of the proposals at once, and what those taken already wrote.
  mutating func rewriteGhosts(_ change: (inout GhostTempo) -> Void) {
    for ghost in ghosts where ghost.status == .accepted { draft.erase(ghost) }
    for index in ghosts.indices { change(&ghosts[index]) }
    for ghost in ghosts where ghost.status == .accepted { write(ghost) }
    sortGhosts()
  }

  private mutating func sortGhosts() {
    ghosts = ghosts.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }
      .map(\.element)
  }

  /// Puts an event that was heard into the draft.
  mutating func write(_ ghost: GhostTempo) {
    if case .bpm = ghost.kind, ghost.row == .zero, draft.bpms.count <= 1 { draft.bpms = [] }
    draft.write(ghost)
  }
}

extension TimingData {
  /// A pause comes before the notes of its row, so it is a stop on the row before.
  fileprivate mutating func write(_ ghost: GhostTempo) {
    switch ghost.kind {
    case .offset(let offset): self.offset = offset
    case .bpm(let bpm): bpms.set(bpm, at: ghost.row)
    case .stop(let length): stops.set(length, at: ghost.row.pausedBefore)
    }
  }

  fileprivate mutating func erase(_ ghost: GhostTempo) {
    switch ghost.kind {
    case .offset: break
    case .bpm: bpms.removeAll { $0.row == ghost.row && ghost.row > .zero }
    case .stop: stops.removeAll { $0.row == ghost.row.pausedBefore }
    }
  }
}
