/// A simfile's values with where each came from: what reading finds and what patching needs.
struct ParsedSimfile {
  /// Where a chart stands among the file's values.
  struct ChartSource: Hashable {
    /// From `#NOTEDATA` to `#NOTES`; the `#NOTES` alone in an `.sm`.
    var values: Range<Int>
    /// The param of the last of those values that holds the note data.
    var noteParam: Int
  }

  var values: [MSDValue] = []
  var simfile = Simfile()
  var sources: [ChartSource] = []
  var log = DiagnosticLog()
}

/// What the readers of `.ssc` and `.sm` have in common: bytes to text and timing.
struct TagReader {
  let bytes: [UInt8]
  let encoding: TextEncoding

  /// Tags that StepMania computes itself; they go stale with the first edit and are never authored.
  static let derived: Set<String> = [
    "RADARVALUES", "MUSICLENGTH", "FIRSTSECOND", "LASTSECOND", "FIRSTBEAT", "LASTBEAT", "SONGFILENAME",
    "HASMUSIC",
    "HASBANNER", "STEPFILENAME", "MUSICBYTES",
  ]

  /// The tag in upper case.
  func name(of value: MSDValue) -> String {
    String(decoding: MSDText.unescaped(bytes, value.params[0]).map(TagReader.upperCased), as: UTF8.self)
  }

  private static func upperCased(_ byte: UInt8) -> UInt8 {
    byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte
  }

  /// The text of a param; empty where there is none.
  func text(_ value: MSDValue, _ index: Int = 1) -> String {
    guard index < value.params.count else { return "" }
    return encoding.decode(MSDText.unescaped(bytes, value.params[index]))
  }

  /// The text without blanks around it.
  func trimmedText(_ value: MSDValue, _ index: Int = 1) -> String {
    guard index < value.params.count else { return "" }
    let text = MSDText.unescaped(bytes, value.params[index])
    return encoding.decode(Array(text[MSDText.trimmed(text.span, text.indices)]))
  }

  func number(_ value: MSDValue) -> Double {
    guard value.params.count > 1 else { return 0 }
    let text = MSDText.unescaped(bytes, value.params[1])
    return NumberReader.number(text.span, text.indices)
  }

  /// The offset of a song or a chart.
  func offset(_ value: MSDValue, log: inout DiagnosticLog) -> Seconds {
    if let offset = Seconds(plausible: number(value)) { return offset }
    log.add(
      .warning, "bad-timing", at: value.range.lowerBound, "#OFFSET is no time of a song; read as 0",
      remedy: "write seconds, as -0.250")
    return .zero
  }

  /// All that stands behind the tag, as it stands.
  func extra(_ value: MSDValue, name: String) -> ExtraTag {
    guard value.params.count > 1, let last = value.params.last else {
      return ExtraTag(name: name, content: "")
    }
    return ExtraTag(
      name: name,
      content: encoding.decode(Array(bytes[value.params[1].range.lowerBound..<last.range.upperBound])))
  }

  /// The text of a song tag. `DISPLAYBPM` is the one whose `:` belongs to it.
  func text(of tag: SongTag, _ value: MSDValue) -> String {
    guard tag == .displayBPM, value.params.count > 2 else { return text(value) }
    return trimmedText(value, 1) + ":" + trimmedText(value, 2)
  }

  /// Reads a timing list, telling of the entries that are left out.
  func readTiming(
    _ tag: TimingTag, _ value: MSDValue, dialect: TimingDialect = TimingDialect(),
    into timing: inout TimingData,
    log: inout DiagnosticLog
  ) {
    let reader = TimingListReader(tag: tag, dialect: dialect, encoding: encoding)
    var rejected: [Range<Int>] = []
    withListText(value) { bytes, range in
      reader.read(bytes, range, into: &timing) { rejected.append($0) }
    }
    tell(rejected.count, tag, value, log: &log)
  }

  /// Reads a list of (beat, value) as it stands.
  func pairs(_ tag: TimingTag, _ value: MSDValue, log: inout DiagnosticLog) -> [(beat: Double, value: Double)]
  {
    let reader = TimingListReader(tag: tag, dialect: TimingDialect(allowsNegative: true), encoding: encoding)
    var rejected = 0
    var pairs: [(beat: Double, value: Double)] = []
    withListText(value) { bytes, range in
      pairs = reader.pairs(bytes, range) { _ in rejected += 1 }
    }
    tell(rejected, tag, value, log: &log)
    return pairs
  }

  private func withListText(_ value: MSDValue, _ body: (Span<UInt8>, Range<Int>) -> Void) {
    guard value.params.count > 1 else {
      let nothing: [UInt8] = []
      return body(nothing.span, 0..<0)
    }
    if value.params[1].isPlain {
      body(bytes.span, value.params[1].range)
    } else {
      let text = MSDText.unescaped(bytes, value.params[1])
      body(text.span, text.indices)
    }
  }

  private func tell(_ rejected: Int, _ tag: TimingTag, _ value: MSDValue, log: inout DiagnosticLog) {
    guard rejected > 0 else { return }
    log.add(
      .warning, "bad-timing", at: value.range.lowerBound,
      "\(rejected) \(rejected == 1 ? "entry" : "entries") of #\(tag.rawValue) cannot be used",
      remedy: "write beat=value with a beat from 0 and a value that the tag allows")
  }

  /// The notes of a chart.
  func notes(_ param: MSDParam, stepsType: StepsType, log: inout DiagnosticLog) -> NoteList {
    if !param.isPlain, bytes[param.range].contains(MSDText.backslash) {
      let text = MSDText.unescaped(bytes, param)
      return TagReader.notes(text.span, text.indices, stepsType, at: param.range.lowerBound, log: &log)
    }
    return TagReader.notes(bytes.span, param.range, stepsType, at: param.range.lowerBound, log: &log)
  }

  private static func notes(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ stepsType: StepsType, at offset: Int,
    log: inout DiagnosticLog
  ) -> NoteList {
    guard let lanes = stepsType.lanes else {
      log.add(
        .warning, "unknown-steps-type", at: offset, "nobody knows the steps type \(stepsType.name)",
        remedy: "it is kept as it stands; write one of StepMania's types to play it")
      let width = NoteDataReader.width(of: bytes, range)
      return NoteDataReader.notes(in: bytes, range, lanes: width, log: &log)
    }
    return NoteDataReader.notes(in: bytes, range, lanes: lanes, log: &log)
  }
}

extension Difficulty {
  /// A difficulty by any of the names that files have had for it, upper or lower case.
  init?(anyName name: String) {
    switch name.lowercased() {
    case "beginner": self = .beginner
    case "easy", "basic", "light": self = .easy
    case "medium", "another", "trick", "standard", "difficult": self = .medium
    case "hard", "ssr", "maniac", "heavy": self = .hard
    case "smaniac", "challenge", "expert", "oni": self = .challenge
    case "edit": self = .edit
    default: return nil
    }
  }
}

extension StepsType {
  /// The type by its name in a file; two old names stand for newer ones.
  init(fileName name: String) {
    switch name {
    case "para": self.init("para-single")
    case "ez2-single-hard": self.init("ez2-single")
    default: self.init(name)
    }
  }
}
