/// Where the parts of a simfile stand, as lines of its text from 1.
struct DocumentLines {
  private let document: SimfileDocument
  /// The offsets at which lines begin.
  private let starts: [Int]
  private let tags: TagReader
  /// The line of each tag of the song; of several the last.
  private var songLines: [String: Int] = [:]

  init(_ document: SimfileDocument) {
    self.document = document
    tags = TagReader(bytes: document.bytes, encoding: document.encoding)
    var starts = [0]
    let bytes = document.bytes.span
    for index in 0..<bytes.count where bytes[index] == MSDText.newline { starts.append(index + 1) }
    self.starts = starts
    for index in document.songValues {
      songLines[tags.name(of: document.values[index])] = line(at: document.values[index].range.lowerBound)
    }
  }

  /// The line that holds a byte.
  func line(at offset: Int) -> Int { starts.firstIndex(past: { $0 <= offset }) }

  /// The line of a chart's first tag.
  func line(ofChart chart: Int) -> Int? {
    document.sources[safe: chart].map { line(at: document.values[$0.values.lowerBound].range.lowerBound) }
  }

  /// The line of a tag: the last of its name in the song or in a chart, which is the one that counts.
  func line(ofTag name: String, chart: Int?) -> Int? {
    guard let chart else { return songLines[name] }
    return document.sources[safe: chart]?.values.last { tags.name(of: document.values[$0]) == name }
      .map { line(at: document.values[$0].range.lowerBound) }
  }

  /// The line of a row of a chart, or of the last one before it that is written.
  func line(of row: Row, chart: Int) -> Int? {
    guard let source = document.sources[safe: chart] else { return nil }
    let param = document.values[source.values.upperBound - 1].params[source.noteParam]
    var cursor = MeasureCursor(param.range)
    var rows: [Range<Int>] = []
    var place = param.range.lowerBound
    while let measure = cursor.next(in: document.bytes.span, rows: &rows), measure.layer == 0 {
      for (index, text) in rows.enumerated() {
        let grid = measure.index * Row.perMeasure + MeasureCursor.gridRow(line: index, of: rows.count)
        if grid > row.index { return line(at: place) }
        place = text.lowerBound
      }
    }
    return line(at: place)
  }

  /// A diagnostic with its line, by the row, the tag or the chart that it is about.
  func placed(_ diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.line == nil else { return diagnostic }
    var result = diagnostic
    if let tag = diagnostic.tag {
      result.line = line(ofTag: tag, chart: diagnostic.chart) ?? line(ofTag: tag, chart: nil)
    } else if let chart = diagnostic.chart, let row = diagnostic.row {
      result.line = line(of: row, chart: chart)
    }
    if result.line == nil { result.line = diagnostic.chart.flatMap { line(ofChart: $0) } }
    return result
  }
}
