import Chart

extension TimingData {
  /// The timing with so many rows put in at a row (or, below 0, taken out from it on): what happens there goes,
  /// what happens later moves. What stands on row 0 stays.
  func shifted(from row: Row, by rows: Int) -> TimingData {
    var timing = self
    timing.bpms = shift(bpms, row, rows)
    timing.stops = shift(stops, row, rows)
    timing.delays = shift(delays, row, rows)
    timing.warps = shift(warps, row, rows)
    timing.fakes = shift(fakes, row, rows)
    timing.scrolls = shift(scrolls, row, rows)
    timing.speeds = shift(speeds, row, rows)
    timing.timeSignatures = shift(timeSignatures, row, rows)
    timing.tickcounts = shift(tickcounts, row, rows)
    timing.combos = shift(combos, row, rows)
    timing.labels = shift(labels, row, rows)
    return timing
  }

  private func shift<Value>(_ events: [TimingEvent<Value>], _ row: Row, _ rows: Int) -> [TimingEvent<Value>] {
    events.compactMap { event in
      if event.row < row || event.row <= .zero { return event }
      if rows < 0, event.row < row - rows { return nil }
      return TimingEvent(row: event.row + rows, value: event.value)
    }
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
