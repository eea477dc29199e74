/// Reads Dance With Intensity files (`.dwi`), for 4-panel singles and doubles and 6-panel solo. Never written.
///
/// Facts: positions of `#FREEZE` and `#CHANGEBPM` count 16ths (quarters of a beat); a step letter stands for an 8th
/// unless brackets say otherwise; `!` makes the panels of the letter after it the heads of holds, which the next
/// step on the panel ends.
package struct DWIReader {
  package private(set) var simfile = Simfile()
  package var diagnostics: [Diagnostic] { problems.diagnostics }

  private var problems = FirstOfKind()
  private let bytes: [UInt8]
  private let encoding: TextEncoding

  /// - Throws: `UnreadableFile` when the bytes hold no step data.
  package init(_ bytes: [UInt8]) throws(UnreadableFile) {
    self.bytes = bytes
    encoding = TextEncoding.detected(in: bytes)
    try UnreadableFile.refuseTooLarge(bytes)
    let values = MSDScanner.values(in: bytes, limit: SimfileDocument.valueLimit)
    for value in values { readTag(value) }
    for value in values { readChart(value) }
    if simfile.charts.isEmpty {
      throw UnreadableFile("dwi-empty", "the file has no #SINGLE, #DOUBLE, #COUPLE or #SOLO steps")
    }
  }

  // MARK: - Tags

  private func text(_ value: MSDValue, _ index: Int) -> String {
    guard index < value.params.count else { return "" }
    return encoding.decode(MSDText.unescaped(bytes, value.params[index])).trimmingBlanks
  }

  private mutating func readTag(_ value: MSDValue) {
    let tag = text(value, 0).uppercased()
    let content = text(value, 1)
    if let songTag = DWIReader.songTags[tag] { simfile.song[songTag] = content }
    switch tag {
    case "GAP": readGap(content, value)
    case "BPM": addTempo(Double(content), at: .zero, value)
    case "CHANGEBPM": for (row, bpm) in pairs(content, value) { addTempo(bpm, at: row, value) }
    case "FREEZE":
      for (row, milliseconds) in pairs(content, value) where !(milliseconds <= 0) {
        guard let stop = Seconds(plausible: milliseconds / 1000) else {
          warn("dwi-freeze", "a stop of \(milliseconds) ms; left out", value)
          continue
        }
        simfile.timing.stops.set(stop, at: row)
      }
    default: break
    }
  }

  private mutating func readGap(_ content: String, _ value: MSDValue) {
    if let gap = Seconds(text: content, partsPerSecond: 1000) {
      simfile.timing.offset = -gap
    } else if !content.isEmpty {
      warn("dwi-gap", "#GAP is no time of a song; read as 0", value, remedy: "write milliseconds, as 250")
    }
  }

  private static let songTags: [String: SongTag] = [
    "TITLE": .title, "ARTIST": .artist, "GENRE": .genre, "CDTITLE": .cdTitle, "FILE": .music,
    "DISPLAYBPM": .displayBPM, "SAMPLESTART": .sampleStart, "SAMPLELENGTH": .sampleLength,
  ]

  private mutating func addTempo(_ bpm: Double?, at row: Row, _ value: MSDValue) {
    guard let bpm, bpm > 0, bpm.isFinite else {
      warn("dwi-bpm", "a tempo that is not a number above 0; left out", value)
      return
    }
    simfile.timing.bpms.set(bpm, at: row)
  }

  /// `position=value,…` with positions in 16ths.
  private mutating func pairs(_ content: String, _ value: MSDValue) -> [(Row, Double)] {
    var result: [(Row, Double)] = []
    for item in content.split(separator: ",") {
      let sides = item.split(separator: "=").map { Double($0.trimmingBlanks) }
      if sides.count == 2, let position = sides[0], let number = sides[1], abs(position) < 1e6 {
        result.append((Beat(position / 4).row, number))
      } else {
        warn("dwi-list", "\"\(item)\" is not position=value; left out", value)
      }
    }
    return result
  }

  // MARK: - Charts

  private mutating func readChart(_ value: MSDValue) {
    guard let type = DWIReader.types[text(value, 0).uppercased()] else { return }
    var header = ChartHeader(stepsType: type, meter: Int(text(value, 2)) ?? 1)
    header.difficulty = DWIReader.difficulty(text(value, 1))
    header.description = text(value, 1)
    var places = DWISteps(solo: type.lanes == 6)
    for pad in 0..<(value.params.count > 4 ? 2 : 1) {
      places.read(text(value, 3 + pad), laneShift: 4 * pad)
    }
    // A hold that nothing ends is known when all steps are.
    let notes = places.notes()
    tellProblems(of: places, value)
    simfile.charts.append(StepChart(header: header, notes: NoteList(sorted: notes)))
  }

  private mutating func tellProblems(of steps: DWISteps, _ value: MSDValue) {
    if let unknown = steps.unknown {
      let more = unknown.count > 1 ? " (the first of \(unknown.count) in the chart)" : ""
      warn("dwi-steps", "the letter \"\(unknown.letter)\" means no step; left out\(more)", value)
    }
    if steps.unendedHolds > 0 {
      let holds = steps.unendedHolds == 1 ? "1 hold is" : "\(steps.unendedHolds) holds are"
      warn("dwi-hold", "\(holds) never ended; left out", value)
    }
    if steps.isFull {
      problems.add(
        .error, "too-many-notes", NoteDataReader.tooManyNotes, remedy: "split the chart",
        line: bytes.line(at: value.range.lowerBound))
    }
  }

  private static let types: [String: StepsType] = [
    "SINGLE": .danceSingle, "DOUBLE": .danceDouble, "COUPLE": StepsType("dance-couple"),
    "SOLO": StepsType("dance-solo"),
  ]

  private static func difficulty(_ name: String) -> Difficulty {
    switch name.lowercased() {
    case "beginner": .beginner
    case "easy", "basic", "light": .easy
    case "medium", "another", "trick", "standard", "difficult": .medium
    case "hard", "ssr", "maniac", "heavy": .hard
    case "challenge", "smaniac", "expert", "oni": .challenge
    default: .edit
    }
  }

  private mutating func warn(_ code: String, _ message: String, _ value: MSDValue, remedy: String = "") {
    problems.add(.warning, code, message, remedy: remedy, line: bytes.line(at: value.range.lowerBound))
  }
}

