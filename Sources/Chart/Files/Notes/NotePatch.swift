/// Changes the notes of a chart in its file's own text: a changed cell replaces that cell alone; lines come in only
/// where the measure has none for a new note. Line ends, indentation, comments and odd line counts stay.
struct NotePatch {
  private let bytes: [UInt8]
  private let range: Range<Int>
  private let writer: MeasureWriter
  private var replacements: [Replacement] = []

  /// The changes from `old` to `new`; nil when they cannot be said in the text as it is built.
  static func replacements(
    bytes: [UInt8], range: Range<Int>, lanes: Int, newline: [UInt8], from old: NoteList, to new: NoteList
  ) -> [Replacement]? {
    guard !bytes[range].contains(MSDText.backslash) else { return nil }
    let measures = allMeasures(bytes.span, range)
    let layerCount = max(1, (measures.last?.text.layer ?? 0) + 1)
    let isLayered = layerCount > 1
    let before = CellLayers(old, lanes: lanes, isLayered: isLayered).layers
    let after = CellLayers(new, lanes: lanes, isLayered: isLayered).layers
    guard after.count <= layerCount, before.count <= layerCount else { return nil }
    var patch = NotePatch(
      bytes: bytes, range: range,
      writer: MeasureWriter(lanes: lanes, isLayered: isLayered, newline: newline))
    for layer in 0..<layerCount {
      patch.patchLayer(
        measures.filter { $0.text.layer == layer },
        before: layer < before.count ? before[layer] : [], after: layer < after.count ? after[layer] : [])
    }
    return patch.replacements
  }

  private init(bytes: [UInt8], range: Range<Int>, writer: MeasureWriter) {
    self.bytes = bytes
    self.range = range
    self.writer = writer
  }

  /// A measure and the places of its rows.
  private struct Measure {
    var text: MeasureText
    var rows: [Range<Int>]

    /// The grid row of each line, counted within the measure.
    var grid: [Int] { rows.indices.map { MeasureCursor.gridRow(line: $0, of: rows.count) } }
  }

