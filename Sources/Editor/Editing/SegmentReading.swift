import Chart

extension EditorState {
  /// Shows the next alternative of the proposed tempo at the cursor; after the last one the tempo as it was proposed.
  mutating func readNext() throws(Refusal) -> [Effect] {
    guard let session = sync, let tempo = session.proposedTempo(at: cursor) else {
      throw Refusal("no segment is proposed here")
    }
    var reading = SyncSession.Reading(
      proposed: session.step, shown: session.step, origin: tempo.row, row: tempo.row)
    if let last = session.reading, last.row == tempo.row, last.shown == session.step {
      reading = last
      reading.index += 1
    }
    var alternatives: [TempoAlternative] = []
    for ghost in reading.proposed.ghosts where ghost.row == reading.origin && ghost.isTempo {
      alternatives = ghost.alternatives
    }
    guard !alternatives.isEmpty else { throw Refusal("this segment can be read in one way only") }
    while reading.index < alternatives.count {
      var trial = session
      trial.step = reading.proposed
      let alternative = alternatives[reading.index]
      if let row = trial.read(alternative, at: reading.origin) {
        reading.row = row
        show(reading, trial.step)
        message = Message("\(alternative.summary), \(reading.index + 1) of \(alternatives.count) readings")
        return go(to: row)
      }
      reading.index += 1
    }
    show(nil, reading.proposed)
    message = Message("the segment as it was proposed")
    return go(to: reading.origin)
  }

  private mutating func show(_ reading: SyncSession.Reading?, _ step: SyncSession.Step) {
    changeTempo { $0.step = step }
    sync?.reading = reading
    // Pins may have bent it.
    if let shown = sync?.step { sync?.reading?.shown = shown }
  }
}

extension SyncSession {
  /// The proposed tempo in force at a row, not refused.
  package func proposedTempo(at row: Row) -> GhostTempo? {
    ghosts.last { $0.row <= row && $0.isTempo && $0.status != .rejected }
  }

  /// Reads the segment that begins at a row another way. The music keeps its times where it can: what comes after a
  /// rounded tempo begins so much earlier or later.
  /// - Returns: where the segment begins then; nil when there is no room.
  fileprivate mutating func read(_ alternative: TempoAlternative, at row: Row) -> Row? {
    switch alternative.kind {
    case .double: return recount(at: row, by: 2)
    case .half: return recount(at: row, by: 0.5)
    case .whole, .measured: return retune(at: row, to: alternative.bpm)
    case .beatEarlier, .beatLater, .barEarlier, .barLater:
      let target = row + (alternative.kind.shift ?? 0) * Row.perBeat
      let (left, right) = neighbours(of: row)
      guard row > .zero, target > left, right.map({ target < $0 }) ?? true, !hasPause(at: row) else {
        return nil
      }
      bend(from: left, around: row, to: target, right: right)
      changeGhosts(at: row) { $0.row = target }
      return target
    }
  }

  /// Counts other beats in a segment, all that comes after it on other rows.
  private mutating func recount(at row: Row, by factor: Double) -> Row? {
    guard let tempo = ghosts.first(where: { $0.row == row && $0.isTempo }), case .bpm(let bpm) = tempo.kind
    else { return nil }
    var added = 0
    let right = neighbours(of: row).right
    if let right {
      let rows = Double(row.distance(to: right)) * factor
      guard rows.truncatingRemainder(dividingBy: Double(Row.perBeat)) == 0 else { return nil }
      added = Int(rows) - row.distance(to: right)
    }
    rewriteGhosts { ghost in
      if ghost.row == row && ghost.isTempo { ghost.kind = .bpm(bpm * factor) }
      if let right, ghost.row >= right { ghost.row = ghost.row + added }
    }
    return row
  }

  /// Sets the tempo of a segment; the pause after it or the segment after it takes up the difference.
  private mutating func retune(at row: Row, to bpm: Double) -> Row? {
    let right = neighbours(of: row).right
    let map = TimingMap(proposedTiming)
    setGhostBPM(bpm, at: row)
    guard let right else { return row }
    let late = TimingMap(proposedTiming).seconds(at: right) - map.seconds(at: right)
    if hasPause(at: right) {
      let pause = pause(at: right) - late
      guard pause > .zero else { return nil }
      changeGhosts(at: right) { if case .stop = $0.kind { $0.kind = .stop(pause) } }
    } else if let end = neighbours(of: right).right {
      let length = map.seconds(at: end) - pause(at: end) - map.seconds(at: right) - late
      guard length.value > 0.001 else { return nil }
      setGhostBPM(60 * (end.beat.value - right.beat.value) / length.value, at: right)
    }
    return row
  }
}

extension TempoAlternative {
  /// `half: 64.000 BPM, 19 of 20 beats within 6.1 ms`.
  package var summary: String {
    let within = fit.map { ", 19 of 20 beats within \(($0.worst.value * 1000).decimals(1)) ms" } ?? ""
    return "\(kind.rawValue): \(bpm.decimals(3)) BPM\(within)"
  }
}
