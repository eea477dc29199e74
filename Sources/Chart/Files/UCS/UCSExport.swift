/// Writes a chart as the blocks of a `.ucs` file, and says what the format cannot hold.
///
/// Pauses become blocks of one slow row; a warp's rows are left out with the notes in it, which nobody could hit.
struct UCSExport {
  private(set) var blocks: [UCSBlock] = []
  private(set) var losses: [Loss] = []
  let mode: UCSMode

  private let chart: StepChart
  private let timing: TimingData
  private let map: TimingMap
  private let laneShift: Int
  private let notes: [Note]
  /// The heads and tails to place, ascending.
  private let occupied: [Row]
  private var rowCount = 0
  /// The `.ucs` row on which a chart row is hit.
  private var hitIndex: [Row: Int] = [:]
  /// Rows that pass too fast for a row of their own.
  private var skipped: Set<Row> = []

  /// - Throws: `UnreadableFile` for a steps type that has no `.ucs` mode.
  init(_ chart: StepChart, timing: TimingData) throws(UnreadableFile) {
    guard let form = UCSExport.form(of: chart.header) else {
      throw UnreadableFile(
        "ucs-type", "a .ucs file holds pump-single or pump-double, not \(chart.header.stepsType)",
        remedy: "save as .ssc")
    }
    (mode, laneShift) = form
    self.chart = chart
    self.timing = timing
    map = TimingMap(timing)
    let map = map
    notes = chart.notes.filter { $0.isStep && $0.row >= .zero && map.isJudged($0.row) }
    occupied = Set(notes.map(\.row)).union(notes.compactMap(\.end)).sorted()
    layOutRows()
    placeNotes()
    listLosses()
  }

  /// The mode that a chart is written in, and the first lane that it takes there.
  static func form(of header: ChartHeader) -> (mode: UCSMode, laneShift: Int)? {
    switch header.stepsType {
    case .pumpSingle: (header.style == UCSMode.singlePerformance.rawValue ? .singlePerformance : .single, 0)
    case .pumpDouble: (header.style == UCSMode.doublePerformance.rawValue ? .doublePerformance : .double, 0)
    case .pumpHalfDouble: (.double, 2)
    default: nil
    }
  }

  // MARK: - Rows

  private mutating func layOutRows() {
    let last = notes.map(\.lastRow).max() ?? .zero
    let end = Row.measure(last.measure + 1)
    let boundaries = self.boundaries(before: end)
    for (index, start) in boundaries.enumerated() {
      if start > .zero, let delay = pause(in: timing.delays, at: start) { addPause(delay, at: start) }
      hitIndex[start] = rowCount
      if let stop = pause(in: timing.stops, at: start) { addPause(stop, at: start) }
      let next = index + 1 < boundaries.count ? boundaries[index + 1] : end
      addSpan(start..<next)
    }
    // A file needs a row, even when nothing in the chart takes time; so does a hold that ends in a last warp.
    if blocks.isEmpty || hitIndex.values.contains(where: { $0 >= rowCount }) {
      add(count: 1, bpm: blocks.last?.bpm ?? UCSExport.restBPM, split: blocks.last?.split ?? 1, at: end - 1)
    }
  }

  /// Rows at which time or the bar lines change, from row 0.
  private func boundaries(before end: Row) -> [Row] {
    var rows: Set<Row> = [.zero]
    rows.formUnion(timing.bpms.map(\.row))
    rows.formUnion(timing.stops.map(\.row))
    rows.formUnion(timing.delays.map(\.row))
    rows.formUnion(timing.timeSignatures.map(\.row))
    rows.formUnion(map.warps.flatMap { [$0.lowerBound, $0.upperBound] })
    return rows.filter { $0 >= .zero && $0 < end }.sorted()
  }

  private func pause(in events: [TimingEvent<Seconds>], at row: Row) -> Double? {
    events.first { $0.row == row }?.value.value
  }

  private mutating func addSpan(_ span: Range<Row>) {
    let bpm = map.bpm(at: span.lowerBound)
    let seconds = Double(span.count) * 60 / bpm / Double(Row.perBeat)
    let isWarped = map.warps.contains { $0.contains(span.lowerBound) }
    if isWarped || seconds < UCSExport.shortestSpan {
      for row in occupied where span.contains(row) && row > span.lowerBound {
        hitIndex[row] = rowCount
        skipped.insert(row)
      }
      return
    }
    var start = span.lowerBound
    while start < span.upperBound {
      let end = min(span.upperBound, Row.measure(start.measure + 1))
      addPiece(start..<end, bpm: bpm)
      start = end
    }
  }

  /// A stretch of at most a measure, on the coarsest split that holds its notes.
  private mutating func addPiece(_ piece: Range<Row>, bpm: Double) {
    let inside = occupied.filter { piece.contains($0) }
    let offsets = inside.map { piece.lowerBound.distance(to: $0) } + [piece.count]
    // 48 rows a beat hold everything, so there always is a split.
    let split =
      UCSExport.splits.first { split in offsets.allSatisfy { $0 % (Row.perBeat / split) == 0 } } ?? 48
    let rowsPerRow = Row.perBeat / split
    for row in inside where hitIndex[row] == nil {
      hitIndex[row] = rowCount + piece.lowerBound.distance(to: row) / rowsPerRow
    }
    add(count: piece.count / rowsPerRow, bpm: bpm, split: split, at: piece.lowerBound)
  }

