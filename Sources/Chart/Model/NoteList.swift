/// The notes of a chart in reading order.
///
/// Invariants: sorted by (row, lane); at most one note starts at a place; no note starts inside an earlier
/// hold or roll of its lane.
package struct NoteList: Hashable, Sendable, RandomAccessCollection {
  private var notes: [Note] = []

  package init() {}

  /// Takes notes in any order. Of two at one place the later in the sequence stays; a hold is cut short before
  /// the next note of its lane, to a tap when nothing of it is left.
  package init(_ unordered: some Sequence<Note>) {
    let ordered = unordered.enumerated().sorted {
      $0.element < $1.element || !($1.element < $0.element) && $0.offset < $1.offset
    }
    notes.reserveCapacity(ordered.count)
    var last: [Lane: Int] = [:]
    for (_, note) in ordered { NoteList.append(note, to: &notes, &last) }
    assert(invariantsHold)
  }

  /// Takes notes that already keep the invariants, as a parser or a writer has them.
  package init(sorted: [Note]) {
    notes = sorted
    assert(invariantsHold)
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { notes.count }
  package subscript(index: Int) -> Note { notes[index] }

  /// The position of the first note at or after a row.
  package func firstIndex(at row: Row) -> Int {
    notes.firstIndex(past: { $0.row < row })
  }

  /// The notes that start in a range of rows.
  package subscript(rows: Range<Row>) -> ArraySlice<Note> {
    notes[firstIndex(at: rows.lowerBound)..<firstIndex(at: rows.upperBound)]
  }

  /// The notes that start on one row.
  package func notes(on row: Row) -> ArraySlice<Note> { self[row..<row + 1] }

  package func note(at row: Row, lane: Lane) -> Note? {
    notes(on: row).first { $0.lane == lane }
  }

  /// The note that occupies a place: one that starts there, or a hold or roll whose body or tail passes it.
  package func note(covering row: Row, lane: Lane) -> Note? {
    guard let previous = lastNote(in: lane, before: row + 1), previous.lastRow >= row else { return nil }
    return previous
  }

  /// The last note of a lane that starts before a row.
  package func lastNote(in lane: Lane, before row: Row) -> Note? {
    notes[..<firstIndex(at: row)].last { $0.lane == lane }
  }

  /// The first note of a lane that starts at or after a row.
  package func firstNote(in lane: Lane, from row: Row) -> Note? {
    notes[firstIndex(at: row)...].first { $0.lane == lane }
  }

  /// Puts a note, making room for it: the note at its place goes, a hold that passes it ends before it, and its
  /// own tail ends before the next note of the lane.
  package mutating func insert(_ note: Note) {
    if let previous = self.note(covering: note.row, lane: note.lane) {
      remove(previous)
      if previous.row < note.row { add(previous.ending(before: note.row)) }
    }
    if let end = note.end, let next = firstNote(in: note.lane, from: note.row + 1), next.row <= end {
      add(note.ending(before: next.row))
    } else {
      add(note)
    }
  }

  /// Takes away a note that equals the given one. Returns whether there was one.
  @discardableResult
  package mutating func remove(_ note: Note) -> Bool {
    let index = notes.firstIndex(past: { $0 < note })
    guard index < notes.count, notes[index] == note else { return false }
    notes.remove(at: index)
    return true
  }

  /// Puts many notes as one `insert` after another would, in one walk along both lists.
  package mutating func insert(contentsOf new: some Collection<Note>) {
    guard new.count > 8 else {
      for note in new { insert(note) }
      return
    }
    let arriving = NoteList.inOrder(new)
    var merged: [Note] = []
    merged.reserveCapacity(notes.count + arriving.count)
    /// The place in `merged` of each lane's last note.
    var last: [Lane: Int] = [:]
    var old = 0
    for index in 0..<arriving.count {
      while old < notes.count, notes[old] <= arriving[index] {
        NoteList.append(notes[old], to: &merged, &last)
        old += 1
      }
      NoteList.append(arriving[index], to: &merged, &last)
    }
    while old < notes.count {
      NoteList.append(notes[old], to: &merged, &last)
      old += 1
    }
    notes = merged
    assert(invariantsHold)
  }

  /// Takes away all notes that equal one of the given, in one walk along both lists.
  package mutating func remove(contentsOf going: some Collection<Note>) {
    guard going.count > 8 else {
      for note in going { remove(note) }
      return
    }
    let going = NoteList.inOrder(going)
    var position = 0
    notes.removeAll { note in
      while position < going.count, going[position] < note { position += 1 }
      return position < going.count && going[position] == note
    }
  }

  private static func inOrder(_ notes: some Collection<Note>) -> [Note] {
    let isSorted = zip(notes, notes.dropFirst()).allSatisfy { $0 <= $1 }
    return isSorted ? Array(notes) : notes.sorted()
  }

  /// Puts a note after all that stand before it; one at its place goes, a hold that passes it ends before it.
  private static func append(_ note: Note, to merged: inout [Note], _ last: inout [Lane: Int]) {
    if let index = last[note.lane], merged[index].lastRow >= note.row {
      if merged[index].row == note.row {
        merged[index] = note
        return
      }
      merged[index] = merged[index].ending(before: note.row)
    }
    last[note.lane] = merged.count
    merged.append(note)
  }

  /// Whether the documented invariants hold. Linear; for tests and debug assertions.
  package var invariantsHold: Bool {
    var lastRows: [Lane: Row] = [:]
    for (index, note) in notes.enumerated() {
      if index > 0, !(notes[index - 1] < note) { return false }
      if let last = lastRows[note.lane], note.row <= last { return false }
      if let end = note.end, end <= note.row { return false }
      lastRows[note.lane] = note.lastRow
    }
    return true
  }

  private mutating func add(_ note: Note) {
    notes.insert(note, at: notes.firstIndex(past: { $0 < note }))
  }
}

extension Note {
  /// The hold or roll cut to end one row before another note; a tap when no length is left.
  package func ending(before next: Row) -> Note {
    var note = self
    let last = next - 1
    switch kind {
    case .hold: note.kind = last > row ? .hold(end: last) : .tap
    case .roll: note.kind = last > row ? .roll(end: last) : .tap
    case .tap, .mine, .lift, .fake, .keysound: break
    }
    return note
  }
}

extension NoteList: Codable {
  /// Notes of any origin: what breaks the invariants is mended as by `init(_:)`.
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode([Note].self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(notes)
  }
}

extension Sequence<Note> {
  /// Those that are stepped on and judged.
  package func steps(judgedBy map: TimingMap) -> [Note] { filter { $0.isStep && map.isJudged($0.row) } }

  /// The rows of notes in their order, each once.
  package var rows: [Row] {
    var rows: [Row] = []
    for note in self where note.row != rows.last { rows.append(note.row) }
    return rows
  }
}
