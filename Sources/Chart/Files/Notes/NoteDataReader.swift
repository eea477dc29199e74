/// Reads the note data of one chart by StepMania's rules, plus the cells of StepF2 and StepP1.
struct NoteDataReader {
  /// More notes than any chart has; what comes after them is not read, so that a hostile file cannot take all memory.
  static let noteLimit = 1_000_000
  static let tooManyNotes = "a chart of more than \(noteLimit) notes; the rest of it was not read"

  private let lanes: Int
  private var notes: [Note] = []
  /// For each lane the note that a tail would end, or -1.
  private var openHeads: [Int]
  /// Where the open head of each lane stands in the file.
  private var headOffsets: [Int]
  /// For each lane the last note, or -1.
  private var lastNotes: [Int]
  /// Notes that turned out not to be: heads without a tail, and notes that another one replaced.
  private var dead: Set<Int> = []
  private var layer = 0
  private var measure = 0
  /// Where in `notes` each layer begins; the notes of data with a single layer bear no player of their own.
  private var layerStarts = [0]
  /// Whether lines fell on one row of the grid, so that the notes are not in order.
  private var isUnordered = false

  private init(lanes: Int) {
    self.lanes = lanes
    openHeads = Array(repeating: -1, count: lanes)
    lastNotes = openHeads
    headOffsets = openHeads
  }

  /// The notes in some bytes that hold neither escapes nor the `#NOTES:` before them.
  static func notes(
    in bytes: Span<UInt8>, _ range: Range<Int>, lanes: Int, log: inout DiagnosticLog
  ) -> NoteList {
    var reader = NoteDataReader(lanes: lanes)
    reader.read(bytes, range, log: &log)
    return reader.finish()
  }

  /// The number of cells in the first row: the lanes of a steps type that nobody knows.
  static func width(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var cursor = MeasureCursor(range)
    var rows: [Range<Int>] = []
    while cursor.next(in: bytes, rows: &rows) != nil {
      guard let first = rows.first else { continue }
      var tokens = RowTokenizer(first)
      var count = 0
      while tokens.next(in: bytes) != nil { count += 1 }
      return min(count, 64)
    }
    return 0
  }

