/// A simfile laid out in one way whoever wrote it, so that changes show as lines: UTF-8, LF, a tag a line, an entry of a
/// timing list a line, measures with the fewest lines that hold their rows.
///
/// What the file says stays, and so do the order of tags, comments, and what no reader understands.
struct CanonicalForm {
  private let document: SimfileDocument
  private var text: [UInt8] = []

  /// The canonical bytes of a document. Should they not say the same as the document, which would be a fault here,
  /// the document's own bytes are given back.
  static func bytes(of document: SimfileDocument) -> [UInt8] {
    for source in [inUTF8(document), withLineFeeds(document)].compactMap({ $0 }) {
      var form = CanonicalForm(document: source)
      form.write()
      let again = try? SimfileDocument(bytes: form.text, name: source.name, encoding: source.encoding)
      if again?.simfile == source.simfile { return form.text }
    }
    return document.bytes
  }

  private init(document: SimfileDocument) { self.document = document }

  /// Nil when text is lost on the way: in CP932 and CP949 a byte of a character can look like a `\`.
  private static func inUTF8(_ document: SimfileDocument) -> SimfileDocument? {
    guard document.encoding != .utf8 else { return nil }
    let bytes = Array(document.encoding.decode(document.bytes).utf8)
    guard let utf8 = try? SimfileDocument(bytes: bytes, name: document.name, encoding: .utf8),
      utf8.simfile == document.simfile
    else { return nil }
    return withLineFeeds(utf8)
  }

  private static func withLineFeeds(_ document: SimfileDocument) -> SimfileDocument? {
    guard document.bytes.contains(MSDText.carriageReturn) else { return document }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(document.bytes.count)
    for byte in document.bytes {
      if byte == MSDText.newline, bytes.last == MSDText.carriageReturn { bytes.removeLast() }
      bytes.append(byte)
    }
    return try? SimfileDocument(bytes: bytes, name: document.name, encoding: document.encoding)
  }

  // MARK: Between tags

  private mutating func write() {
    let charts = Dictionary(
      uniqueKeysWithValues: document.sources.enumerated().map { ($1.values.lowerBound, $0) })
    let notes = Dictionary(
      uniqueKeysWithValues: document.sources.enumerated().map { ($1.values.upperBound - 1, $0) })
    var position = document.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for (index, value) in document.values.enumerated() {
      writeGap(position..<value.range.lowerBound, isBeforeChart: charts[index] != nil)
      position = value.range.upperBound
      writeTag(value, notesOf: notes[index])
    }
    writeGap(position..<document.bytes.count, isBeforeChart: false)
    while text.last == MSDText.newline, text.dropLast().last == MSDText.newline { text.removeLast() }
  }

  /// Comments and stray text between two tags, without blanks at the ends of lines and with one blank line for many.
  private mutating func writeGap(_ range: Range<Int>, isBeforeChart: Bool) {
    let bytes = document.bytes
    let lines = bytes[range].split(separator: MSDText.newline, omittingEmptySubsequences: false)
      .map { bytes[MSDText.trimmed(bytes.span, $0.indices)] }
    if let first = lines.first, !first.isEmpty {
      if !text.isEmpty { text.append(0x20) }
      text += first
    }
    endLine()
    let rest = lines.dropFirst()
    if isBeforeChart, rest.first?.isEmpty != true || rest.count < 2 { endBlankLine() }
    for (index, line) in rest.enumerated() {
      if !line.isEmpty {
        text += line
        endLine()
      } else if index < rest.count - 1 {
        endBlankLine()
      }
    }
  }

  private mutating func endLine() {
    if let last = text.last, last != MSDText.newline { text.append(MSDText.newline) }
  }

  private mutating func endBlankLine() {
    if text.count > 1, text[text.count - 2] != MSDText.newline { text.append(MSDText.newline) }
  }

  // MARK: Tags

