import Chart

/// Typing over a proposal: what the author writes counts, everything before it counts as taken, and the rest is asked
/// for anew.
extension ReviewSession {
  /// The row that `also`, `lengthen` and `shorten` mean: the one just typed until the cursor moves, else the cursor's.
  func meant(at cursor: Row) -> Row {
    if let lastTyped, lastTyped.cursor == cursor { lastTyped.row } else { cursor }
  }

  /// Writes one lane of a row. The first lane typed on a row takes the place of what is proposed there; further ones
  /// are added, and taken away when typed once more.
  mutating func type(_ lane: Lane, on row: Row, cursor: Row) throws(Refusal) {
    try check(lane, on: row)
    var decisions = beforeTaken(row)
    let place = Place(row: row, lane: lane)
    if decisions.typed.contains(row) {
      if decisions.accepted[place] != nil {
        decisions.accepted[place] = nil
      } else {
        write(Note(row: row, lane: lane), into: &decisions)
      }
    } else {
      empty(row, of: &decisions)
      write(Note(row: row, lane: lane), into: &decisions)
    }
    decide(decisions, cursor: cursor)
  }

  /// Adds a lane to what is written or proposed on a row, or takes it away.
  mutating func typeAlso(_ lane: Lane, on row: Row, cursor: Row) throws(Refusal) {
    try check(lane, on: row)
    var decisions = beforeTaken(row)
    takeRow(row, into: &decisions)
    let place = Place(row: row, lane: lane)
    if decisions.accepted[place] != nil {
      decisions.accepted[place] = nil
    } else {
      write(Note(row: row, lane: lane), into: &decisions)
    }
    decide(decisions, cursor: cursor)
  }

  /// Makes a note of a row a hold that ends on another row, the author's own notes there giving way.
  mutating func typeHold(in lane: Lane, from row: Row, to end: Row, cursor: Row) throws(Refusal) {
    try check(lane, on: row)
    var decisions = beforeTaken(row)
    takeRow(row, into: &decisions)
    for place in decisions.accepted.keys where place.lane == lane && place.row > row && place.row <= end {
      decisions.accepted[place] = nil
    }
    write(
      Note(row: row, lane: lane, kind: .hold(end: min(end, limit(of: lane, after: row)))), into: &decisions)
    decide(decisions, cursor: cursor)
  }

  /// Moves the tails of a row's notes by so many steps. The first step makes of a tap a hold as long as the one before,
  /// for holds of one chart are mostly alike.
  mutating func stretch(_ row: Row, by steps: Int, of snap: Snap, cursor: Row) throws(Refusal) {
    let held = lengthOfHold(before: row) ?? snap.length(of: 1, from: row)
    var decisions = beforeTaken(row)
    takeRow(row, into: &decisions)
    let notes = decisions.accepted.values.filter { $0.note.row == row }
      .filter { $0.note.end != nil || (steps > 0 && $0.note.kind == .tap) }
    guard !notes.isEmpty else { throw Refusal("no note here to stretch") }
    for var proposed in notes {
      var note = proposed.note
      let isTap = note.end == nil
      if isTap { note.kind = .hold(end: note.row) }
      let end = isTap ? note.row + held : note.lastRow
      let further = snap.length(of: isTap ? steps - 1 : steps, from: end)
      proposed.note = note.ended(at: min(end + further, limit(of: note.lane, after: row)))
      decisions.accepted[Place(note)] = proposed
    }
    decide(decisions, cursor: cursor)
  }

  /// How many rows the last hold or roll before a row lasts, of what is written and what is proposed.
  private func lengthOfHold(before row: Row) -> Int? {
    let shown = ghosts.last { $0.note.row < row && $0.note.end != nil && $0.status != .rejected }?.note
    let written = request.chart.notes.last { note in
      note.row < row && note.end != nil && (request.keepsExisting || !region.contains(note.row))
    }
    return [shown, written].compactMap(\.self).max { $0.row < $1.row }.map { $0.row.distance(to: $0.lastRow) }
  }

  /// The row after the last that was typed; nil where none was.
  var endOfTyped: Row? { decisions.typed.ranges.last?.upperBound }

