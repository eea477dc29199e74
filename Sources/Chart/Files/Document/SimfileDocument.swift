/// A simfile as it stands on disk together with what it says: it can be written again with an edit, and everything
/// that the edit does not touch stays byte for byte as it was.
package struct SimfileDocument: Sendable {
  /// Larger files are refused: the largest known simfile is a tenth of this.
  package static let sizeLimit = 64 << 20
  /// More tags than any simfile has; a file of nothing else must not take all memory.
  package static let valueLimit = 250_000

  package let bytes: [UInt8]
  package let name: String
  package let format: SimfileFormat
  package let encoding: TextEncoding
  package let diagnostics: [Diagnostic]
  let values: [MSDValue]
  let sources: [ParsedSimfile.ChartSource]

  /// What the file says.
  package let simfile: Simfile

  /// Reads the bytes of a file. The name tells the format; the encoding is found out when none is given.
  package init(bytes: [UInt8], name: String, encoding: TextEncoding? = nil) throws(UnreadableFile) {
    guard let format = SimfileFormat(fileName: name) else {
      let known = SimfileFormat.allCases.map { "." + $0.rawValue }.joined(separator: " ")
      throw UnreadableFile("unknown-format", "not a simfile by its name", remedy: "known are \(known)")
    }
    try UnreadableFile.refuseTooLarge(bytes)
    let values = MSDScanner.values(in: bytes, limit: SimfileDocument.valueLimit + 1)
    guard values.count <= SimfileDocument.valueLimit else {
      throw UnreadableFile(
        "too-many-tags", "there are more than \(SimfileDocument.valueLimit) tags in it",
        remedy: "split the file; no game reads so many")
    }
    guard !values.isEmpty else {
      throw UnreadableFile(
        "no-tags", "there is no #TAG in it", remedy: "a simfile has lines like #TITLE:name;")
    }
    let chosen = encoding ?? TextEncoding.detected(in: bytes)
    let parsed =
      switch format {
      case .ssc: SSCReader.read(bytes, values: values, encoding: chosen)
      case .sm: SMReader.read(bytes, values: values, encoding: chosen)
      }
    self.bytes = bytes
    self.name = name
    self.format = format
    self.encoding = chosen
    self.values = parsed.values
    sources = parsed.sources
    simfile = parsed.simfile
    diagnostics = parsed.log.resolved(in: bytes)
  }

  /// The bytes of the document with the simfile changed, and what could not be said in them. The simfile as it was
  /// read gives the same bytes.
  package func serialized(_ edited: Simfile) -> (bytes: [UInt8], losses: [Loss]) {
    if edited == simfile { return (bytes, []) }
    if let utf8 = transcoded(for: edited) {
      let written = utf8.serialized(edited.withTexts(of: utf8.simfile, where: simfile))
      return (
        written.bytes, written.losses + [Loss(what: "the encoding \(encoding.rawValue)", instead: "UTF-8")]
      )
    }
    var patch = SimfilePatch(document: self, edited: edited)
    let patched = patch.run()
    let wrong = wrongCharts(in: patched.bytes, edited)
    if wrong == [] { return patched }
    // Text too odd to be mended in place is written anew rather than wrongly.
    if let wrong {
      let origins = ChartMatching.origins(of: edited.charts, in: simfile.charts)
      var rewriting = SimfilePatch(
        document: self, edited: edited, rewriting: Set(wrong.compactMap { origins[$0] }))
      let rewritten = rewriting.run()
      if wrongCharts(in: rewritten.bytes, edited) == [] { return rewritten }
    }
    return SimfileDocument.serialize(edited, as: format)
  }

  /// Which charts do not read back with the notes that they should have; nil when not even their number is right, or
  /// the timing of an `.ssc` (before version 0.70 a warp was written otherwise, and charts had no timing of their own).
  private func wrongCharts(in bytes: [UInt8], _ edited: Simfile) -> [Int]? {
    guard let again = try? SimfileDocument(bytes: bytes, name: name, encoding: encoding),
      again.simfile.charts.count == edited.charts.count, format == .sm || hasTiming(again.simfile, of: edited)
    else { return nil }
    return edited.charts.indices.filter { index in
      let chart = edited.charts[index]
      let writable = chart.notes[chart.notes.firstIndex(at: .zero)...]
      return !again.simfile.charts[index].notes.elementsEqual(writable) { read, wanted in
        read == wanted || read == wanted.ofFirstPlayer || !wanted.canSayPlayer && read == wanted.ofNobody
      }
    }
  }

  private func hasTiming(_ read: Simfile, of edited: Simfile) -> Bool {
    read.timing.isWritten(like: edited.timing)
      && zip(read.charts, edited.charts).allSatisfy { $0.hasTimingWritten(like: $1) }
  }

  /// The document in UTF-8 when its own encoding has no place for a new text.
  private func transcoded(for edited: Simfile) -> SimfileDocument? {
    guard encoding != .utf8 else { return nil }
    let known = Set(simfile.texts)
    guard edited.texts.contains(where: { !known.contains($0) && !encoding.keeps($0) }) else {
      return nil
    }
    return try? SimfileDocument(bytes: Array(encoding.decode(bytes).utf8), name: name, encoding: .utf8)
  }

  /// The bytes of a new file in its canonical form.
  package static func serialize(
    _ simfile: Simfile, as format: SimfileFormat
  ) -> (bytes: [UInt8], losses: [Loss]) {
    switch format {
    case .ssc: SSCWriter.write(simfile)
    case .sm: SMWriter.write(simfile)
    }
  }
}

