import Chart

extension ReviewSession {
  /// Takes what is proposed on rows, or in one lane of them.
  mutating func accept(_ rows: Range<Row>, lane: Lane? = nil) {
    var decisions = decisions
    for ghost in ghosts(in: rows) where lane == nil || ghost.note.lane == lane {
      take(ghost, into: &decisions)
    }
    if lane == nil { settle(rows.clamped(to: region), in: &decisions) }
    decide(decisions)
  }

  /// Refuses what is proposed on rows, or in one lane of them; what was taken there before is given back. Returns
  /// whether that changed anything.
  @discardableResult
  mutating func reject(_ rows: Range<Row>, lane: Lane? = nil, cursor: Row? = nil) -> Bool {
    var decisions = decisions
    for ghost in ghosts(in: rows) where lane == nil || ghost.note.lane == lane {
      decisions.accepted[Place(ghost.note)] = nil
      decisions.rejected.insert(Place(ghost.note))
    }
    decisions.settled.remove(rows)
    decisions.typed.remove(rows)
    let taken = decisions.accepted.keys
    decisions.replaced = decisions.replaced.filter { old in
      let isTaken = taken.contains { $0.lane == old.lane && $0.row >= old.row && $0.row <= old.lastRow }
      return !rows.contains(old.row) || isTaken
    }
    return decide(decisions, cursor: cursor)
  }

  /// Shows another alternative; what was decided stays.
  mutating func choose(_ number: Int) {
    guard !alternatives.isEmpty else { return }
    proposals.index = ((number % alternatives.count) + alternatives.count) % alternatives.count
    focus = nil
    refresh()
  }

  /// Takes the last decision back, and with a correction what was proposed after it. Returns where the cursor was.
  mutating func undo() -> Row? {
    guard let last = past.popLast() else { return nil }
    decisions = last.decisions
    if let proposals = last.proposals { self.proposals = proposals }
    lastTyped = nil
    focus = nil
    refresh()
    return last.cursor
  }

  /// The chart's notes with everything accepted in their place.
  func result(of notes: NoteList) -> NoteList {
    var notes = notes
    notes.remove(contentsOf: decisions.replaced)
    notes.insert(contentsOf: decisions.accepted.values.map(\.note))
    return notes
  }

  /// Makes a decision one step. With a cursor it is a correction: the proposals are remembered too.
  @discardableResult
  mutating func decide(_ decisions: Decisions, cursor: Row? = nil) -> Bool {
    guard decisions != self.decisions else { return false }
    past.append(
      Step(decisions: self.decisions, proposals: cursor == nil ? nil : proposals, cursor: cursor))
    self.decisions = decisions
    refresh()
    return true
  }

  func take(_ ghost: Ghost, into decisions: inout Decisions) {
    decisions.accepted[Place(ghost.note)] = ghost.proposed
    decisions.rejected.remove(Place(ghost.note))
    if !request.keepsExisting,
      let old = request.chart.notes.note(covering: ghost.note.row, lane: ghost.note.lane),
      region.contains(old.row)
    {
      decisions.replaced.insert(old)
    }
  }

  /// Leaves rows to what is accepted on them: nothing else is shown there, and no note of the chart stays.
  func settle(_ rows: Range<Row>, in decisions: inout Decisions) {
    decisions.settled.insert(rows)
    if !request.keepsExisting { decisions.replaced.formUnion(request.chart.notes[rows]) }
  }
}