/// The step letters of one chart, gathered pad by pad.
private struct DWISteps {
  /// The first letter that means no step, and how many there are.
  private(set) var unknown: (letter: Character, count: Int)?
  private(set) var unendedHolds = 0
  /// Whether there were more notes than any chart has.
  private(set) var isFull = false
  private let isSolo: Bool
  /// Whether the note at a place begins a hold.
  private var places: [Place: Bool] = [:]

  private struct Place: Hashable {
    var row: Row
    var lane: Lane
  }

  init(solo: Bool) { isSolo = solo }

  /// Panels of a letter: d(own), l(eft), r(ight), u(p), and for solo p and q, the upper corners.
  private static let letters: [Character: String] = [
    "0": "", "5": "", "1": "dl", "2": "d", "3": "dr", "4": "l", "6": "r", "7": "ul", "8": "u", "9": "ur",
    "A": "ud", "B": "lr", "C": "p", "D": "q", "E": "lp", "F": "pd", "G": "pu", "H": "pr", "I": "lq",
    "J": "dq",
    "K": "uq", "L": "qr", "M": "pq",
  ]
  private static let danceLanes: [Character: Int] = ["l": 0, "d": 1, "u": 2, "r": 3]
  private static let soloLanes: [Character: Int] = ["l": 0, "p": 1, "d": 2, "u": 3, "q": 4, "r": 5]

  mutating func read(_ text: String, laneShift: Int) {
    let letters = Array(text.filter { !$0.isWhitespace })
    var row = Row.zero
    var step = Row.perBeat / 2
    var index = 0
    while index < letters.count, !isFull {
      switch letters[index] {
      case "(": step = Row.perMeasure / 16
      case "[": step = Row.perMeasure / 24
      case "{": step = Row.perMeasure / 64
      case "`": step = 1
      case ")", "]", "}", "'", ">": step = Row.perBeat / 2
      case "<" where isRunOf192nds(letters, after: index): step = 1
      default:
        index = readStep(letters, at: index, row: row, laneShift: laneShift)
        row += step
        continue
      }
      index += 1
    }
  }

  /// No run of 192nds in one pair of brackets is longer.
  private static let longestRun = 4096

  /// `<…>` once meant 192nds and later a jump: a rest inside tells the former.
  private func isRunOf192nds(_ letters: [Character], after index: Int) -> Bool {
    letters[(index + 1)...].prefix(DWISteps.longestRun).prefix { $0 != ">" }.contains("0")
  }

  /// Reads one step, a letter or `<letters>`, each with an optional `!` and the letter of its holds. Returns where
  /// to go on.
  private mutating func readStep(_ letters: [Character], at start: Int, row: Row, laneShift: Int) -> Int {
    var index = start
    let isJump = letters[index] == "<"
    if isJump { index += 1 }
    repeat {
      guard index < letters.count, letters[index] != ">" else { break }
      put(letters[index], row: row, laneShift: laneShift, beginsHold: false)
      index += 1
      if index + 1 < letters.count, letters[index] == "!" {
        put(letters[index + 1], row: row, laneShift: laneShift, beginsHold: true)
        index += 2
      }
    } while isJump
    return isJump ? min(index + 1, letters.count) : index
  }

  private mutating func put(_ letter: Character, row: Row, laneShift: Int, beginsHold: Bool) {
    guard let panels = DWISteps.letters[letter] else {
      unknown = (unknown?.letter ?? letter, (unknown?.count ?? 0) + 1)
      return
    }
    guard places.count < NoteDataReader.noteLimit else {
      isFull = true
      return
    }
    for panel in panels {
      guard let lane = (isSolo ? DWISteps.soloLanes : DWISteps.danceLanes)[panel] else { continue }
      let place = Place(row: row, lane: Lane(lane + laneShift))
      places[place] = beginsHold || (places[place] ?? false)
    }
  }

  /// The notes in order: a hold ends with the next step of its lane, which is no step of its own.
  mutating func notes() -> [Note] {
    var notes: [Note] = []
    var open: [Lane: Row] = [:]
    for (place, beginsHold) in places.sorted(by: { $0.key.row < $1.key.row }) {
      if let head = open.removeValue(forKey: place.lane) {
        notes.append(Note(row: head, lane: place.lane, kind: .hold(end: place.row)))
      } else if beginsHold {
        open[place.lane] = place.row
      } else {
        notes.append(Note(row: place.row, lane: place.lane))
      }
    }
    unendedHolds = open.count
    return notes.sorted()
  }
}
