/// A `.ucs` file: its bytes, and the one chart in them. Writing the chart unedited gives the same bytes; an edit
/// that keeps the file's rows changes only the cells of the notes.
package struct UCSDocument: Sendable {
  package let simfile: Simfile
  package let diagnostics: [Diagnostic]

  private let bytes: [UInt8]
  private let lanes: Int
  private let mode: UCSMode
  private let blocks: [UCSBlock]
  /// Where each row's first cell stands in `bytes`.
  private let rowOffsets: [Int]
  /// Which row of the file stands for a row of the chart; empty when rows of wrong lengths forbid patching.
  private let fileRow: [Row: Int]

  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: the file's name without its ending; title and music are called by it.
  package init(bytes: [UInt8], name: String) throws(UnreadableFile) {
    let reader = try UCSReader(bytes)
    let converted = UCSImport(blocks: reader.blocks, mode: reader.mode)
    var song = SongHeader()
    song[.title] = name
    song[.music] = name + ".mp3"
    self.bytes = bytes
    lanes = reader.mode.lanes
    mode = reader.mode
    blocks = reader.blocks
    rowOffsets = reader.rowOffsets
    fileRow =
      reader.isUniform
      ? UCSDocument.fileRows(reader.blocks, converted.layout, lanes: reader.mode.lanes) : [:]
    let timing = converted.chart.timing ?? TimingData()
    simfile = Simfile(song: song, timing: timing, charts: [converted.chart])
    diagnostics = reader.diagnostics + converted.diagnostics
  }

  /// The file with a chart of an edited song in it, and what it cannot say.
  package func serialized(
    _ edited: Simfile, chart index: Int = 0
  ) throws(UnreadableFile) -> (bytes: [UInt8], losses: [Loss]) {
    guard edited.charts.indices.contains(index) else { throw UCSDocument.noChart }
    var chart = edited.charts[index]
    let own = simfile.charts[0]
    let losses = UCSDocument.otherCharts(of: edited)
    // The format knows nothing more of a chart than its mode.
    if chart.header.stepsType == own.header.stepsType, UCSExport.form(of: chart.header)?.mode == mode {
      chart.header = own.header
    }
    if edited.timing(of: chart) == own.timing {
      chart.timing = own.timing
      if chart == own { return (bytes, losses) }
      if let patched = patched(to: chart) { return (patched, losses) }
    }
    let written = try UCSDocument.export(chart, timing: edited.timing(of: chart))
    return (written.bytes, written.losses + losses)
  }

  /// A chart as a new `.ucs` file.
  package static func written(
    _ simfile: Simfile, chart index: Int
  ) throws(UnreadableFile) -> (bytes: [UInt8], losses: [Loss]) {
    guard simfile.charts.indices.contains(index) else { throw noChart }
    let chart = simfile.charts[index]
    let written = try export(chart, timing: simfile.timing(of: chart))
    return (written.bytes, written.losses + otherCharts(of: simfile))
  }

  private static let noChart = UnreadableFile(
    "ucs-empty", "there is no chart to write", remedy: "add one first")

  private static func export(
    _ chart: StepChart, timing: TimingData
  ) throws(UnreadableFile) -> (bytes: [UInt8], losses: [Loss]) {
    let export = try UCSExport(chart, timing: timing)
    return (text(of: export.blocks, mode: export.mode), export.losses)
  }

  /// The format holds one chart.
  private static func otherCharts(of simfile: Simfile) -> [Loss] {
    let count = simfile.charts.count - 1
    if count < 1 { return [] }
    return [
      Loss(what: count == 1 ? "1 other chart" : "\(count) other charts", instead: "left out", isMissing: true)
    ]
  }

  /// The file in its canonical form: CRLF, all four lines in every header, rows of the right length. Where that would
  /// say anything else, the file as it is.
  package var canonicalBytes: [UInt8] {
    let canonical = UCSDocument.text(of: blocks, mode: mode, isExact: true)
    let again = try? UCSDocument(bytes: canonical, name: "")
    return again?.simfile.charts == simfile.charts ? canonical : bytes
  }

  /// - Parameter isExact: whether numbers have all the digits that they need to be read as the same ones.
  private static func text(of blocks: [UCSBlock], mode: UCSMode, isExact: Bool = false) -> [UInt8] {
    var text = ":Format=1\r\n:Mode=\(mode.rawValue)\r\n"
    for block in blocks { append(block, lanes: mode.lanes, isExact: isExact, to: &text) }
    return Array(text.utf8)
  }

  private static func number(_ value: Double, isExact: Bool) -> String {
    let short = DecimalText.significant(value, digits: 7)
    return isExact && Double(short) != value ? DecimalText.significant(value, digits: 16) : short
  }

  /// The line, from 1, of a row of the chart, or of the last one before it that is written.
  func line(of row: Row) -> Int? {
    guard let place = fileRow.filter({ $0.key <= row }).max(by: { $0.key < $1.key }) else { return nil }
    return 1 + bytes[..<rowOffsets[place.value]].count { $0 == UInt8(ascii: "\n") }
  }

  private static func append(_ block: UCSBlock, lanes: Int, isExact: Bool, to text: inout String) {
    text += ":BPM=\(number(block.bpm, isExact: isExact))\r\n"
    text += ":Delay=\(number(block.delay, isExact: isExact))\r\n"
    text += ":Beat=\(block.beat)\r\n:Split=\(block.split)\r\n"
    for start in stride(from: 0, to: block.cells.count, by: lanes) {
      text += String(decoding: block.cells[start..<start + lanes], as: UTF8.self) + "\r\n"
    }
  }

  private static func fileRows(
    _ blocks: [UCSBlock], _ layout: [(start: Row, rowsPerRow: UCSImport.Fraction)], lanes: Int
  ) -> [Row: Int] {
    var result: [Row: Int] = [:]
    var position = 0
    for (block, place) in zip(blocks, layout) {
      for index in 0..<block.rowCount(lanes: lanes) {
        if let offset = place.rowsPerRow.rows(index) { result[place.start + offset] = position + index }
      }
      position += block.rowCount(lanes: lanes)
    }
    return result
  }

  /// The same rows with other notes; nil when the edit needs more than that.
  private func patched(to chart: StepChart) -> [UInt8]? {
    guard chart.timing == simfile.charts[0].timing, chart.header == simfile.charts[0].header else {
      return nil
    }
    let edit = ChartEdit(from: simfile.charts[0], to: chart)
    var result = bytes
    for note in edit.removed where !write(note, erasing: true, to: &result) { return nil }
    for note in edit.inserted where !write(note, erasing: false, to: &result) { return nil }
    return result
  }

  private func write(_ note: Note, erasing: Bool, to result: inout [UInt8]) -> Bool {
    guard let head = fileRow[note.row], let tail = fileRow[note.lastRow] else { return false }
    switch note.kind {
    case .tap, .hold: break
    case .roll, .mine, .lift, .fake, .keysound: return false
    }
    for row in head...tail {
      let cell =
        tail == head
        ? UCSBlock.Cell.tap
        : row == head ? UCSBlock.Cell.head : row == tail ? UCSBlock.Cell.tail : UCSBlock.Cell.body
      result[rowOffsets[row] + note.lane.index] = erasing ? UCSBlock.Cell.empty : cell
    }
    return true
  }
}
