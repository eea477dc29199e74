import Chart

extension EditorState {
  /// Moves the pin at the cursor, or else the whole grid, by seconds.
  mutating func nudge(by seconds: Double) throws(Refusal) -> [Effect] {
    if let pin = sync?.pins.first(where: { $0.row == cursor }) {
      setPin(at: cursor, to: pin.time + Seconds(seconds))
      tellTempo()
      return []
    }
    changeTempo { session in
      session.draft.offset = session.draft.offset - Seconds(seconds)
      for index in session.pins.indices { session.pins[index].time += Seconds(seconds) }
    }
    tellTempo()
    return []
  }

  mutating func setPin(at row: Row, to time: Seconds) {
    changeTempo { session in
      session.pins.removeAll { $0.row == row }
      session.pins.append(TempoPin(row: row, time: time))
      session.pins.sort { $0.row < $1.row }
      if session.pins.count == 1, row > .zero, let start = session.draft.bpms.inForce(at: row - 1)?.row {
        session.draft = session.draft.sliding(row, to: time, from: start) ?? session.draft
      }
    }
  }

  mutating func raiseBPM(by step: Double) throws(Refusal) -> [Effect] {
    let row = cursor
    return try changeDraft("the BPM would be out of range") { draft in
      let start = draft.bpms.inForce(at: row)?.row ?? .zero
      let bpm = ((draft.bpm(at: row) + step) * 1e6).rounded() / 1e6
      guard (1...10_000).contains(bpm) else { return nil }
      var draft = draft
      draft.bpms.set(bpm, at: start)
      return draft
    }
  }

  /// Moves beat 0 by beats of the first tempo; nothing else of the timing changes.
  mutating func moveFirstBeat(by beats: Double) throws(Refusal) -> [Effect] {
    try changeDraft { draft in
      var draft = draft
      draft.offset = draft.offset - Seconds(beats * 60 / draft.bpm(at: .zero))
      return draft
    }
  }

  mutating func tap(_ moment: Moment) {
    if let time = moment.playhead {
      let heard = nearestOnset(to: time) ?? time
      sync?.taps.tap(at: heard, onMusic: true)
    } else {
      sync?.taps.tap(at: moment.clock, onMusic: false)
    }
    guard let taps = sync?.taps, let tempo = taps.tempo else {
      message = Message("tap on")
      return
    }
    let margin = tempo.margin.map { " ± \($0.decimals(2))" } ?? ""
    message = Message("\(tempo.bpm.decimals(2))\(margin) BPM from \(taps.taps.count) taps")
  }

  /// Takes the tapped tempo for the stretch of the cursor and, when the taps were heard with the music, puts its beat
  /// where they were.
  mutating func useTaps() throws(Refusal) -> [Effect] {
    guard let taps = sync?.taps, let tempo = taps.tempo else {
      throw Refusal("tap the beat a few times first")
    }
    let row = timing.bpms.inForce(at: cursor)?.row ?? .zero
    return try changeDraft { draft in
      var draft = draft
      draft.bpms.set(tempo.bpm, at: row)
      guard taps.areOnMusic else { return draft }
      let map = TimingMap(draft)
      let beat = Beat(map.beat(at: tempo.beat).value.rounded()).row
      let late = tempo.beat - map.seconds(at: beat)
      guard row > .zero, let before = draft.bpms.inForce(at: row - 1)?.row else {
        draft.offset = draft.offset - late
        return draft
      }
      return draft.sliding(row, to: map.seconds(at: row) + late, from: before)
    }
  }

  /// Pins the mark and the cursor to the onsets nearest to them, and says what BPM that makes.
  mutating func measureBetweenOnsets() throws(Refusal) -> [Effect] {
    let stretch = try markedStretch()
    let map = timingMap
    guard let first = nearestOnset(to: map.seconds(at: stretch.lowerBound)),
      let last = nearestOnset(to: map.seconds(at: stretch.upperBound)), last > first
    else { throw Refusal("no onset within 60 ms of mark and cursor") }
    setPin(at: stretch.lowerBound, to: first)
    setPin(at: stretch.upperBound, to: last)
    let beats = Double(stretch.count) / Double(Row.perBeat)
    message = Message(
      "\((60 * beats / (last - first).value).decimals(3)) BPM over \(beats.decimals(2)) beats, both ends pinned"
    )
    return []
  }

