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

/// Proposals looked through one by one, and typed over where they are wrong. Nothing of it is in the chart: what was
/// accepted or typed becomes one transaction when the review is left.
///
/// Invariant: every note of every alternative, and so every ghost that the author did not type, starts and ends inside
/// the region and collides with no note that the request keeps or that begins outside the region. What is typed starts
/// inside the region.
package struct ReviewSession: Sendable {
  /// All that the author decided so far.
  struct Decisions: Hashable, Sendable {
    /// What was typed is accepted too.
    var accepted: [Place: ProposedNote] = [:]
    var rejected: Set<Place> = []
    /// Rows taken as a whole: no other alternative is shown there.
    var settled = RowSet()
    /// Rows that the author wrote: a lane key adds to them and takes from them.
    var typed = RowSet()
    /// Notes of the chart that give way to what was accepted.
    var replaced: Set<Note> = []
  }

  /// The alternatives, and which of them is shown.
  struct Proposals: Hashable, Sendable {
    var alternatives: [SuggestionAlternative]
    var index = 0
  }

  /// What a decision can be taken back to. A correction also takes back the proposals that it led to, and brings the
  /// cursor back.
  struct Step: Hashable, Sendable {
    var decisions: Decisions
    var proposals: Proposals?
    var cursor: Row?
  }

  package let request: SuggestionRequest
  package let chartIndex: Int
  var proposals: Proposals
  /// The ghost of the cursor's row that single-note commands mean; nil when they mean the row.
  package internal(set) var focus: Lane?
  /// What is shown, in reading order.
  package private(set) var ghosts: [Ghost] = []
  /// The probabilities of what the model proposes, for what counts as sure among them.
  private var scale = ConfidenceScale([])
  var decisions = Decisions()
  var past: [Step] = []
  /// The row last typed on, and where the cursor went from it: until the cursor moves, that row is meant.
  var lastTyped: LastTyped?
  /// The chart's notes as the review began, once some of it was written into the chart.
  private(set) var base: NoteList?
  private var keptDecisions = Decisions()

  struct LastTyped: Hashable, Sendable {
    var row: Row
    var cursor: Row
  }

  init(request: SuggestionRequest, chartIndex: Int, alternatives: [SuggestionAlternative]) {
    self.request = request
    self.chartIndex = chartIndex
    proposals = Proposals(alternatives: alternatives.map { ReviewSession.fitted($0, to: request) })
    refresh()
  }

  package var region: Range<Row> { request.region }
  package var alternatives: [SuggestionAlternative] { proposals.alternatives }
  package var index: Int { proposals.index }
  package var alternative: SuggestionAlternative? {
    alternatives.indices.contains(index) ? alternatives[index] : nil
  }
  package var acceptedCount: Int { decisions.accepted.count }
  package var openCount: Int { ghosts.count { $0.status == .open } }
  package var canUndo: Bool { !past.isEmpty }
  /// Whether anything was decided that is not in the chart yet.
  var isDecided: Bool { decisions != keptDecisions }
  /// How many notes were accepted that are not in the chart yet.
  var newlyAccepted: Int {
    decisions.accepted.count { place, proposed in keptDecisions.accepted[place] != proposed }
  }

  package func ghosts(in rows: Range<Row>) -> ArraySlice<Ghost> {
    ghosts[firstIndex(at: rows.lowerBound)..<firstIndex(at: rows.upperBound)]
  }

  package func ghosts(on row: Row) -> ArraySlice<Ghost> { ghosts(in: row..<row + 1) }

  /// Whether the author wrote a row.
  package func isTyped(_ row: Row) -> Bool { decisions.typed.contains(row) }

  /// Whether a note of the chart gives way, or would if everything proposed were accepted.
  package func isReplaced(_ note: Note) -> Bool {
    decisions.replaced.contains(note)
      || (!request.keepsExisting && region.contains(note.row) && !decisions.settled.contains(note.row))
  }

  /// How sure the model is of a note beside the others of the proposal, from 0 to 1. What the author typed is sure.
  package func confidence(of ghost: Ghost) -> Double {
    isTyped(ghost.note.row) ? 1 : scale.confidence(of: ghost.proposed)
  }

  /// The chart's notes as they would be with everything taken that is not refused: what is to be heard.
  package func preview(of notes: NoteList) -> NoteList {
    var notes = notes
    notes.remove(contentsOf: notes.filter(isReplaced))
    notes.insert(contentsOf: ghosts.filter { $0.status != .rejected }.map(\.note))
    return notes
  }

  /// The first row with an open ghost after a row.
  package func nextOpenRow(after row: Row) -> Row? {
    ghosts(in: row + 1..<end).first { $0.status == .open }?.note.row
  }
  package func nextRow(after row: Row) -> Row? { ghosts(in: row + 1..<end).first?.note.row }
  package func previousRow(before row: Row) -> Row? { ghosts.last { $0.note.row < row }?.note.row }

  /// The next row with an open ghost that the model is unsure of.
  package func nextUnsureRow(after row: Row) -> Row? {
    ghosts(in: row + 1..<end).first(where: isUnsure)?.note.row
  }
  package func previousUnsureRow(before row: Row) -> Row? {
    ghosts.last { $0.note.row < row && isUnsure($0) }?.note.row
  }

  /// The rows on which a step was likely and none stands, as long as nothing was decided there; ascending.
  package var nearRows: [Row] {
    (alternative?.nearRows ?? []).filter { !decisions.settled.contains($0) && ghosts(on: $0).isEmpty }
  }

  private func isUnsure(_ ghost: Ghost) -> Bool {
    ghost.status == .open && confidence(of: ghost) < ConfidenceScale.unsure
  }

  /// After every ghost, and not before any row that is asked about.
  private var end: Row { Row(Int.max) }

  private func firstIndex(at row: Row) -> Int { ghosts.firstIndex(past: { $0.note.row < row }) }

  /// Notes that all that is decided is in the chart now.
  mutating func markKept(base: NoteList) {
    self.base = base
    keptDecisions = decisions
  }

  /// The same review with new proposals; what was decided stays.
  func answered(by alternatives: [SuggestionAlternative], to request: SuggestionRequest) -> ReviewSession {
    var next = ReviewSession(request: request, chartIndex: chartIndex, alternatives: alternatives)
    next.decisions = decisions
    next.past = past
    next.base = base
    next.keptDecisions = keptDecisions
    next.refresh()
    return next
  }

  /// Makes what is shown anew from the proposals and the decisions.
  mutating func refresh() {
    let accepted = NoteList(decisions.accepted.values.map(\.note))
    var shown = decisions.accepted.values.map { Ghost(proposed: $0, status: .accepted) }
    for proposed in alternative?.notes ?? [] {
      let place = Place(proposed.note)
      if decisions.accepted[place] != nil || decisions.settled.contains(place.row) { continue }
      guard let fitting = proposed.fitted(among: accepted, limit: region.upperBound) else { continue }
      shown.append(Ghost(proposed: fitting, status: decisions.rejected.contains(place) ? .rejected : .open))
    }
    ghosts = shown.sorted { $0.note < $1.note }
    scale = ConfidenceScale(ghosts.filter { !isTyped($0.note.row) }.map(\.proposed))
  }

  /// The alternative without the notes that may not be where they are, and with tails cut to the region.
  static func fitted(_ alternative: SuggestionAlternative, to request: SuggestionRequest)
    -> SuggestionAlternative
  {
    let lanes = request.chart.header.stepsType.lanes ?? 0
    var fixed = request.chart.notes
    if !request.keepsExisting {
      fixed = NoteList(sorted: fixed.filter { !request.region.contains($0.row) })
    }
    var seen: Set<Place> = []
    let notes = alternative.notes.sorted { $0.note < $1.note }.compactMap { proposed -> ProposedNote? in
      guard request.region.contains(proposed.note.row), (0..<lanes).contains(proposed.note.lane.index),
        let fitting = proposed.fitted(among: fixed, limit: request.region.upperBound),
        seen.insert(Place(proposed.note)).inserted
      else { return nil }
      return fitting
    }
    return SuggestionAlternative(
      notes: notes, score: alternative.score, nearRows: alternative.nearRows.filter(request.region.contains))
  }
}

