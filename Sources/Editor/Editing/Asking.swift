import Chart

extension EditorState {
  /// What is asked for without more words: the region, or some measures from the cursor's on.
  var askedRegion: Range<Row> {
    if let region { return region }
    let start = cursor.gridFloor(Row.perMeasure)
    return start..<start + Row.perMeasure * settings.askMeasures
  }

  mutating func ask(
    region: Range<Row>, level: Int?, scope: SuggestionRequest.Scope = .both, keeps: Bool = false
  ) throws(Refusal) -> [Effect] {
    let index = try shownChart()
    guard !timing.bpms.isEmpty else {
      throw Refusal("the tempo is not known yet; set it with \(keyHint("sync"))")
    }
    if case .failed(let reason) = music.status { throw Refusal("no music to listen to: \(reason)") }
    var request = SuggestionRequest(
      chart: document.charts[index], timing: timing, region: region, level: level ?? self.level,
      scope: scope, keepsExisting: keeps, density: settings.density,
      alternatives: settings.alternatives, seed: newSeed(),
      companions: settings.readsOtherCharts ? document.companions(of: index, timing: timing) : [])
    if case .selection = scope { request.shapes = notes.shapes(in: region) }
    return send(request, chartIndex: index)
  }

  /// The same question with the density and the level as they are now, and other dice. Where rows were typed it is
  /// about what comes after them.
  mutating func askAgain() throws(Refusal) -> [Effect] {
    guard let review else { throw Refusal("nothing was asked yet") }
    var request = review.request
    var purpose = PendingSuggestion.Purpose.review
    if let row = review.endOfTyped {
      guard let rest = review.rest(from: row) else { throw Refusal("nothing comes after what was typed") }
      request = rest
      purpose = .rest(from: row, isAnnounced: true)
    }
    request.density = settings.density
    if settings.level > 0 { request.level = settings.level }
    request.seed = newSeed()
    return send(request, chartIndex: review.chartIndex, purpose: purpose)
  }

  /// Asks once more for what comes after a row that was put right, where that is wanted and anything comes. What is
  /// shown stays until the answer is there.
  mutating func askForRest(from row: Row) -> [Effect] {
    guard settings.followsTyping, let review, var request = review.rest(from: row) else {
      return cancelRequest()
    }
    request.density = settings.density
    request.seed = newSeed()
    return send(request, chartIndex: review.chartIndex, purpose: .rest(from: row, isAnnounced: false))
  }

  /// Takes what is not refused, leaves, and asks for the next stretch of the same length.
  mutating func takeAllAndAsk() throws(Refusal) -> [Effect] {
    guard let last = review?.request else { throw Refusal("nothing was asked yet") }
    takeAll()
    var effects = leaveReview()
    let length = last.region.lowerBound.distance(to: last.region.upperBound)
    let next = last.region.upperBound..<last.region.upperBound + length
    guard music.duration == nil || next.lowerBound < lastRow else {
      message = Message("that was the last stretch of the song")
      return effects
    }
    if region == last.region { selection = Selection(rows: next) }
    effects += go(to: next.lowerBound)
    do throws(Refusal) {
      var scope = last.scope
      if case .selection = scope { scope = .selection(rows: try stepRows(in: next)) }
      effects += try ask(region: next, level: last.level, scope: scope, keeps: last.keepsExisting)
    } catch {
      // What was taken stays taken, though nothing can be asked further down.
      message = Message((message.map { $0.text + "; " } ?? "") + error.reason, weight: .warning)
    }
    return effects
  }

  /// The rows of a region on which the author has steps, to have panels for.
  func stepRows(in region: Range<Row>) throws(Refusal) -> [Row] {
    let rows = notes[region].filter(\.isStep).rows
    guard !rows.isEmpty else { throw Refusal("no steps in the region whose rhythm could be kept") }
    return rows
  }

  mutating func changeDensity(by factor: Double) throws(Refusal) -> [Effect] {
    settings.density = min(max((settings.density * factor * 100).rounded() / 100, 0.1), 8)
    let effects = review == nil ? [] : try askAgain()
    message = Message("density \(settings.density)\(review == nil ? "" : ": asking again")")
    return effects
  }

  /// Stops waiting for an answer, where one is awaited.
  mutating func cancelRequest() -> [Effect] {
    guard let pending = suggestionRequest else { return [] }
    suggestionRequest = nil
    return [.cancelSuggestion(pending.id)]
  }

  private mutating func send(
    _ request: SuggestionRequest, chartIndex: Int, purpose: PendingSuggestion.Purpose = .review
  ) -> [Effect] {
    let cancelled = cancelRequest()
    let id = newRequestID()
    suggestionRequest = PendingSuggestion(
      id: id, request: request, chartIndex: chartIndex, purpose: purpose)
    if purpose.isAwaited {
      message = Message("listening for steps in measures \(request.region.measureText)…")
    }
    return cancelled + [.suggest(id, request)]
  }

  private mutating func newSeed() -> UInt64 {
    defer { nextSeed += 1 }
    return nextSeed
  }
}

// MARK: - Answers

extension EditorState {
  /// Keeps an answer, unless nobody waits for it.
  mutating func suggestionArrived(_ id: RequestID, _ alternatives: [SuggestionAlternative]) {
    if suggestionRequest?.id == id { suggestionRequest?.answer = alternatives }
  }