  private mutating func writeTag(_ value: MSDValue, notesOf chart: Int?) {
    let params = value.params
    let reader = TagReader(bytes: document.bytes, encoding: document.encoding)
    let name = reader.name(of: value)
    text.append(UInt8(ascii: "#"))
    text += params[0].isPlain ? Array(name.utf8) : Array(document.bytes[params[0].range])
    if let chart, let source = document.sources[safe: chart], source.noteParam < params.count {
      writeNotes(value, source: source, stepsType: document.simfile.charts[chart].header.stepsType)
    } else if params.count == 2, params[1].isPlain, let tag = TimingTag(name: name) {
      text.append(UInt8(ascii: ":"))
      text += timingList(tag, params[1].range)
    } else if params.count > 1 {
      text.append(UInt8(ascii: ":"))
      text += closed(params[1].range.lowerBound..<params[params.count - 1].range.upperBound)
    }
    text.append(UInt8(ascii: ";"))
  }

  /// Text as it stands, so that a sign may follow: a comment at its end must not swallow that.
  private func closed(_ range: Range<Int>) -> [UInt8] {
    let bytes = Array(document.bytes[range])
    let start = (bytes.lastIndex(of: MSDText.newline) ?? -1) + 1
    let hasComment = (start..<bytes.count).contains { MSDText.isComment(bytes.span, at: $0) }
    return hasComment ? bytes + [MSDText.newline] : bytes
  }

  /// The list's entries in order of rows, each in canonical numbers where these say exactly the same.
  private func timingList(_ tag: TimingTag, _ range: Range<Int>) -> [UInt8] {
    let bytes = document.bytes
    // An .sm turns negative tempi and pauses into warps by its exact numbers, so these stay.
    let keepsNumbers = document.format == .sm
    let reader = TimingListReader(tag: tag, dialect: dialect, encoding: document.encoding)
    var entries: [(row: Row, text: [UInt8])] = []
    reader.forEachEntry(bytes.span, range) { _, fields in
      let raw = Array(bytes[fields.range])
      let entry = canonical(raw, tag: tag, reader: reader)
      let text = keepsNumbers ? raw : entry?.text ?? raw
      entries.append((entry?.row ?? entries.last?.row ?? .zero, text))
    }
    let ordered = entries.enumerated().sorted {
      $0.element.row != $1.element.row ? $0.element.row < $1.element.row : $0.offset < $1.offset
    }
    let joined = Array(
      ordered.map(\.element.text).joined(separator: [UInt8(ascii: ","), MSDText.newline]))
    return entries.count > 1 ? joined + [MSDText.newline] : joined
  }

  private var dialect: TimingDialect {
    let isOld =
      document.format == .ssc
      && document.values.contains { value in
        let reader = TagReader(bytes: document.bytes, encoding: document.encoding)
        return reader.name(of: value) == "VERSION" && reader.number(value) < 0.7
      }
    return TimingDialect(allowsNegative: document.format == .sm, warpsAreAbsolute: isOld)
  }

  /// An entry's row, and its canonical text unless that would change what it says; nil for an entry that is not read.
  private func canonical(
    _ raw: [UInt8], tag: TimingTag, reader: TimingListReader
  ) -> (row: Row, text: [UInt8]?)? {
    func read(_ text: [UInt8]) -> TimingData {
      var timing = TimingData()
      reader.read(text.span, text.indices, into: &timing) { _ in }
      return timing
    }
    let meaning = read(raw)
    guard let entry = tag.entries(of: meaning).first else { return nil }
    let text = Array(entry.text.utf8)
    return (entry.row, read(text) == meaning ? text : nil)
  }

  private mutating func writeNotes(
    _ value: MSDValue, source: ParsedSimfile.ChartSource, stepsType: StepsType
  ) {
    for index in 1..<value.params.count {
      let range = value.params[index].range
      text.append(UInt8(ascii: ":"))
      if index == source.noteParam {
        text.append(MSDText.newline)
        text += CanonicalNotes.text(of: document.bytes, range, stepsType: stepsType)
      } else if index < source.noteParam {
        text += [MSDText.newline] + Array("     ".utf8)
        text += closed(MSDText.trimmed(document.bytes.span, range))
      } else {
        text += closed(range)
      }
    }
  }
}

extension SimfileDocument {
  /// The file in its canonical form: the same song in one layout, so that versions of it compare line by line.
  package var canonicalBytes: [UInt8] { CanonicalForm.bytes(of: self) }
}

extension Array {
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