  /// The question for what comes after a row that was put right: everything before counts as written, and so does
  /// what was taken after it. Nil where nothing comes after it.
  func rest(from row: Row) -> SuggestionRequest? {
    guard row > region.lowerBound, row < region.upperBound else { return nil }
    var request = request
    request.mayBeEmpty = true
    request.region = row..<region.upperBound
    if !request.keepsExisting {
      request.chart.notes = NoteList(sorted: request.chart.notes.filter { !region.contains($0.row) })
    }
    request.chart.notes.insert(
      contentsOf: ghosts.filter { $0.status == .accepted || ($0.status == .open && $0.note.row < row) }.map(
        \.note))
    // All that is left inside is the author's.
    request.keepsExisting = true
    if case .selection(let rows) = request.scope {
      let open = rows.filter { request.region.contains($0) && !decisions.settled.contains($0) }
      guard !open.isEmpty else { return nil }
      request.scope = .selection(rows: open)
    }
    return request
  }

  /// The review with other proposals from a row on; before it everything stays as it is.
  mutating func follow(with alternatives: [SuggestionAlternative], from row: Row) {
    let kept = (alternative?.notes ?? []).filter { $0.note.row < row }
    proposals = Proposals(
      alternatives: (alternatives.isEmpty ? [SuggestionAlternative(notes: [], score: 0)] : alternatives).map {
        let notes = kept + $0.notes.filter { $0.note.row >= row }
        return ReviewSession.fitted(
          SuggestionAlternative(notes: notes, score: $0.score, nearRows: $0.nearRows), to: request)
      })
    refresh()
  }

  // MARK: - Parts

  /// The decisions with everything before a row taken that is not refused: who types further down has read it.
  private func beforeTaken(_ row: Row) -> Decisions {
    var decisions = decisions
    let before = region.lowerBound..<max(region.lowerBound, row)
    for ghost in ghosts(in: before) where ghost.status == .open { take(ghost, into: &decisions) }
    settle(before, in: &decisions)
    return decisions
  }

  /// Takes what is proposed on a row and not refused, as the author's own.
  private func takeRow(_ row: Row, into decisions: inout Decisions) {
    for ghost in ghosts(on: row) where ghost.status == .open { take(ghost, into: &decisions) }
    own(row, in: &decisions)
  }

  private func empty(_ row: Row, of decisions: inout Decisions) {
    for ghost in ghosts(on: row) { decisions.accepted[Place(ghost.note)] = nil }
    own(row, in: &decisions)
  }

  private func own(_ row: Row, in decisions: inout Decisions) {
    settle(row..<row + 1, in: &decisions)
    decisions.typed.insert(row..<row + 1)
  }

  /// Puts a note; a hold that passes its place ends before it.
  private func write(_ note: Note, into decisions: inout Decisions) {
    for (place, proposed) in decisions.accepted
    where place.lane == note.lane && place.row < note.row && proposed.note.lastRow >= note.row {
      decisions.accepted[place]?.note = proposed.note.ending(before: note.row)
    }
    let typed = ProposedNote(note: note, probability: 1, reason: "typed")
    take(Ghost(proposed: typed, status: .accepted), into: &decisions)
  }

  /// The last row that a hold may reach: before the next note of the lane that stays.
  private func limit(of lane: Lane, after row: Row) -> Row {
    let notes = request.chart.notes
    var next = notes.firstNote(in: lane, from: request.keepsExisting ? row + 1 : region.upperBound)?.row
    let later = decisions.accepted.keys.filter { $0.lane == lane && $0.row > row }.map(\.row).min()
    if let later { next = min(next ?? later, later) }
    return next.map { $0 - 1 } ?? Row(Int.max / 2)
  }

  private func check(_ lane: Lane, on row: Row) throws(Refusal) {
    let type = request.chart.header.stepsType
    let lanes = type.lanes ?? 0
    guard (0..<lanes).contains(lane.index) else { throw Refusal("\(type.name) has \(lanes) lanes") }
    guard region.contains(row) else {
      throw Refusal("measure \(row.measure) was not asked for; leave the review to write there")
    }
    guard let old = request.chart.notes.note(covering: row, lane: lane) else { return }
    if request.keepsExisting || !region.contains(old.row) {
      throw Refusal("lane \(lane.index + 1) is taken here by a note that stays")
    }
  }
}