extension ProposedNote {
  /// The note with its tail cut before the next one of its lane and before a row; nil where its place is taken.
  fileprivate func fitted(among fixed: NoteList, limit: Row) -> ProposedNote? {
    guard fixed.note(covering: note.row, lane: note.lane) == nil else { return nil }
    guard let end = note.end else { return self }
    let next = min(fixed.firstNote(in: note.lane, from: note.row + 1)?.row ?? limit, limit)
    guard end >= next else { return self }
    var cut = self
    cut.note = note.ending(before: next)
    return cut
  }
}

/// A question that the model is at work on.
package struct PendingSuggestion: Sendable {
  /// What becomes of the answer.
  package enum Purpose: Hashable, Sendable {
    /// It is shown as a review of its own.
    case review
    /// It takes the place of what the open review proposes from a row on.
    case rest(from: Row, isAnnounced: Bool)

    /// Whether the author asked for it in so many words, and is told.
    package var isAwaited: Bool {
      switch self {
      case .review: true
      case .rest(_, let isAnnounced): isAnnounced
      }
    }
  }

  package let id: RequestID
  package let request: SuggestionRequest
  package let chartIndex: Int
  package let purpose: Purpose
  /// What was answered, while it has to wait.
  var answer: [SuggestionAlternative]?
}