  /// A pause is a row, or several, that last as long as it does.
  private mutating func addPause(_ seconds: Double, at row: Row) {
    guard seconds >= UCSExport.shortestSpan else { return }
    let length = min(seconds, UCSExport.longestPause)
    let count = Int((length / UCSExport.longestRow).rounded(.up))
    let each = length / Double(count)
    let split = max(1, Int((60 / (each * UCSExport.bpmRange.upperBound)).rounded(.up)))
    add(count: count, bpm: 60 / (each * Double(split)), split: split, at: row)
  }

  private mutating func add(count: Int, bpm: Double, split: Int, at row: Row) {
    let signature = timing.timeSignatures.inForce(at: row)?.value
    var block = UCSBlock(
      bpm: bpm, delay: 0, beat: min(64, max(1, signature?.numerator ?? 4)), split: split)
    bringIntoRange(&block, at: row)
    if blocks.isEmpty { block.delay = map.seconds(at: Row.zero).value * 1000 }
    let isSame = blocks.last.map { $0.bpm == block.bpm && $0.split == block.split && $0.beat == block.beat }
    if isSame != true { blocks.append(block) }
    blocks[blocks.count - 1].cells += [UInt8](
      repeating: UCSBlock.Cell.empty, count: count * mode.lanes)
    rowCount += count
  }

  /// A tempo beyond the format's 999 is a slower one on a finer split: the rows come at the same times.
  private mutating func bringIntoRange(_ block: inout UCSBlock, at row: Row) {
    let factor = Int((block.bpm / UCSExport.bpmRange.upperBound).rounded(.up))
    if factor > 1, block.split * factor <= 128 {
      block.bpm /= Double(factor)
      block.split *= factor
    } else if !UCSExport.bpmRange.contains(block.bpm) {
      losses.append(
        Loss(
          measure: row.measure,
          what: "a tempo of \(DecimalText.fixed(block.bpm, decimals: 3, trimmed: true)) BPM",
          instead: "written as it is; editors of the format refuse it"))
    }
  }

  private static let splits = [1, 2, 3, 4, 6, 8, 12, 16, 24, 48]
  private static let bpmRange = 0.1...999.0
  /// One row at the slowest tempo and the coarsest split.
  private static let longestRow = 600.0
  /// No song pauses for a day; more is damage.
  private static let longestPause = 86_400.0
  private static let restBPM = 120.0
  /// Shorter stretches cannot be heard and are left out.
  private static let shortestSpan = 0.0004

  // MARK: - Notes

  private mutating func placeNotes() {
    var flat = blocks.flatMap(\.cells)
    for note in notes where !skipped.contains(note.row) {
      guard let head = hitIndex[note.row] else { continue }
      let lane = note.lane.index + laneShift
      let tail = note.end.flatMap { hitIndex[$0] } ?? head
      guard tail > head else {
        flat[head * mode.lanes + lane] = UCSBlock.Cell.tap
        continue
      }
      flat[head * mode.lanes + lane] = UCSBlock.Cell.head
      for index in head + 1..<tail { flat[index * mode.lanes + lane] = UCSBlock.Cell.body }
      flat[tail * mode.lanes + lane] = UCSBlock.Cell.tail
    }
    var start = 0
    for index in blocks.indices {
      let count = blocks[index].cells.count
      blocks[index].cells = Array(flat[start..<start + count])
      start += count
    }
  }

  // MARK: - Losses

  private mutating func listLosses() {
    let map = map
    let skipped = skipped
    report("mines", "left out", isMissing: true) { $0.kind == .mine }
    report("fakes", "left out", isMissing: true) { $0.kind == .fake || $0.modifiers.isFake }
    report("keysounds", "left out", isMissing: true) { $0.kind == .keysound }
    report("notes that are not judged", "left out", isMissing: true) { $0.isStep && !map.isJudged($0.row) }
    report("notes in no time at all", "left out", isMissing: true) { $0.isStep && skipped.contains($0.row) }
    report("notes before beat 0", "left out", isMissing: true) { $0.isStep && $0.row < .zero }
    report("rolls", "written as holds") { if case .roll = $0.kind { $0.isStep } else { false } }
    report("lifts", "written as taps") { $0.kind == .lift && $0.isStep }
    report("sudden, vanishing and hidden notes", "written as plain ones") {
      $0.isStep && $0.modifiers.visibility != .normal
    }
    report("notes of several players", "written as anybody's") { $0.isStep && $0.modifiers.player != nil }
    // A file itself may have scrolls to read.
    let lists = [
      ("scroll changes", timing.scrolls.contains { $0.value != 1 }, false),
      ("speed changes", timing.speeds.count > 1, true), ("combo changes", !timing.combos.isEmpty, true),
      ("tick counts", timing.tickcounts.count > 1, true), ("labels", !timing.labels.isEmpty, true),
    ]
    for (what, isThere, isMissing) in lists where isThere {
      losses.append(Loss(what: what, instead: "left out", isMissing: isMissing))
    }
    if laneShift > 0 { losses.append(Loss(what: "the half-double", instead: "written as a double")) }
  }

  private mutating func report(
    _ what: String, _ instead: String, isMissing: Bool = false, where applies: (Note) -> Bool
  ) {
    let found = chart.notes.filter(applies)
    guard let first = found.first else { return }
    losses.append(
      Loss(
        measure: first.row.measure, what: "\(found.count) \(what)", instead: instead, isMissing: isMissing))
  }
}
