import Chart

/// What a review has taken becomes part of the song: when it is left, and whenever the song is saved meanwhile.
extension EditorState {
  /// Closes the review; everything taken in it becomes one step of the history.
  mutating func leaveReview() -> [Effect] {
    guard let review else { return [] }
    let effects = keepReviewed()
    let count = review.newlyAccepted
    if effects.isEmpty {
      message = Message(review.base == nil ? "nothing was taken" : "what was taken is in the song")
    } else {
      message = Message(count == 0 ? "notes were taken out" : "took \(count.counted("note"))")
    }
    closeReview()
    return cancelRequest() + effects
  }

  /// Writes what the open review has taken into the chart, as one step of the history. The review goes on as it is,
  /// beside the notes that were there before it.
  mutating func keepReviewed() -> [Effect] {
    guard let review, document.charts.indices.contains(review.chartIndex) else { return [] }
    let edit = ChartEdit(
      notesFrom: document.charts[review.chartIndex].notes, to: review.result(of: notes))
    let name =
      review.newlyAccepted == 0 ? "take notes out" : "take \(review.newlyAccepted.counted("proposed note"))"
    guard !edit.isEmpty else { return [] }
    let holds = openHolds
    let base = notes
    self.review?.markKept(base: base)
    let effects = commit(name, [.chart(index: review.chartIndex, edit)])
    openHolds = holds
    return effects
  }

  /// Closes the review and takes nothing that is not in the song yet; what was decided goes only after the author said
  /// so.
  mutating func dropReview(unasked: Bool = false) -> [Effect] {
    guard let review else { return [] }
    guard unasked || !review.isDecided else {
      overlay = .question(.dropReview)
      return []
    }
    closeReview()
    message = Message(
      review.base == nil ? "nothing was taken" : "nothing was taken since the song was saved")
    return cancelRequest()
  }

  private mutating func closeReview() {
    review = nil
    openHolds.removeAll()
    revision += 1
  }

  /// Whether leaving the review would change the song.
  var reviewChanges: Bool {
    guard let review, document.charts.indices.contains(review.chartIndex) else { return false }
    return review.result(of: notes) != document.charts[review.chartIndex].notes
  }
}

/// What the journal holds of an open review.
struct ReviewDraft: Sendable {
  var decisions: ReviewSession.Decisions?
  /// The chart's notes as they are after the entries; nil before the first.
  var notes: NoteList?
  /// How many entries were written.
  var count = 0
}

extension EditorState {
  /// Writes down what a review has taken since the last time, so that a crash loses no decision. The entries stand for
  /// the step that leaving the review makes, and count only until it is there.
  mutating func journalDraft() -> [Effect] {
    guard let review, document.charts.indices.contains(review.chartIndex) else {
      let wasJournalled = draft.count > 0
      draft = ReviewDraft()
      return wasJournalled ? [journalDraft([])] : []
    }
    guard review.decisions != draft.decisions else { return [] }
    draft.decisions = review.decisions
    let after = review.result(of: notes)
    let edit = ChartEdit(notesFrom: draft.notes ?? document.charts[review.chartIndex].notes, to: after)
    guard !edit.isEmpty else { return [] }
    draft.count += 1
    draft.notes = after
    return [journalDraft([.chart(index: review.chartIndex, edit)])]
  }

  private func journalDraft(_ edits: [DocumentEdit]) -> Effect {
    let transaction = Transaction(
      name: "decide in a review", edits: edits, chartIndex: chartIndex, cursor: cursor)
    return .journal(
      JournalEntry(sequence: journalled + 1, draft: draft.count, transaction: transaction))
  }
}
