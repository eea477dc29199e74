import Chart

/// A proposed note as the author sees it.
package struct Ghost: Hashable, Sendable {
  package enum Status: Hashable, Sendable { case open, accepted, rejected }

  package var proposed: ProposedNote
  package var status: Status

  package var note: Note { proposed.note }
}

/// A place of the field.
package struct Place: Hashable, Sendable {
  package var row: Row
  package var lane: Lane

  package init(row: Row, lane: Lane) {
    self.row = row
    self.lane = lane
  }

  package init(_ note: Note) { self.init(row: note.row, lane: note.lane) }
}

/// Proposals looked through one by one. Nothing of it is in the chart: what was accepted becomes one transaction
/// when the review is left.
///
/// Invariant: every note of every alternative, and so every ghost, starts and ends inside the region and collides
/// with no note that the request keeps or that begins outside the region.
package struct ReviewSession: Sendable {
  /// All that the author decided so far.
  struct Decisions: Hashable, Sendable {
    var accepted: [Place: ProposedNote] = [:]
    var rejected: Set<Place> = []
    /// Rows taken as a whole: no other alternative is shown there.
    var settled = RowSet()
    /// Notes of the chart that give way to what was accepted.
    var replaced: Set<Note> = []
  }

  package let request: SuggestionRequest
  package let chartIndex: Int
  package private(set) var alternatives: [SuggestionAlternative]
  package private(set) var index = 0
  /// The ghost of the cursor's row that single-note commands mean; nil when they mean the row.
  package internal(set) var focus: Lane?
  /// What is shown, in reading order.
  package private(set) var ghosts: [Ghost] = []
  /// The probabilities that count as unsure and as sure among the notes of this alternative: what a model calls
  /// likely differs from song to song.
  private var confidences: ClosedRange<Double> = 0...1
  private(set) var decisions = Decisions()
  private var past: [Decisions] = []

  init(request: SuggestionRequest, chartIndex: Int, alternatives: [SuggestionAlternative]) {
    self.request = request
    self.chartIndex = chartIndex
    self.alternatives = alternatives.map { ReviewSession.fitted($0, to: request) }
    refresh()
  }

  package var region: Range<Row> { request.region }
  package var alternative: SuggestionAlternative? {
    alternatives.indices.contains(index) ? alternatives[index] : nil
  }
  package var acceptedCount: Int { decisions.accepted.count }
  package var openCount: Int { ghosts.count { $0.status == .open } }
  package var canUndo: Bool { !past.isEmpty }

  package func ghosts(in rows: Range<Row>) -> ArraySlice<Ghost> {
    ghosts[firstIndex(at: rows.lowerBound)..<firstIndex(at: rows.upperBound)]
  }

  package func ghosts(on row: Row) -> ArraySlice<Ghost> { ghosts(in: row..<row + 1) }

  /// Whether a note of the chart gives way, or would if everything proposed were accepted.
  package func isReplaced(_ note: Note) -> Bool {
    decisions.replaced.contains(note)
      || (!request.keepsExisting && region.contains(note.row) && !decisions.settled.contains(note.row))
  }

  /// How sure the model is of a note beside the others of the proposal, from 0 to 1.
  package func confidence(of ghost: Ghost) -> Double {
    let width = confidences.upperBound - confidences.lowerBound
    // Where all are much alike none is singled out.
    guard width > 0.02 else { return 0.7 }
    return min(max((ghost.proposed.probability - confidences.lowerBound) / width, 0), 1)
  }

  /// The chart's notes as they would be with everything taken that is not refused: what is to be heard.
  package func preview(of notes: NoteList) -> NoteList {
    var notes = notes
    notes.remove(contentsOf: notes.filter(isReplaced))
    notes.insert(contentsOf: ghosts.filter { $0.status != .rejected }.map(\.note))
    return notes
  }

  /// The first row with an open ghost after a row, or the last one before it.
  package func nextOpenRow(after row: Row) -> Row? {
    ghosts.first { $0.status == .open && $0.note.row > row }?.note.row
  }
  package func nextRow(after row: Row) -> Row? { ghosts.first { $0.note.row > row }?.note.row }
  package func previousRow(before row: Row) -> Row? { ghosts.last { $0.note.row < row }?.note.row }

  private func firstIndex(at row: Row) -> Int {
    var low = 0
    var high = ghosts.count
    while low < high {
      let middle = (low + high) / 2
      if ghosts[middle].note.row < row { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

// MARK: - Deciding

extension ReviewSession {
  /// Takes what is proposed on rows, or in one lane of them.
  mutating func accept(_ rows: Range<Row>, lane: Lane? = nil) {
    var decisions = decisions
    for ghost in ghosts(in: rows) where lane == nil || ghost.note.lane == lane {
      decisions.accepted[Place(ghost.note)] = ghost.proposed
      decisions.rejected.remove(Place(ghost.note))
      if !request.keepsExisting,
        let old = request.chart.notes.note(covering: ghost.note.row, lane: ghost.note.lane),
        region.contains(old.row)
      {
        decisions.replaced.insert(old)
      }
    }
    if lane == nil {
      let inside = rows.clamped(to: region)
      decisions.settled.insert(inside)
      if !request.keepsExisting { decisions.replaced.formUnion(request.chart.notes[inside]) }
    }
    decide(decisions)
  }

  /// Refuses what is proposed on rows, or in one lane of them; what was taken there before is given back.
  mutating func reject(_ rows: Range<Row>, lane: Lane? = nil) {
    var decisions = decisions
    for ghost in ghosts(in: rows) where lane == nil || ghost.note.lane == lane {
      decisions.accepted[Place(ghost.note)] = nil
      decisions.rejected.insert(Place(ghost.note))
    }
    decisions.settled.remove(rows)
    let taken = decisions.accepted.keys
    decisions.replaced = decisions.replaced.filter { old in
      let isTaken = taken.contains { $0.lane == old.lane && $0.row >= old.row && $0.row <= old.lastRow }
      return !rows.contains(old.row) || isTaken
    }
    decide(decisions)
  }

  /// Shows another alternative; what was decided stays.
  mutating func choose(_ number: Int) {
    guard !alternatives.isEmpty else { return }
    index = ((number % alternatives.count) + alternatives.count) % alternatives.count
    focus = nil
    refresh()
  }

  mutating func undo() {
    guard let last = past.popLast() else { return }
    decisions = last
    refresh()
  }

  /// The same review with new proposals; what was decided stays.
  func answered(by alternatives: [SuggestionAlternative], to request: SuggestionRequest) -> ReviewSession {
    var next = ReviewSession(request: request, chartIndex: chartIndex, alternatives: alternatives)
    next.decisions = decisions
    next.past = past
    next.refresh()
    return next
  }

  /// The chart's notes with everything accepted in their place.
  func result(of notes: NoteList) -> NoteList {
    var notes = notes
    notes.remove(contentsOf: decisions.replaced)
    notes.insert(contentsOf: decisions.accepted.values.map(\.note))
    return notes
  }

  private mutating func decide(_ decisions: Decisions) {
    guard decisions != self.decisions else { return }
    past.append(self.decisions)
    self.decisions = decisions
    refresh()
  }

  private mutating func refresh() {
    var shown = decisions.accepted.values.map { Ghost(proposed: $0, status: .accepted) }
    for proposed in alternative?.notes ?? [] {
      let place = Place(proposed.note)
      if decisions.accepted[place] != nil || decisions.settled.contains(place.row) { continue }
      shown.append(Ghost(proposed: proposed, status: decisions.rejected.contains(place) ? .rejected : .open))
    }
    ghosts = shown.sorted { $0.note < $1.note }
    let sorted = ghosts.map(\.proposed.probability).sorted()
    if let last = sorted.indices.last { confidences = sorted[last / 20]...sorted[last - last / 20] }
  }

  /// The alternative without the notes that may not be where they are, and with tails cut to the region.
  private static func fitted(_ alternative: SuggestionAlternative, to request: SuggestionRequest)
    -> SuggestionAlternative
  {
    let lanes = request.chart.header.stepsType.lanes ?? 0
    var fixed = NoteList()
    if request.keepsExisting {
      fixed = request.chart.notes
    } else {
      fixed = NoteList(sorted: request.chart.notes.filter { !request.region.contains($0.row) })
    }
    var seen: Set<Place> = []
    let notes = alternative.notes.sorted { $0.note < $1.note }.compactMap { proposed -> ProposedNote? in
      var proposed = proposed
      let note = proposed.note
      guard request.region.contains(note.row), (0..<lanes).contains(note.lane.index),
        fixed.note(covering: note.row, lane: note.lane) == nil, seen.insert(Place(note)).inserted
      else { return nil }
      if let end = note.end {
        let next = fixed.firstNote(in: note.lane, from: note.row + 1)?.row ?? request.region.upperBound
        let limit = min(next, request.region.upperBound)
        if end >= limit { proposed.note = note.ending(before: limit) }
      }
      return proposed
    }
    return SuggestionAlternative(notes: notes, score: alternative.score)
  }
}

/// A question that the model is at work on.
package struct PendingSuggestion: Sendable {
  package let id: RequestID
  package let request: SuggestionRequest
  package let chartIndex: Int
}