  /// Takes or refuses what is proposed at the cursor, and goes on to the next open event.
  mutating func decideTempo(_ status: Ghost.Status) throws(Refusal) -> [Effect] {
    let row = cursor
    guard sync?.ghosts.contains(where: { $0.row == row }) == true else {
      throw Refusal("no event is proposed here; \(tempoHint("next-event")) goes to the next one")
    }
    changeTempo { session in
      for index in session.ghosts.indices where session.ghosts[index].row == row {
        if status == .accepted { session.write(session.ghosts[index]) }
        session.ghosts[index].status = status
      }
      if status == .accepted { session.choice = nil }
    }
    guard let next = sync?.ghosts.first(where: { $0.status == .open && $0.row > row }) else { return [] }
    return go(to: next.row)
  }

  /// Moves the cursor's row and all music after it: the tempo before it changes.
  mutating func slide(by seconds: Double) throws(Refusal) -> [Effect] {
    let row = cursor
    if row == .zero { return try nudge(by: seconds) }
    return try changeDraft { draft in
      let start = draft.bpms.inForce(at: row - 1)?.row ?? .zero
      var draft = draft
      // What comes after keeps its tempo.
      draft.bpms.set(draft.bpm(at: row), at: row)
      return draft.sliding(row, to: TimingMap(draft).seconds(at: row) + Seconds(seconds), from: start)
    }
  }

  /// Moves the cursor's row between the pins or BPM changes on both sides of it, which stay.
  mutating func drag(by seconds: Double) throws(Refusal) -> [Effect] {
    let row = cursor
    guard row > .zero else { return try nudge(by: seconds) }
    let fixed = Set((sync?.pins ?? []).map(\.row)).union(timing.bpms.map(\.row))
    let left = fixed.filter { $0 < row }.max() ?? .zero
    let right = fixed.filter { $0 > row }.min()
    return try changeDraft { draft in
      let time = TimingMap(draft).seconds(at: row) + Seconds(seconds)
      guard let right else { return draft.sliding(row, to: time, from: left) }
      return draft.dragging(row, to: time, between: left, and: right)
    }
  }

  /// The stretch from the mark to the cursor, whichever comes first.
  private func markedStretch() throws(Refusal) -> Range<Row> {
    guard let mark = sync?.mark, mark != cursor else {
      throw Refusal("mark the other end first (\(tempoHint("sync-mark")))")
    }
    return min(mark, cursor)..<max(mark, cursor)
  }

  /// Counts so many beats from the mark to the cursor, both staying at their times: the BPM between them, and all
  /// after them on new rows.
  mutating func setBeatsBetween(_ beats: Double) throws(Refusal) -> [Effect] {
    let stretch = try markedStretch()
    let length = timingMap.seconds(at: stretch.upperBound) - timingMap.seconds(at: stretch.lowerBound)
    let rows = Beat(beats).row.index
    guard length.value > 0.001, rows > 0 else { throw Refusal("there is no time between mark and cursor") }
    let end = stretch.lowerBound + rows
    let effects = try changeDraft { draft in
      let after = draft.bpm(at: stretch.upperBound)
      var next = draft
      next.bpms.removeAll { $0.row > stretch.lowerBound && $0.row < stretch.upperBound }
      next = next.shifted(from: min(end, stretch.upperBound), by: rows - stretch.count)
      let moving = length.value - next.pauses(from: stretch.lowerBound, to: end)
      guard moving > 0.001 else { return nil }
      next.bpms.set(60 * beats / moving, at: stretch.lowerBound)
      next.bpms.set(after, at: end)
      return next
    }
    return effects + go(to: end)
  }

  /// Makes the rows from the mark to the cursor a pause of the same length at the first of them.
  mutating func makeStop() throws(Refusal) -> [Effect] {
    let stretch = try markedStretch()
    let length = timingMap.seconds(at: stretch.upperBound) - timingMap.seconds(at: stretch.lowerBound)
    let effects = try changeDraft { draft in
      // The last row's own pause comes after what is heard there.
      let last = draft.stops.first { $0.row == stretch.upperBound }?.value ?? .zero
      let bpm = draft.bpm(at: stretch.upperBound)
      var next = draft
      next.bpms.removeAll { $0.row > stretch.lowerBound && $0.row <= stretch.upperBound }
      next = next.shifted(from: stretch.lowerBound + 1, by: -stretch.count)
      next.bpms.set(bpm, at: stretch.lowerBound)
      next.stops.set(length + last, at: stretch.lowerBound)
      return next
    }
    sync?.mark = nil
    return effects + go(to: stretch.lowerBound)
  }

  func tempoHint(_ command: String) -> String {
    keymap.keys(for: command, in: .sync).first.map(Keymap.text) ?? ":\(command)"
  }
}
