/// Turns the blocks of a `.ucs` file into a chart with timing of its own.
///
/// A block whose notes and end stand on our 48 rows a beat keeps its BPM. Any other is written as the community's
/// converters do it: every row a 16th, BPM·split/4, and a scroll factor of 4/split that gives the looks back.
struct UCSImport {
  private(set) var chart: StepChart
  private(set) var diagnostics: [Diagnostic] = []
  /// For each block: its first row in the chart, and how many chart rows one of its rows takes (a fraction in a
  /// plain block of a fine split).
  private(set) var layout: [(start: Row, rowsPerRow: Fraction)] = []

  /// Chart rows for each row of a block.
  struct Fraction: Hashable {
    var numerator: Int
    var denominator: Int

    /// The chart row, counted from the block's start, of one of its rows; nil when it falls between rows.
    func rows(_ index: Int) -> Int? {
      let scaled = index * numerator
      return scaled % denominator == 0 ? scaled / denominator : nil
    }
  }

  private let lanes: Int
  private var timing = TimingData()
  private var row = Row.zero
  private var openHolds: [Int: (start: Row, last: Row, line: Int)] = [:]
  private var notes: [Note] = []

  init(blocks: [UCSBlock], mode: UCSMode) {
    lanes = mode.lanes
    chart = StepChart(
      header: ChartHeader(stepsType: mode.stepsType, description: "UCS", style: mode.rawValue, meter: 99))
    timing.offset = Seconds(-(blocks.first?.delay ?? 0) / 1000)
    for (index, block) in blocks.enumerated() { add(block, isFirst: index == 0) }
    for lane in openHolds.keys.sorted() { close(lane, at: nil) }
    if !timing.timeSignatures.contains(where: { $0.value.numerator != 4 }) { timing.timeSignatures = [] }
    if !timing.scrolls.contains(where: { $0.value != 1 }) { timing.scrolls = [] }
    chart.timing = timing
    chart.notes = NoteList(notes)
    tellLostNotes()
  }

  /// A body without a start between two chart rows begins on the row before it, where another note may stand.
  private mutating func tellLostNotes() {
    guard !chart.notes.elementsEqual(notes.sorted()) else { return }
    warn(
      "ucs-collision",
      "notes share a place or stand in a hold of their lane; the later counts, the hold ends before it",
      line: nil)
  }

  private mutating func add(_ block: UCSBlock, isFirst: Bool) {
    let count = block.rowCount(lanes: lanes)
    let isPlain = standsOnGrid(block, count: count)
    let step =
      isPlain
      ? Fraction(numerator: Row.perBeat, denominator: block.split) : Fraction(numerator: 12, denominator: 1)
    layout.append((row, step))
    guard count > 0 else { return }
    let bpm = isPlain ? block.bpm : block.bpm * Double(block.split) / 4
    if timing.bpms.last?.value != bpm { timing.bpms.set(bpm, at: row) }
    let scroll = isPlain ? 1 : 4 / Double(block.split)
    if (timing.scrolls.last?.value ?? 1) != scroll { timing.scrolls.set(scroll, at: row) }
    let signature = TimeSignature(numerator: block.beat, denominator: 4)
    if timing.timeSignatures.last?.value != signature { timing.timeSignatures.set(signature, at: row) }
    if !isFirst, block.delay != 0 { addDelay(block) }
    for index in 0..<count {
      if notes.count > NoteDataReader.noteLimit {
        tellTooMany(line: block.firstLine + index)
        break
      }
      read(block, index: index, at: step)
    }
    row += (count * step.numerator) / step.denominator
  }

  /// Whether the block's occupied rows and its end fall on chart rows at its plain BPM.
  private func standsOnGrid(_ block: UCSBlock, count: Int) -> Bool {
    if Row.perBeat % block.split == 0 { return true }
    let step = Fraction(numerator: Row.perBeat, denominator: block.split)
    guard step.rows(count) != nil else { return false }
    return (0..<count).allSatisfy { index in
      step.rows(index) != nil
        || block.cells[index * lanes..<(index + 1) * lanes].allSatisfy {
          $0 == UCSBlock.Cell.empty || $0 == UCSBlock.Cell.body
        }
    }
  }

  /// Sources disagree whether a later block's delay counts; it is taken as a pause, and said.
  private mutating func addDelay(_ block: UCSBlock) {
    guard block.delay > 0 else {
      warn("ucs-delay", "a later block with a negative delay; it is left out", line: block.firstLine)
      return
    }
    timing.delays.set(Seconds(block.delay / 1000), at: row)
    warn(
      "ucs-delay", "a later block with a delay, which players do not agree about; taken as a pause",
      line: block.firstLine)
  }

  private mutating func read(_ block: UCSBlock, index: Int, at step: Fraction) {
    // Between chart rows stand only empty cells and hold bodies, which need no row of their own.
    let place = step.rows(index).map { row + $0 }
    let line = block.firstLine + index
    for lane in 0..<lanes {
      let cell = block.cells[index * lanes + lane]
      if cell == UCSBlock.Cell.empty { continue }
      guard let place else {
        continueHold(lane, at: row + (index * step.numerator) / step.denominator, line: line)
        continue
      }
      read(cell, lane: lane, at: place, line: line)
    }
  }

  private mutating func read(_ cell: UInt8, lane: Int, at place: Row, line: Int) {
    switch cell {
    case UCSBlock.Cell.tap:
      if openHolds[lane] != nil { close(lane, at: nil) }
      notes.append(Note(row: place, lane: Lane(lane)))
    case UCSBlock.Cell.head:
      if openHolds[lane] != nil { close(lane, at: nil) }
      openHolds[lane] = (place, place, line)
    case UCSBlock.Cell.body:
      continueHold(lane, at: place, line: line)
    default:
      guard openHolds[lane] != nil else {
        warn("ucs-hold", "a hold's end without a start; left out", line: line)
        return
      }
      close(lane, at: place)
    }
  }

  private mutating func continueHold(_ lane: Int, at place: Row, line: Int) {
    if openHolds[lane] == nil {
      warn("ucs-hold", "a hold's body without a start; the hold begins here", line: line)
      openHolds[lane] = (place, place, line)
    }
    openHolds[lane]?.last = place
  }

  /// Ends the open hold of a lane at its `W`, or, without one, where its body was seen last.
  private mutating func close(_ lane: Int, at end: Row?) {
    guard let hold = openHolds.removeValue(forKey: lane) else { return }
    if end == nil { warn("ucs-hold", "a hold without an end; it ends where its body does", line: hold.line) }
    let last = end ?? hold.last
    notes.append(
      Note(row: hold.start, lane: Lane(lane), kind: last > hold.start ? .hold(end: last) : .tap))
  }

  private mutating func tellTooMany(line: Int) {
    guard diagnostics.last?.code != "too-many-notes" else { return }
    diagnostics.append(
      Diagnostic(
        .error, "too-many-notes", NoteDataReader.tooManyNotes, remedy: "split the chart", line: line, chart: 0
      ))
  }

  private mutating func warn(_ code: String, _ message: String, line: Int?) {
    guard diagnostics.count < DiagnosticLog.limit else { return }
    diagnostics.append(Diagnostic(.warning, code, message, line: line, chart: 0))
  }
}
