/// Reads `.sm` values: song tags, and a `#NOTES` of six params for each chart.
struct SMReader {
  /// The params of `#NOTES` behind the tag.
  enum NotesParam {
    static let stepsType = 1
    static let description = 2
    static let difficulty = 3
    static let meter = 4
    static let notes = 6
  }

  private let tags: TagReader
  private var parsed = ParsedSimfile()
  private var bpms: [(beat: Double, value: Double)] = []
  private var stops: [(beat: Double, value: Double)] = []

  private init(_ bytes: [UInt8], encoding: TextEncoding) {
    tags = TagReader(bytes: bytes, encoding: encoding)
  }

  static func read(_ bytes: [UInt8], values: [MSDValue], encoding: TextEncoding) -> ParsedSimfile {
    var reader = SMReader(bytes, encoding: encoding)
    reader.parsed.values = values
    for (index, value) in values.enumerated() {
      reader.readTag(reader.tags.name(of: value), value, index)
    }
    LegacyTempo.apply(bpms: reader.bpms, stops: reader.stops, to: &reader.parsed.simfile.timing)
    return reader.parsed
  }

  private mutating func readTag(_ name: String, _ value: MSDValue, _ index: Int) {
    if name == "NOTES" || name == "NOTES2" {
      readChart(value, index)
    } else if let tag = SongTag(rawValue: name) {
      parsed.simfile.song[tag] = tags.text(of: tag, value)
    } else if let tag = TimingTag(name: name) {
      readTiming(tag, value)
    } else if name == "OFFSET" {
      parsed.simfile.timing.offset = tags.offset(value, log: &parsed.log)
    } else if !TagReader.derived.contains(name) {
      parsed.simfile.song.extras.append(tags.extra(value, name: name))
    }
  }

  private mutating func readTiming(_ tag: TimingTag, _ value: MSDValue) {
    switch tag {
    case .bpms: bpms = tags.pairs(tag, value, log: &parsed.log)
    case .stops: stops = tags.pairs(tag, value, log: &parsed.log)
    case .delays, .timeSignatures, .tickcounts:
      tags.readTiming(tag, value, into: &parsed.simfile.timing, log: &parsed.log)
    case .warps, .combos, .speeds, .scrolls, .fakes, .labels:
      // StepMania passes over these in an .sm; so do we, and keep them.
      parsed.simfile.song.extras.append(tags.extra(value, name: tag.rawValue))
    }
  }

  private mutating func readChart(_ value: MSDValue, _ index: Int) {
    guard value.params.count > NotesParam.notes else {
      parsed.log.add(
        .error, "chart-without-notes", at: value.range.lowerBound,
        "#NOTES has \(value.params.count - 1) of 6 parts, so the chart is not read",
        remedy:
          "write steps type, description, difficulty, level, radar values and notes, with : between them")
      return
    }
    let stepsType = StepsType(fileName: tags.trimmedText(value, NotesParam.stepsType))
    let description = tags.trimmedText(value, NotesParam.description)
    let difficultyName = tags.trimmedText(value, NotesParam.difficulty)
    var difficulty = Difficulty(anyName: difficultyName) ?? .edit
    if difficulty == .hard, ["smaniac", "challenge"].contains(description.lowercased()) {
      difficulty = .challenge
    }
    let header = ChartHeader(
      stepsType: stepsType, description: description, difficulty: difficulty,
      meter: SSCReader.meter(tags.trimmedText(value, NotesParam.meter)))
    var notes = value.params[NotesParam.notes]
    notes.range = MSDText.trimmed(tags.bytes.span, notes.range)
    parsed.simfile.charts.append(
      StepChart(header: header, notes: tags.notes(notes, stepsType: stepsType, log: &parsed.log)))
    parsed.sources.append(
      ParsedSimfile.ChartSource(values: index..<index + 1, noteParam: NotesParam.notes))
  }
}