  private mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>, log: inout DiagnosticLog) {
    var cursor = MeasureCursor(range)
    var rows: [Range<Int>] = []
    while let text = cursor.next(in: bytes, rows: &rows) {
      if text.layer != layer { beginLayer(text.layer, log: &log) }
      measure = text.index
      if notes.count > NoteDataReader.noteLimit {
        log.add(
          .error, "too-many-notes", at: text.range.lowerBound,
          NoteDataReader.tooManyNotes, remedy: "split the chart")
        return
      }
      for (line, row) in rows.enumerated() where !NoteDataReader.isEmpty(bytes, row) {
        let grid = measure * Row.perMeasure + MeasureCursor.gridRow(line: line, of: rows.count)
        readRow(bytes, row, at: Row(grid), log: &log)
      }
    }
    closeLayer(log: &log)
  }

  @inline(__always)
  private static func isEmpty(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where bytes[index] != UInt8(ascii: "0") { return false }
    return true
  }

  private mutating func readRow(
    _ bytes: Span<UInt8>, _ range: Range<Int>, at row: Row, log: inout DiagnosticLog
  ) {
    var tokens = RowTokenizer(range)
    var lane = 0
    while let (cell, place) = tokens.next(in: bytes) {
      guard lane < lanes else {
        log.add(
          .warning, "long-row", at: place.lowerBound,
          "a row has more than \(lanes) columns; the rest is not read",
          remedy: "take the extra columns away, or change the steps type")
        return
      }
      if let cell {
        if cell.symbol != .empty { take(cell, at: row, lane: lane, offset: place.lowerBound, log: &log) }
      } else {
        log.add(
          .warning, "unknown-note", at: place.lowerBound, "a note that no game knows is read as nothing",
          remedy: "write one of 0 1 2 3 4 M L F K")
      }
      lane += 1
    }
    if lane < lanes {
      log.add(
        .warning, "short-row", at: range.lowerBound, "a row has \(lane) of \(lanes) columns",
        remedy: "fill the row up with 0")
    }
  }

  private mutating func take(
    _ cell: NoteCell, at row: Row, lane: Int, offset: Int, log: inout DiagnosticLog
  ) {
    if cell.symbol == .tail {
      endHold(at: row, lane: lane, offset: offset, log: &log)
      return
    }
    guard makeRoom(for: cell, at: row, lane: lane, offset: offset, log: &log) else { return }
    var modifiers = cell.modifiers
    if layer > 0 { modifiers.player = layer }
    lastNotes[lane] = notes.count
    if cell.symbol == .holdHead || cell.symbol == .rollHead {
      openHeads[lane] = notes.count
      headOffsets[lane] = offset
    }
    if let last = notes.last, last.row == row, last.lane.index > lane { isUnordered = true }
    notes.append(Note(row: row, lane: Lane(lane), kind: cell.kind(at: row), modifiers: modifiers))
  }

  /// Deals with an open head and with a note that already stands on the place. Returns whether the cell may come in.
  private mutating func makeRoom(
    for cell: NoteCell, at row: Row, lane: Int, offset: Int, log: inout DiagnosticLog
  ) -> Bool {
    let last = lastNotes[lane]
    if last >= 0, notes[last].row == row {
      dead.insert(last)
      if openHeads[lane] == last { openHeads[lane] = -1 }
      log.add(
        .warning, "colliding-rows", at: offset,
        "two lines of a measure fall on the same 192nd; the later one counts",
        remedy: "write the measure with 192 lines or fewer")
      return true
    }
    if last >= 0, notes[last].lastRow >= row, openHeads[lane] != last {
      log.add(
        .warning, "note-in-hold", at: offset, "a note inside a hold of its lane is not read",
        remedy: "end the hold before it")
      return false
    }
    if openHeads[lane] >= 0 {
      if cell.symbol == .keysound { return false }
      loseHead(of: lane, log: &log)
    }
    return true
  }

  private mutating func endHold(at row: Row, lane: Int, offset: Int, log: inout DiagnosticLog) {
    let head = openHeads[lane]
    guard head >= 0, notes[head].row < row else {
      log.add(
        .warning, "unmatched-tail", at: offset, "a hold ends that never began (3 without 2 or 4)",
        remedy: "put its head, or take the 3 away")
      return
    }
    openHeads[lane] = -1
    switch notes[head].kind {
    case .roll: notes[head].kind = .roll(end: row)
    default: notes[head].kind = .hold(end: row)
    }
  }

  private mutating func loseHead(of lane: Int, log: inout DiagnosticLog) {
    let place = notes[openHeads[lane]]
    dead.insert(openHeads[lane])
    openHeads[lane] = -1
    log.add(
      .warning, "unclosed-hold", at: headOffsets[lane],
      "the hold of lane \(place.lane.index) at beat \(DecimalText.fixed(place.row.beat.value, decimals: 3)) has no end; the game drops it",
      remedy: "end it with a 3, or make it a tap")
  }

  private mutating func beginLayer(_ next: Int, log: inout DiagnosticLog) {
    closeLayer(log: &log)
    layerStarts.append(notes.count)
    layer = next
    for lane in 0..<lanes { lastNotes[lane] = -1 }
  }

  private mutating func closeLayer(log: inout DiagnosticLog) {
    for lane in 0..<lanes where openHeads[lane] >= 0 { loseHead(of: lane, log: &log) }
  }

  private func finish() -> NoteList {
    var alive = notes
    if layerStarts.count > 1 {
      let firstLayer = 0..<layerStarts[1]
      for index in firstLayer { alive[index].modifiers.player = 0 }
    }
    if !dead.isEmpty {
      alive = alive.indices.filter { !dead.contains($0) }.map { alive[$0] }
    }
    return layerStarts.count > 1 || isUnordered ? NoteList(alive) : NoteList(sorted: alive)
  }
}

extension NoteCell {
  /// The note that the cell begins; a head reaches to its own row until its tail is read.
  fileprivate func kind(at row: Row) -> Note.Kind {
    switch symbol {
    case .empty, .tap, .tail: .tap
    case .holdHead: .hold(end: row)
    case .rollHead: .roll(end: row)
    case .mine: .mine
    case .lift: .lift
    case .fake: .fake
    case .keysound: .keysound
    }
  }
}