  private static func allMeasures(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [Measure] {
    var cursor = MeasureCursor(range)
    var rows: [Range<Int>] = []
    var result: [Measure] = []
    while let text = cursor.next(in: bytes, rows: &rows) { result.append(Measure(text: text, rows: rows)) }
    return result
  }

  private typealias Cells = ArraySlice<CellLayers.PlacedCell>

  private mutating func patchLayer(
    _ measures: [Measure], before: [CellLayers.PlacedCell], after: [CellLayers.PlacedCell]
  ) {
    var old = before[...]
    var new = after[...]
    for measure in measures {
      let oldCells = NotePatch.cut(&old, measure: measure.text.index)
      let newCells = NotePatch.cut(&new, measure: measure.text.index)
      if oldCells != newCells { patchMeasure(measure, from: oldCells, to: newCells) }
    }
    if !new.isEmpty { append(new, after: measures.last) }
  }

  /// Takes the cells of a measure off the front of a list.
  private static func cut(_ cells: inout Cells, measure: Int) -> Cells {
    let end = Row.measure(measure + 1)
    let first = cells
    while let cell = cells.first, cell.row < end { cells.removeFirst() }
    return first[first.startIndex..<cells.startIndex]
  }

  private mutating func patchMeasure(_ measure: Measure, from old: Cells, to new: Cells) {
    let grid = measure.grid
    let start = Row.measure(measure.text.index).index
    guard !grid.isEmpty, zip(grid, grid.dropFirst()).allSatisfy({ $0 < $1 }) else {
      rewrite(measure, with: new)
      return
    }
    let places = Set(grid)
    if new.allSatisfy({ places.contains($0.row.index - start) }) {
      for (line, row) in measure.rows.enumerated() {
        patchRow(row, at: Row(start + grid[line]), from: old, to: new)
      }
      return
    }
    let finer = MeasureWriter.lineCounts.first { count in
      count > grid.count && count % grid.count == 0 && Row.perMeasure % grid.count == 0
        && new.allSatisfy { $0.row.index % (Row.perMeasure / count) == 0 }
    }
    if let finer {
      refine(measure, to: finer, from: old, to: new)
    } else {
      rewrite(measure, with: new)
    }
  }

  private static func cells(_ cells: Cells, on row: Row) -> Cells {
    let start = cells.firstIndex { $0.row >= row } ?? cells.endIndex
    let end = cells[start...].firstIndex { $0.row > row } ?? cells.endIndex
    return cells[start..<end]
  }

  private mutating func patchRow(_ range: Range<Int>, at row: Row, from old: Cells, to new: Cells) {
    let before = NotePatch.cells(old, on: row)
    let after = NotePatch.cells(new, on: row)
    if before == after { return }
    var tokens = RowTokenizer(range)
    var lane = 0
    while let (_, place) = tokens.next(in: bytes.span) {
      let oldCell = before.first { $0.lane == lane }?.cell
      let newCell = after.first { $0.lane == lane }?.cell
      if oldCell != newCell {
        let text = (newCell ?? .empty).text(isLayered: writer.isLayered)
        replacements.append(Replacement(place, text))
      }
      lane += 1
    }
    // A row that is too short gets what it lacks.
    guard let last = after.last, last.lane >= lane else { return }
    replacements.append(Replacement(range.upperBound..<range.upperBound, writer.missing(after, from: lane)))
  }

  /// Puts lines between the measure's own, which stay as they are.
  private mutating func refine(_ measure: Measure, to count: Int, from old: Cells, to new: Cells) {
    let start = Row.measure(measure.text.index)
    let step = Row.perMeasure / count
    let stride = count / measure.rows.count
    for (line, row) in measure.rows.enumerated() {
      let first = start + line * stride * step
      patchRow(row, at: first, from: old, to: new)
      let (place, needsBreak) = endOfLine(after: row.upperBound, within: measure.text.range)
      var text = needsBreak ? writer.newline : []
      for extra in 1..<stride {
        text += indentation(of: row) + writer.row(NotePatch.cells(new, on: first + extra * step))
        if !needsBreak || extra < stride - 1 { text += writer.newline }
      }
      replacements.append(Replacement(place..<place, text))
    }
  }

  /// Where a line goes on after the one that holds a place, and whether it needs a line end before it.
  private func endOfLine(after place: Int, within range: Range<Int>) -> (place: Int, needsBreak: Bool) {
    var index = place
    while index < range.upperBound {
      if bytes[index] == MSDText.newline { return (index + 1, false) }
      index += 1
    }
    return (range.upperBound, true)
  }

  /// The blanks between the start of a row's line and the row.
  private func indentation(of row: Range<Int>) -> [UInt8] {
    var start = row.lowerBound
    while start > range.lowerBound, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    return Array(bytes[start..<row.lowerBound])
  }

  /// Writes a measure anew whose lines have no room for the notes. Its comments go before it.
  private mutating func rewrite(_ measure: Measure, with cells: Cells) {
    let count = MeasureWriter.lineCount(for: cells)
    let lines = writer.lines(cells, measure: measure.text.index, count: count)
    guard let first = measure.rows.first, let last = measure.rows.last else {
      let place = measure.text.range.upperBound
      replacements.append(Replacement(place..<place, breakBefore(place) + lines))
      return
    }
    let place = first.lowerBound..<last.upperBound
    let text = comments(in: place) + lines.dropLast(writer.newline.count)
    replacements.append(Replacement(place, text))
  }

  private func comments(in range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if MSDText.isComment(bytes.span, at: index) {
        let end = min(MSDText.endOfLine(bytes.span, from: index), range.upperBound)
        result += bytes[MSDText.trimmed(bytes.span, index..<end)] + writer.newline
        index = end
      } else {
        index += 1
      }
    }
    return result
  }

  private func breakBefore(_ place: Int) -> [UInt8] {
    place > range.lowerBound && bytes[place - 1] == MSDText.newline ? [] : writer.newline
  }

  /// Adds measures behind the last one of a layer.
  private mutating func append(_ cells: Cells, after last: Measure?) {
    let measures = (last.map { $0.text.index + 1 } ?? 0)...(cells.last?.row.measure ?? 0)
    var place = range.lowerBound
    var needsComma = false
    if let last {
      place = last.text.range.upperBound
      needsComma = !(place < range.upperBound && bytes[place] == UInt8(ascii: ","))
      if !needsComma { place += 1 }
    }
    var text = breakBefore(place)
    var rest = cells
    for measure in measures {
      if needsComma { text += [UInt8(ascii: ",")] + writer.newline }
      needsComma = true
      let own = NotePatch.cut(&rest, measure: measure)
      text += writer.lines(own, measure: measure, count: MeasureWriter.lineCount(for: own))
    }
    replacements.append(Replacement(place..<place, text))
  }
}

extension MeasureWriter {
  /// The cells of a row from a lane to its last note.
  fileprivate func missing(_ cells: ArraySlice<CellLayers.PlacedCell>, from lane: Int) -> [UInt8] {
    (lane..<lanes).flatMap { lane in
      (cells.first { $0.lane == lane }?.cell ?? .empty).text(isLayered: isLayered)
    }
  }
}