extension UnreadableFile {
  static func refuseTooLarge(_ bytes: [UInt8]) throws(UnreadableFile) {
    guard bytes.count > SimfileDocument.sizeLimit else { return }
    throw UnreadableFile(
      "too-large", "\(bytes.count >> 20) MB is too large for a chart file",
      remedy: "files up to \(SimfileDocument.sizeLimit >> 20) MB are read")
  }
}

extension Note {
  /// In a file with a layer for each player a note of nobody's is the first player's.
  fileprivate var ofFirstPlayer: Note {
    var note = self
    note.modifiers.player = note.modifiers.player ?? 0
    return note
  }

  fileprivate var ofNobody: Note {
    var note = self
    note.modifiers.player = nil
    return note
  }
}

extension TextEncoding {
  /// Whether a text is read as it was when it is written in the encoding. The second byte of some characters of CP932
  /// is that of `\`, and hides what comes after it.
  fileprivate func keeps(_ text: String) -> Bool {
    let escaped = String(decoding: MSDText.escaped(text.utf8), as: UTF8.self)
    guard let bytes = encode(escaped) else { return false }
    return decode(MSDText.unescaped(bytes.span, bytes.indices)) == text
  }
}

extension Simfile {
  /// With another reading's song tags and chart names where they are as they were read first: in another encoding they
  /// may be read better.
  fileprivate func withTexts(of other: Simfile, where original: Simfile) -> Simfile {
    var result = self
    for tag in SongTag.allCases where song[tag] == original.song[tag] { result.song[tag] = other.song[tag] }
    if song.extras == original.song.extras { result.song.extras = other.song.extras }
    guard charts.count == other.charts.count, charts.count == original.charts.count else { return result }
    for index in charts.indices where charts[index].header == original.charts[index].header {
      result.charts[index].header = other.charts[index].header
    }
    return result
  }

  /// Every text that a file of it holds.
  fileprivate var texts: [String] {
    var texts = SongTag.allCases.map { song[$0] } + song.extras.map(\.content) + timing.labels.map(\.value)
    for chart in charts {
      let header = chart.header
      texts += [header.description, header.name, header.style, header.credit, header.music]
      texts += header.extras.map(\.content) + (chart.timing?.labels.map(\.value) ?? [])
    }
    return texts
  }
}
