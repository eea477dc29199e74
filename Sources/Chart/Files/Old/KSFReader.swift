/// Reads one `.ksf` file of Kick It Up and Direct Move: one chart of Pump. Never written.
///
/// Facts: 13 cells a row, 10 of them panels; `1` tap, `4` hold in every row it lasts, a row of `2` ends the song;
/// `#TICKCOUNT` rows a beat; `#STARTTIME` in hundredths of a second; `#BUNKI` is the time at which `#BPM2` begins.
/// Direct Move's lines between bars change tick count, tempo, pauses and scroll.
package struct KSFReader {
  package private(set) var simfile: Simfile
  package var diagnostics: [Diagnostic] { problems.diagnostics }

  private var problems = FirstOfKind()
  private let bytes: [UInt8]
  private let encoding: TextEncoding
  private var tags: [String: String] = [:]
  private var timing = TimingData()
  private var ticks = 4
  /// The beat reached so far; rows need not fall on our grid.
  private var beat = 0.0
  private var previousRow = Row.zero
  private var notes: [Note] = []
  private var holdStarts: [Int: Row] = [:]

  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: its name without the ending, which says what kind of chart it is (`Crazy_2`, `hd-double`).
  /// - Throws: `UnreadableFile` when there are no steps.
  package init(_ bytes: [UInt8], name: String) throws(UnreadableFile) {
    self.bytes = bytes
    encoding = TextEncoding.detected(in: bytes)
    simfile = Simfile()
    try UnreadableFile.refuseTooLarge(bytes)
    var steps: MSDValue?
    for value in MSDScanner.values(in: bytes, limit: SimfileDocument.valueLimit) {
      let tag = text(value, 0).uppercased()
      if tag == "STEP" { steps = value } else if !tag.isEmpty { tags[tag] = text(value, 1) }
    }
    guard let steps, steps.params.count > 1 else {
      throw UnreadableFile("ksf-empty", "the file has no #STEP", remedy: "is it a .ksf file?")
    }
    let header = KSFReader.header(name: name, tags: tags)
    readTags(steps)
    readRows(steps, type: header.stepsType)
    simfile.timing = timing
    simfile.charts = [StepChart(header: header, timing: timing, notes: NoteList(notes))]
    readTitle()
  }

  private func text(_ value: MSDValue, _ index: Int) -> String {
    guard index < value.params.count else { return "" }
    return encoding.decode(Array(bytes[value.params[index].range])).trimmingBlanks
  }

  private func number(_ tag: String) -> Double? {
    tags[tag].flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
  }

  // MARK: - Tags

  /// `artist - title - level` or less of it.
  private mutating func readTitle() {
    let parts = (tags["TITLE"] ?? "").split(separator: "-").map(\.trimmingBlanks)
    simfile.song[.title] = parts.count > 1 ? parts[1] : parts.first ?? ""
    if parts.count > 1 { simfile.song[.artist] = parts[0] }
    if let file = tags["SONGFILE"] { simfile.song[.music] = file }
  }

  private mutating func readTags(_ steps: MSDValue) {
    if let start = Seconds(text: tags["STARTTIME"] ?? "0", partsPerSecond: 100) {
      timing.offset = -start
    } else {
      warn("ksf-start", "#STARTTIME is no time of a song; read as 0", at: steps.range.lowerBound)
    }
    if let bpm = number("BPM"), bpm > 0 {
      timing.bpms.set(bpm, at: .zero)
    } else {
      warn("ksf-bpm", "no tempo is given; 60 BPM is assumed", at: steps.range.lowerBound)
    }
    if let count = number("TICKCOUNT"), count >= 1, count <= 4096 {
      ticks = Int(count)
    } else {
      warn("ksf-ticks", "#TICKCOUNT is missing or out of range; 4 is assumed", at: steps.range.lowerBound)
    }
    timing.tickcounts.set(min(ticks, Row.perBeat), at: .zero)
    addBunki("BPM", "BUNKI", "BPM2", start: "STARTTIME")
    addBunki("BPM2", "BUNKI2", "BPM3", start: "STARTTIME2")
  }

  private mutating func addBunki(_ before: String, _ place: String, _ after: String, start: String) {
    guard let old = number(before), old > 0, let time = number(place), time > 0, let new = number(after),
      new > 0
    else { return }
    let seconds = (time - (number(start) ?? 0)) / 100
    timing.bpms.set(new, at: Beat(max(0, seconds * old / 60)).row)
  }

  private static func header(name: String, tags: [String: String]) -> ChartHeader {
    let lower = name.lowercased()
    func says(_ words: String...) -> Bool { words.contains { lower.contains($0) } }
    var type = StepsType.pumpSingle
    if says("halfdouble", "half-double", "h_double", "hdb") {
      type = .pumpHalfDouble
    } else if says("double", "nightmare", "freestyle", "db", "nm", "fs")
      || (tags["PLAYER"] ?? "").lowercased().contains("double")
    {
      type = .pumpDouble
    } else if says("_2") {
      type = StepsType("pump-couple")
    }
    let meter = tags["DIFFICULTY"].flatMap { Int($0) }.map { max(1, $0) } ?? 99
    return ChartHeader(stepsType: type, description: name, difficulty: .edit, meter: meter)
  }

  // MARK: - Rows

  private mutating func readRows(_ steps: MSDValue, type: StepsType) {
    let first = type == .pumpHalfDouble ? 2 : 0
    let lanes = type.lanes ?? 5
    var start = steps.params[1].range.lowerBound
    let end = steps.params[1].range.upperBound
    while start < end {
      let stop = bytes[start..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
      let line = bytes[start..<stop].filter { $0 > 0x20 }
      if line.first == UInt8(ascii: "|") {
        readCommand(line, at: start)
      } else if !line.isEmpty {
        if line.allSatisfy({ $0 == UInt8(ascii: "2") }) { break }
        guard notes.count <= NoteDataReader.noteLimit else {
          problems.add(
            .error, "too-many-notes", NoteDataReader.tooManyNotes, remedy: "split the chart",
            line: bytes.line(at: start))
          break
        }
        readRow(line.dropFirst(first).prefix(lanes), at: start)
      }
      start = stop + 1
    }
    for lane in holdStarts.keys.sorted() { endHold(lane) }
  }

  private mutating func readRow(_ cells: ArraySlice<UInt8>, at offset: Int) {
    let row = Beat(beat).row
    for (lane, cell) in cells.enumerated() {
      if cell == UInt8(ascii: "4") {
        if holdStarts[lane] == nil { holdStarts[lane] = row }
        continue
      }
      endHold(lane)
      guard let kind = kind(of: cell, at: offset) else { continue }
      notes.append(Note(row: row, lane: Lane(lane), kind: kind))
    }
    previousRow = row
    beat += 1 / Double(ticks)
  }

  private mutating func kind(of cell: UInt8, at offset: Int) -> Note.Kind? {
    switch cell {
    case UInt8(ascii: "0"): return nil
    case UInt8(ascii: "1"): return .tap
    case UInt8(ascii: "M"), UInt8(ascii: "m"): return .mine
    case UInt8(ascii: "F"), UInt8(ascii: "f"): return .fake
    case UInt8(ascii: "L"), UInt8(ascii: "l"): return .lift
    default:
      warn("ksf-cell", "a cell that means nothing is read as empty", at: offset)
      return nil
    }
  }

  /// A hold lasts to the last row that showed it.
  private mutating func endHold(_ lane: Int) {
    guard let start = holdStarts.removeValue(forKey: lane) else { return }
    notes.append(
      Note(row: start, lane: Lane(lane), kind: previousRow > start ? .hold(end: previousRow) : .tap))
  }

  /// A Direct Move command: `|T8|` ticks, `|B150|` tempo, `|D500|` pause in ms, `|E2|` pause in ticks, `|X2|` scroll.
  private mutating func readCommand(_ line: [UInt8], at offset: Int) {
    let text = String(decoding: line.dropFirst().prefix { $0 != UInt8(ascii: "|") }, as: UTF8.self)
    let row = Beat(beat).row
    guard let letter = text.first, let number = Double(text.dropFirst()), number.isFinite else {
      warn("ksf-command", "the command \"\(text)\" is not understood; left out", at: offset)
      return
    }
    switch letter {
    case "T" where number >= 1 && number <= 4096:
      ticks = Int(number)
      timing.tickcounts.set(min(ticks, Row.perBeat), at: row)
    case "B" where number > 0: timing.bpms.set(number, at: row)
    case "D" where number > 0: addDelay(number / 1000, at: row, offset)
    case "E" where number > 0: addDelay(60 / timing.bpm(at: row) * number / Double(ticks), at: row, offset)
    case "X": timing.scrolls.set(number, at: row)
    case "M", "C":
      guard number.magnitude < 1e6 else { return }
      timing.combos.set(ComboFactor(hit: Int(number), miss: Int(number)), at: row)
    default: warn("ksf-command", "the command \"\(text)\" is left out", at: offset)
    }
  }

  private mutating func addDelay(_ seconds: Double, at row: Row, _ offset: Int) {
    let there = timing.delays.first { $0.row == row }?.value.value ?? 0
    guard let delay = Seconds(plausible: there + seconds) else {
      warn("ksf-pause", "a pause that no song can mean; left out", at: offset)
      return
    }
    timing.delays.set(delay, at: row)
  }

  private mutating func warn(_ code: String, _ message: String, at offset: Int) {
    problems.add(.warning, code, message, line: bytes.line(at: offset))
  }
}
