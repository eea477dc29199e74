import Chart

/// What keys write over a proposal. Nothing waits for an answer: a correction is shown at once, and what is proposed
/// after it changes when the model has thought again.
extension EditorState {
  /// A lane key in a review: it closes the lane's open hold, or writes the row here and goes on.
  mutating func typeOver(_ lane: Lane, at moment: Moment) throws(Refusal) -> [Effect] {
    let row = struckRow(moment)
    if let open = openHolds[lane], open.row < row {
      openHolds[lane] = nil
      let effects = try correct(open.row) { review, cursor throws(Refusal) in
        try review.typeHold(in: lane, from: open.row, to: row, cursor: cursor)
      }
      return effects + goOn(from: open.row)
    }
    let effects = try correct(row) { review, cursor throws(Refusal) in
      try review.type(lane, on: row, cursor: cursor)
    }
    return effects + goOn(from: row)
  }

  /// One more lane on the row just typed, or on the cursor's.
  mutating func typeAlso(_ lane: Lane) throws(Refusal) -> [Effect] {
    guard let row = review?.meant(at: cursor) else { return [] }
    return try correct(row) { review, cursor throws(Refusal) in
      try review.typeAlso(lane, on: row, cursor: cursor)
    }
  }

  /// Writes the head of a hold here; its lane's key puts the tail where the cursor is then.
  mutating func openHoldOver(_ lane: Lane) throws(Refusal) -> [Effect] {
    let row = cursor
    let effects = try correct(row) { review, cursor throws(Refusal) in
      try review.type(lane, on: row, cursor: cursor)
    }
    openHolds[lane] = OpenHold(row: row, kind: .hold)
    message = Message("hold open on lane \(lane.index + 1): go to its end and press the lane")
    return effects
  }

  /// Moves the tails of the row just typed, or of the cursor's, by steps of the snap.
  mutating func stretchOver(by steps: Int) throws(Refusal) -> [Effect] {
    guard let row = review?.meant(at: cursor) else { return [] }
    let snap = snap
    return try correct(row) { review, cursor throws(Refusal) in
      try review.stretch(row, by: steps, of: snap, cursor: cursor)
    }
  }

  /// Changes one row of the review and asks for what comes after it.
  private mutating func correct(
    _ row: Row, _ change: (inout ReviewSession, Row) throws(Refusal) -> Void
  ) throws(Refusal) -> [Effect] {
    guard var changed = review else { return [] }
    try change(&changed, cursor)
    changed.focus = nil
    review = changed
    revision += 1
    return askForRest(from: row + 1)
  }

  /// To the next row that is proposed and open, or else on by the snap; the row just typed is still meant by `also`.
  private mutating func goOn(from row: Row) -> [Effect] {
    guard settings.typingGoesOn, !playback.isPlaying else { return [] }
    let effects = go(to: review?.nextOpenRow(after: row) ?? snap.next(after: row))
    review?.lastTyped = ReviewSession.LastTyped(row: row, cursor: cursor)
    return effects
  }

  /// Takes the last decision back, with what was proposed because of it.
  mutating func undecide() throws(Refusal) -> [Effect] {
    guard review?.canUndo == true else { throw Refusal("nothing was decided yet") }
    openHolds.removeAll()
    let effects = cancelRequest()
    guard let row = review?.undo() else {
      revision += 1
      return effects
    }
    revision += 1
    return effects + go(to: row)
  }
}