  /// Opens the review of an answer, unless the region was edited since it was asked for. Under a sheet, or beside work
  /// on the tempo, no review begins: what is done there would change the charts that it is about.
  mutating func takeAnswer() {
    guard let pending = suggestionRequest, let alternatives = pending.answer else { return }
    guard pending.purpose != .review || (overlay == nil && sync == nil) else { return }
    suggestionRequest = nil
    if case .rest(let row, let isAnnounced) = pending.purpose {
      // Only a review that is still open waits for its rest: leaving it gives the question up.
      review?.follow(with: alternatives, from: row)
      revision += 1
      if isAnnounced { announceProposal() }
      return
    }
    guard isUnchanged(pending) else {
      message = Message(
        "the region was edited meanwhile, so the proposal was dropped; ask again", weight: .warning)
      return
    }
    guard alternatives.contains(where: { !$0.notes.isEmpty }) else {
      message = Message("nothing is proposed there")
      return
    }
    if let review, review.request.region == pending.request.region {
      self.review = review.answered(by: alternatives, to: pending.request)
    } else {
      review = ReviewSession(
        request: pending.request, chartIndex: pending.chartIndex, alternatives: alternatives)
      regionAnchor = nil
      openHolds.removeAll()
    }
    if let first = review?.nextOpenRow(after: pending.request.region.lowerBound - 1),
      !pending.request.region.contains(cursor)
    {
      cursor = first
    }
    revision += 1
    announceProposal()
  }

  private mutating func announceProposal() {
    let count = (review?.openCount ?? 0).counted("note")
    message = Message("proposal 1 of \(review?.alternatives.count ?? 0), \(count)")
  }

  mutating func suggestionFailed(_ id: RequestID, _ reason: String) {
    guard suggestionRequest?.id == id else { return }
    suggestionRequest = nil
    message = Message("no proposal: \(reason)", weight: .error)
  }

  /// Whether what the answer was made for still stands as it was.
  private func isUnchanged(_ pending: PendingSuggestion) -> Bool {
    let request = pending.request
    guard pending.chartIndex == chartIndex, let chart else { return false }
    return chart.header.stepsType == request.chart.header.stepsType && writtenTiming == request.timing
      && notes[request.region].elementsEqual(request.chart.notes[request.region])
      && (0..<lanes).map(Lane.init).allSatisfy { lane in
        let start = request.region.lowerBound
        return notes.note(covering: start, lane: lane)
          == request.chart.notes.note(covering: start, lane: lane)
      }
  }
}

// MARK: - Deciding

extension EditorState {
  /// Takes or refuses what is proposed on rows, and goes on to the next open proposal.
  mutating func decide(_ rows: Range<Row>, lane: Lane? = nil, accepts: Bool) -> [Effect] {
    let inside = review.map { rows.clamped(to: $0.region) } ?? rows
    var effects: [Effect] = []
    if !accepts {
      let isCorrected = review?.reject(inside, lane: lane, cursor: cursor) ?? false
      if isCorrected { effects = askForRest(from: inside.upperBound) }
    } else if inside.count > 1 {
      takeOpen(inside)
    } else {
      review?.accept(inside, lane: lane)
    }
    revision += 1
    if let lane,
      review?.ghosts(on: cursor).contains(where: { $0.status == .open && $0.note.lane != lane }) == true
    {
      moveFocus(by: 1)
      return effects
    }
    if let next = review?.nextOpenRow(after: rows.upperBound - 1) { return effects + go(to: next) }
    if review?.openCount == 0 { message = Message("all is decided; \(leaveHint) keeps what was taken") }
    return effects
  }

  mutating func takeAll() {
    if let review { takeOpen(review.region) }
  }

  /// Takes what was not refused on rows: to refuse a note and then take its measure is to want the others.
  private mutating func takeOpen(_ rows: Range<Row>) {
    let refused = (review?.ghosts(in: rows) ?? []).filter { $0.status == .rejected }
    review?.accept(rows)
    for ghost in refused { review?.reject(ghost.note.row..<ghost.note.row + 1, lane: ghost.note.lane) }
  }

  mutating func moveFocus(by step: Int) {
    guard let review else { return }
    let lanes = review.ghosts(on: cursor).map(\.note.lane)
    guard !lanes.isEmpty else { return }
    // One place more than there are notes: past the last one the whole row is meant again.
    let current = review.focus.flatMap { lanes.firstIndex(of: $0) } ?? (step > 0 ? -1 : lanes.count)
    let next = current + step
    self.review?.focus = lanes.indices.contains(next) ? lanes[next] : nil
  }

  mutating func chooseAlternative(by step: Int) {
    guard let review else { return }
    self.review?.choose(review.index + step)
    revision += 1
    message = Message("proposal \((self.review?.index ?? 0) + 1) of \(review.alternatives.count)")
  }

  private var leaveHint: String { keymap.keys(for: "leave", in: .review).first.map(Keymap.text) ?? ":leave" }
}

extension Range<Row> {
  /// The measures that the rows lie in, for a message: `12–15`.
  package var measureText: String {
    let last = Swift.max(lowerBound, upperBound - 1).measure
    return lowerBound.measure == last ? "\(last)" : "\(lowerBound.measure)–\(last)"
  }
}
