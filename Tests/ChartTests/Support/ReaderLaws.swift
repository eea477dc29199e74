// The fuzzer compiles this together with Chart itself (`Fuzz/build.sh`).
#if canImport(Chart)
  import Chart
#endif

/// What holds for any bytes at all, read as a file of any format.
enum ReaderLaws {
  /// The formats whose readers are fuzzed, by the ends of their names.
  static let readers = ["ssc", "sm", "ucs", "dwi", "ksf"]

  /// The laws that some bytes break when they are read as a file of a format; empty is as it should be.
  static func broken(by bytes: [UInt8], reader: String) -> [String] {
    var laws = Laws()
    switch reader {
    case "ucs": laws.checkUCS(bytes)
    case "dwi": if let read = try? DWIReader(bytes) { laws.checkCharts(read.simfile) }
    case "ksf": if let read = try? KSFReader(bytes, name: "Hard_1") { laws.checkCharts(read.simfile) }
    default: laws.checkSimfile(bytes, name: "a." + reader)
    }
    return laws.broken
  }
}

private struct Laws {
  var broken: [String] = []

  private mutating func hold(_ condition: Bool, _ law: String) {
    if !condition { broken.append(law) }
  }

  mutating func checkSimfile(_ bytes: [UInt8], name: String) {
    guard let document = try? SimfileDocument(bytes: bytes, name: name) else { return }
    let simfile = document.simfile
    checkCharts(simfile)
    hold(document.serialized(simfile).bytes == bytes, "an unedited file stays as it is")
    hold(Lint.findings(in: document).allSatisfy { ($0.line ?? 1) > 0 }, "lines count from 1")
    checkCanonicalForm(of: document)
    checkEdit(of: document)
    for format in SimfileFormat.allCases {
      let written = SimfileDocument.serialize(simfile, as: format).bytes
      let again = try? SimfileDocument(bytes: written, name: "a." + format.rawValue)
      hold(again != nil, "what is written can be read")
    }
    checkExport(simfile)
  }

  private mutating func checkCanonicalForm(of document: SimfileDocument) {
    let canonical = document.canonicalBytes
    guard let again = try? SimfileDocument(bytes: canonical, name: document.name) else {
      return hold(false, "a canonical form can be read")
    }
    hold(
      again.simfile.charts.map(\.notes) == document.simfile.charts.map(\.notes),
      "canonical notes are the same")
  }

  mutating func checkUCS(_ bytes: [UInt8]) {
    guard let document = try? UCSDocument(bytes: bytes, name: "a") else { return }
    checkCharts(document.simfile)
    let written = try? document.serialized(document.simfile).bytes
    hold(written == bytes, "an unedited file stays as it is")
    _ = Lint.findings(in: document)
    let canonical = document.canonicalBytes
    hold(
      (try? UCSDocument(bytes: canonical, name: "a"))?.canonicalBytes == canonical,
      "a canonical form is fixed")
    checkExport(document.simfile)
  }

  mutating func checkCharts(_ simfile: Simfile) {
    for chart in simfile.charts {
      hold(chart.notes.invariantsHold, "notes are in order")
      let map = TimingMap(simfile.timing(of: chart))
      let times = map.seconds(of: chart.notes).map(\.value)
      hold(times.allSatisfy { !$0.isNaN }, "every note has a time")
      hold(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 }, "time does not run backwards")
      _ = chart.notes.map { map.isJudged($0.row) }
      _ = Gimmicks(of: chart, timing: simfile.timing(of: chart))
    }
  }

  /// A tap more: the file read back has exactly that tap more.
  private mutating func checkEdit(of document: SimfileDocument) {
    var edited = document.simfile
    guard let first = edited.charts.first, let lanes = first.header.stepsType.lanes, lanes > 0 else { return }
    let row = Row(min(first.notes.last?.row.index ?? 0, 100_000) / 2)
    guard first.notes.note(covering: row, lane: Lane(0)) == nil else { return }
    edited.charts[0].notes.insert(Note(row: row, lane: Lane(0)))
    let written = document.serialized(edited).bytes
    guard let again = try? SimfileDocument(bytes: written, name: document.name),
      again.simfile.charts.count == edited.charts.count
    else { return hold(false, "an edited file has its charts") }
    let notes = again.simfile.charts[0].notes
    hold(notes.note(at: row, lane: Lane(0)) != nil, "a new note is there")
    hold(notes.count == edited.charts[0].notes.count, "the other notes stay")
  }

  private mutating func checkExport(_ simfile: Simfile) {
    for index in simfile.charts.indices.prefix(2) {
      let last = simfile.charts[index].notes.map(\.lastRow).max() ?? .zero
      guard last.measure < 10_000, let written = try? UCSDocument.written(simfile, chart: index) else {
        continue
      }
      hold((try? UCSDocument(bytes: written.bytes, name: "a")) != nil, "a .ucs that is written can be read")
    }
  }
}
