/// Reads `.ssc` values. Tags belong to the song until `#NOTEDATA`, to a chart until its `#NOTES`, then to the song again.
struct SSCReader {
  /// Chart tags that have a place of their own in the header.
  static let headerTags: Set<String> = [
    "STEPSTYPE", "DESCRIPTION", "CHARTNAME", "CHARTSTYLE", "DIFFICULTY", "METER", "CREDIT", "MUSIC",
  ]

  private let tags: TagReader
  private var parsed = ParsedSimfile()
  private var version = 0.83
  private var chart: OpenChart?

  /// A chart whose notes have not come yet.
  private struct OpenChart {
    var firstValue: Int
    var header = ChartHeader(stepsType: StepsType(""))
    var timing: TimingData
    var hasOwnTiming = false
  }

  private init(_ bytes: [UInt8], encoding: TextEncoding) {
    tags = TagReader(bytes: bytes, encoding: encoding)
  }

  static func read(_ bytes: [UInt8], values: [MSDValue], encoding: TextEncoding) -> ParsedSimfile {
    var reader = SSCReader(bytes, encoding: encoding)
    reader.parsed.values = values
    for (index, value) in values.enumerated() {
      let name = reader.tags.name(of: value)
      if reader.chart != nil {
        reader.readChartTag(name, value, index)
      } else {
        reader.readSongTag(name, value, index)
      }
    }
    if let open = reader.chart {
      reader.parsed.log.add(
        .error, "chart-without-notes", at: values[open.firstValue].range.lowerBound,
        "a chart begins here and has no #NOTES", remedy: "add its #NOTES, or take the chart away")
    }
    return reader.parsed
  }

  private mutating func readSongTag(_ name: String, _ value: MSDValue, _ index: Int) {
    if let tag = SongTag(rawValue: name) {
      parsed.simfile.song[tag] = tags.text(of: tag, value)
    } else if let tag = TimingTag(name: name) {
      var timing = parsed.simfile.timing
      readTiming(tag, value, into: &timing)
      parsed.simfile.timing = timing
    } else if name == "NOTEDATA" {
      var timing = TimingData()
      timing.offset = parsed.simfile.timing.offset
      chart = OpenChart(firstValue: index, timing: timing)
    } else if name == "OFFSET" {
      parsed.simfile.timing.offset = tags.offset(value, log: &parsed.log)
    } else if name == "VERSION" {
      version = tags.number(value)
    } else if !TagReader.derived.contains(name) {
      if name == "NOTES" || name == "NOTES2" { tellStrayNotes(value) }
      parsed.simfile.song.extras.append(tags.extra(value, name: name))
    }
  }

  private mutating func tellStrayNotes(_ value: MSDValue) {
    parsed.log.add(
      .error, "stray-notes", at: value.range.lowerBound, "#NOTES outside a chart is not read",
      remedy: "begin its chart with #NOTEDATA:; or take an empty #NOTES before it away")
  }

  private mutating func readChartTag(_ name: String, _ value: MSDValue, _ index: Int) {
    if name == "NOTES" || name == "NOTES2" {
      finishChart(value, index)
    } else if let tag = TimingTag(name: name) {
      guard var open = chart, version >= 0.7 else { return }
      readTiming(tag, value, into: &open.timing)
      open.hasOwnTiming = true
      chart = open
    } else if name == "OFFSET" {
      guard version >= 0.7 else { return }
      chart?.timing.offset = tags.offset(value, log: &parsed.log)
      chart?.hasOwnTiming = true
    } else if SSCReader.headerTags.contains(name) {
      readHeaderTag(name, value)
    } else if !TagReader.derived.contains(name), name != "NOTEDATA", name != "VERSION" {
      chart?.header.extras.append(tags.extra(value, name: name))
    }
  }

  private mutating func readHeaderTag(_ name: String, _ value: MSDValue) {
    switch name {
    case "STEPSTYPE": chart?.header.stepsType = StepsType(fileName: tags.trimmedText(value))
    case "DESCRIPTION": chart?.header.description = tags.text(value)
    case "CHARTNAME": chart?.header.name = tags.text(value)
    case "CHARTSTYLE": chart?.header.style = tags.text(value)
    case "CREDIT": chart?.header.credit = tags.text(value)
    case "MUSIC": chart?.header.music = tags.text(value)
    case "METER": chart?.header.meter = SSCReader.meter(tags.trimmedText(value))
    default:
      let text = tags.trimmedText(value)
      if let difficulty = Difficulty(anyName: text) {
        chart?.header.difficulty = difficulty
      } else {
        parsed.log.add(
          .warning, "unknown-difficulty", at: value.range.lowerBound,
          "\(text) is no difficulty; read as Edit",
          remedy: "write Beginner, Easy, Medium, Hard, Challenge or Edit")
      }
    }
  }

  /// A level; nothing is level 1, and no level is beyond what an `Int` in a table can show.
  static func meter(_ text: String) -> Int {
    let bytes = Array(text.utf8)
    guard let value = NumberReader.parse(bytes.span, bytes.indices)?.value else { return 1 }
    return Int(max(0, min(1_000_000, value)))
  }

  private mutating func readTiming(_ tag: TimingTag, _ value: MSDValue, into timing: inout TimingData) {
    let dialect = TimingDialect(warpsAreAbsolute: version < 0.7)
    tags.readTiming(tag, value, dialect: dialect, into: &timing, log: &parsed.log)
  }

  private mutating func finishChart(_ value: MSDValue, _ index: Int) {
    guard let open = chart else { return }
    chart = nil
    guard value.params.count > 1 else {
      parsed.log.add(
        .error, "chart-without-notes", at: value.range.lowerBound, "#NOTES has no notes", remedy: "add them")
      return
    }
    let notes = tags.notes(value.params[1], stepsType: open.header.stepsType, log: &parsed.log)
    parsed.simfile.charts.append(
      StepChart(header: open.header, timing: open.hasOwnTiming ? open.timing : nil, notes: notes))
    parsed.sources.append(ParsedSimfile.ChartSource(values: open.firstValue..<index + 1, noteParam: 1))
  }
}
