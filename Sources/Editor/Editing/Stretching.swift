import Chart

extension TimingData {
  /// The timing with so many rows put in at a row (or, below 0, taken out from it on): what happens there goes, what
  /// happens later moves, and what was in force at the end of it stays in force. Stretches that reach over the place
  /// become longer or shorter. What stands on row 0 stays.
  func shifted(from row: Row, by rows: Int) -> TimingData {
    let shift = RowShift(row: row, rows: rows)
    var timing = self
    timing.bpms = shift.inForce(bpms)
    timing.stops = shift.events(stops)
    timing.delays = shift.events(delays)
    timing.warps = shift.stretches(warps)
    timing.fakes = shift.stretches(fakes)
    timing.scrolls = shift.inForce(scrolls)
    timing.speeds = shift.inForce(speeds)
    timing.timeSignatures = shift.inForce(timeSignatures)
    timing.tickcounts = shift.inForce(tickcounts)
    timing.combos = shift.inForce(combos)
    timing.labels = shift.events(labels)
    return timing
  }
}

/// So many rows put in at a row, or, below 0, taken out from it on.
private struct RowShift {
  let row: Row
  let rows: Int

  /// Where what is left begins again.
  private var end: Row { row + max(0, -rows) }

  private func place(_ old: Row) -> Row { old < row ? old : max(row, old + rows) }

  /// Events of a moment.
  func events<Value>(_ events: [TimingEvent<Value>]) -> [TimingEvent<Value>] {
    var shifted = events.filter { $0.row < row || $0.row <= .zero }
    for event in events where event.row >= end && event.row > .zero {
      shifted.set(event.value, at: event.row + rows)
    }
    return shifted
  }

  /// Events that last until the next.
  func inForce<Value>(_ events: [TimingEvent<Value>]) -> [TimingEvent<Value>] {
    var shifted = self.events(events)
    if let last = events.inForce(at: end), last.row >= row, last.row < end {
      shifted.set(last.value, at: row)
    }
    return shifted
  }

  /// Events that last so many rows.
  func stretches(_ events: [TimingEvent<Int>]) -> [TimingEvent<Int>] {
    var shifted: [TimingEvent<Int>] = []
    for event in events {
      let stop = event.row + event.value
      let start = event.row <= .zero ? event.row : place(event.row)
      let length = start.distance(to: stop <= row ? stop : place(stop))
      if length > 0 { shifted.set(length, at: start) }
    }
    return shifted
  }
}

extension NoteList {
  /// The notes with so many rows put in at a row (or taken out from it on). A hold that spans the place is made
  /// longer or shorter.
  func shifted(from row: Row, by rows: Int) -> NoteList {
    NoteList(
      compactMap { note -> Note? in
        if note.row >= row {
          return rows < 0 && note.row < row - rows ? nil : note.shifted(by: rows)
        }
        guard let end = note.end, end >= row else { return note }
        return note.ended(at: Swift.max(end + rows, row))
      })
  }
}

extension Note {
  /// A hold or roll with another tail; a tap when the tail is not after the head.
  func ended(at end: Row) -> Note {
    var note = self
    note.kind = end > row ? EntryKind(kind).kind(end: end) : .tap
    return note
  }

  /// The note with head and tail where a function sends them.
  func placed(_ place: (Row) -> Row) -> Note {
    var note = self
    note.row = place(row)
    return end.map { note.ended(at: place($0)) } ?? note
  }
}
