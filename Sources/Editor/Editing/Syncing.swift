import Chart

extension EditorState {
  /// Opens tempo work on the timing in force, and listens for a tempo where there is none yet.
  mutating func beginSync() -> [Effect] {
    sync = SyncSession(timing: writtenTiming, notesKeep: settings.notesKeep)
    regionAnchor = nil
    contentChanged()
    return writtenTiming.bpms.isEmpty ? listen() : []
  }

  /// Listens for the tempo, following the music more closely than before or (below 0) less.
  mutating func listen(tighterBy step: Double = 0) -> [Effect] {
    let tightness = min(max((sync?.tightness ?? 0.5) + step, 0), 1)
    sync?.tightness = tightness
    guard case .loaded = music.status else {
      sync?.hearing = .failed("there is no music to listen to")
      return []
    }
    let cancelled = cancelTempo()
    let id = newRequestID()
    tempoRequest = id
    sync?.hearing = .listening
    return cancelled + [.detectTempo(id, TempoRequest(range: regionTimes, tightness: tightness))]
  }

  /// The region on the clock of the music; nil without a region.
  private var regionTimes: Range<Seconds>? {
    guard let region else { return nil }
    let map = timingMap
    return map.seconds(at: region.lowerBound)..<map.seconds(at: region.upperBound)
  }

  mutating func cancelTempo() -> [Effect] {
    guard let id = tempoRequest else { return [] }
    tempoRequest = nil
    if sync?.hearing == .listening { sync?.hearing = .idle }
    return [.cancelTempo(id)]
  }

  mutating func tempoArrived(_ id: RequestID, _ estimate: TempoEstimate) {
    guard tempoRequest == id else { return }
    tempoRequest = nil
    guard sync != nil else { return }
    sync?.estimate = estimate
    sync?.hearing = estimate.candidates.isEmpty ? .noTempo : .heard
    guard !estimate.candidates.isEmpty else {
      message = Message("no tempo found; tap it, or set BPM and offset by hand", weight: .warning)
      return
    }
    if estimate.segments.count > 1 {
      changeTempo { $0.ghosts = estimate.events }
      message = Message(
        "the tempo changes: \(estimate.segments.count) segments proposed, a takes all of them")
    }
    if sync?.before.bpms.isEmpty == true, sync?.isChanged == false { chooseCandidate(0) }
  }

  mutating func tempoFailed(_ id: RequestID, _ reason: String) {
    guard tempoRequest == id else { return }
    tempoRequest = nil
    sync?.hearing = .failed(reason)
    message = Message("no tempo: \(reason)", weight: .error)
  }

  /// Changes the session as one step that `undo-tempo` takes back; pins hold.
  mutating func changeTempo(_ change: (inout SyncSession) -> Void) {
    guard var session = sync else { return }
    let before = session.step
    change(&session)
    session.holdPins()
    guard session.step != before else { return }
    session.past.append(before)
    sync = session
    contentChanged()
  }

  /// Changes the draft, or says why it cannot be.
  mutating func changeDraft(
    _ why: String = "there is no room for that", _ change: (TimingData) -> TimingData?
  ) throws(Refusal) -> [Effect] {
    guard let draft = sync?.draft else { return [] }
    guard let next = change(draft) else { throw Refusal(why) }
    changeTempo { session in
      session.draft = next
      session.choice = nil
    }
    tellTempo()
    return []
  }

  mutating func chooseCandidate(_ number: Int) {
    guard let candidates = sync?.estimate.candidates, !candidates.isEmpty else { return }
    let index = ((number % candidates.count) + candidates.count) % candidates.count
    let candidate = candidates[index]
    changeTempo { session in
      session.draft.offset = candidate.offset
      session.draft.bpms = [TimingEvent(row: .zero, value: candidate.bpm)]
      session.choice = index
    }
  }

  /// Closes the session; the draft becomes the timing of the charts that had the one it began with.
  mutating func keepTempo(reach: TimingReach = .alike, makesChart: Bool = true) throws(Refusal) -> [Effect] {
    guard let session = sync else { return [] }
    guard session.isChanged || session.hearing != .listening || !session.draft.bpms.isEmpty else {
      throw Refusal(
        "the tempo is still being listened for; wait for it, tap it (\(tempoHint("tap"))), "
          + "or leave without (\(tempoHint("drop-tempo")))")
    }
    let cancelled = cancelTempo()
    sync = nil
    contentChanged()
    guard session.isChanged else {
      message = Message(session.draft.bpms.isEmpty ? noTempoText : "the tempo is as it was")
      return cancelled
    }
    let effects = try retime(
      to: session.draft, "set tempo", saying: "tempo kept", reach: reach,
      movesNotes: session.notesKeep == .times)
    if makesChart, document.charts.isEmpty { openChartForm() }
    return cancelled + effects
  }

  /// Leaves with the tempo as it was; what was changed goes only after the author said so.
  mutating func dropTempo(unasked: Bool = false) -> [Effect] {
    guard unasked || sync?.isChanged != true else {
      overlay = .question(.dropTempo)
      return []
    }
    let cancelled = cancelTempo()
    sync = nil
    contentChanged()
    if writtenTiming.bpms.isEmpty { message = Message(noTempoText) }
    return cancelled
  }

  private var noTempoText: String { "the tempo is not known yet; \(keyHint("sync")) finds it" }

  mutating func tellTempo() {
    let bpm = timing.bpm(at: cursor)
    message = Message("\(bpm.decimals(3)) BPM here, offset \(timing.offset.value.decimals(3)) s")
  }
}

extension Int {
  /// So many of something, for messages: `1 note`, `2 notes`.
  package func counted(_ thing: String) -> String { "\(self) \(thing)\(self == 1 ? "" : "s")" }
}

extension Double {
  /// The number with so many decimals, for messages.
  package func decimals(_ places: Int) -> String {
    guard isFinite, abs(self) < 1e12 else { return "\(self)" }
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let units = Int((self * Double(scale)).rounded())
    let fraction = String(abs(units) % scale)
    let padded = String(repeating: "0", count: max(0, places - fraction.count)) + fraction
    return (units < 0 ? "-" : "") + "\(abs(units) / scale)" + (places > 0 ? ".\(padded)" : "")
  }
}
