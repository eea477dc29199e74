/// Rules about how a simfile is written.
enum DocumentRules {
  static let all: [Lint.DocumentRule] = [
    Lint.DocumentRule(
      code: "old-encoding", summary: "The file is not UTF-8, which games expect.", check: oldEncoding),
    Lint.DocumentRule(
      code: "unterminated-tag", summary: "A tag lacks its ; and ends at the next line's #.",
      check: unterminatedTag),
    Lint.DocumentRule(
      code: "repeated-tag", summary: "A tag stands twice; the later one counts.", check: repeatedTag),
    Lint.DocumentRule(
      code: "late-song-tag", summary: "A song tag stands behind a chart, where it is easily missed.",
      check: lateSongTag),
    Lint.DocumentRule(
      code: "unknown-tag", summary: "A tag that is not StepMania's or a Pump pack's; it is kept.",
      check: unknownTag),
    Lint.DocumentRule(
      code: "odd-rows", summary: "Notes between 192nds, which the game moves to the nearest.", check: oddRows),
  ]

  private static func oldEncoding(_ document: SimfileDocument, _: DocumentLines) -> [Lint.Finding] {
    document.encoding == .utf8
      ? []
      : [
        Lint.Finding(
          severity: .note, message: "the file is read as \(document.encoding.rawValue), not as UTF-8",
          remedy: "the canonical form is UTF-8")
      ]
  }

  private static func unterminatedTag(_ document: SimfileDocument, _ lines: DocumentLines) -> [Lint.Finding] {
    let reader = TagReader(bytes: document.bytes, encoding: document.encoding)
    return document.values.filter { !$0.isTerminated }.prefix(DiagnosticLog.limit).map { value in
      Lint.Finding(
        message: "#\(reader.name(of: value)) has no ; at its end", remedy: "add the ;",
        line: lines.line(at: value.range.lowerBound))
    }
  }

  private static func repeatedTag(_ document: SimfileDocument, _ lines: DocumentLines) -> [Lint.Finding] {
    let reader = TagReader(bytes: document.bytes, encoding: document.encoding)
    var findings: [Lint.Finding] = []
    func check(_ indices: [Int], chart: Int?) {
      var seen: Set<String> = []
      for index in indices where findings.count < DiagnosticLog.limit {
        let name = reader.name(of: document.values[index])
        let isChartOfOldFormat = document.format == .sm && name.hasPrefix("NOTES")
        guard !isChartOfOldFormat, !seen.insert(name).inserted else { continue }
        findings.append(
          Lint.Finding(
            message: "a second #\(name); it counts, the one before it does not",
            remedy: "take one of them away", chart: chart,
            line: lines.line(at: document.values[index].range.lowerBound)))
      }
    }
    check(document.songValues, chart: nil)
    if document.format == .ssc {
      for (index, source) in document.sources.enumerated() { check(Array(source.values), chart: index) }
    }
    return findings
  }

  private static func lateSongTag(_ document: SimfileDocument, _ lines: DocumentLines) -> [Lint.Finding] {
    guard let first = document.sources.first else { return [] }
    let reader = TagReader(bytes: document.bytes, encoding: document.encoding)
    return document.songValues.filter { $0 >= first.values.upperBound }.prefix(DiagnosticLog.limit).map {
      index in
      let value = document.values[index]
      return Lint.Finding(
        severity: .note, message: "#\(reader.name(of: value)) behind a chart belongs to the song",
        remedy: "move it before the first chart", line: lines.line(at: value.range.lowerBound))
    }
  }

  /// Tags beyond those with a field of their own that StepMania and Pump packs write.
  private static let keptTags: Set<String> = [
    "BGCHANGES", "BGCHANGES2", "ANIMATIONS", "FGCHANGES", "KEYSOUNDS", "ATTACKS", "INSTRUMENTTRACK",
    "LASTSECONDHINT", "LASTBEATHINT", "DISPLAYBPM", "PATCHINFO", "DIVISION", "SPECIALDIVISION", "BRAINHELP",
    "DISPLAYPERSPECTIVE", "LABELTYPE", "PRELOADNOTESKIN", "SEPARATENOTES", "PLAYERS", "EDITABLE",
    "SAMPLEPATH",
    "LEADTRACK", "NOTES2", "WARPS", "COMBOS", "SPEEDS", "SCROLLS", "FAKES", "LABELS",
  ]

  private static func unknownTag(_ document: SimfileDocument, _: DocumentLines) -> [Lint.Finding] {
    func findings(_ extras: [ExtraTag], chart: Int?) -> [Lint.Finding] {
      let names = Set(extras.map(\.name)).subtracting(keptTags).filter { !$0.hasPrefix("QUEST") }
      return names.sorted().prefix(DiagnosticLog.limit).map { name in
        Lint.Finding(
          severity: .note, message: "#\(name) is not a tag that games know; it is kept",
          remedy: "check how it is spelt", chart: chart, tag: name)
      }
    }
    let simfile = document.simfile
    return findings(simfile.song.extras, chart: nil)
      + simfile.charts.indices.flatMap { findings(simfile.charts[$0].header.extras, chart: $0) }
  }

  private static func oddRows(_ document: SimfileDocument, _ lines: DocumentLines) -> [Lint.Finding] {
    document.sources.enumerated().compactMap { chart, source in
      let param = document.values[source.values.upperBound - 1].params[source.noteParam]
      var cursor = MeasureCursor(param.range)
      var rows: [Range<Int>] = []
      var found: (count: Int, place: Int)?
      while cursor.next(in: document.bytes.span, rows: &rows) != nil {
        guard !rows.isEmpty, Row.perMeasure % rows.count != 0 else { continue }
        for (index, row) in rows.enumerated() where index * Row.perMeasure % rows.count != 0 {
          if row.allSatisfy({ document.bytes[$0] == UInt8(ascii: "0") }) { continue }
          found = ((found?.count ?? 0) + 1, found?.place ?? row.lowerBound)
        }
      }
      return found.map { found in
        Lint.Finding(
          severity: .note,
          message: "\(found.count) rows of notes stand between 192nds and are moved to the nearest",
          remedy: "write the measure with a number of lines that divides 192", chart: chart,
          line: lines.line(at: found.place))
      }
    }
  }
}
