/// Writes `.ssc` files in one canonical form: song timing in the header, a chart's own timing with six decimals.
struct SSCWriter {
  static let version = "0.83"
  private var text: [UInt8] = []
  let newline: [UInt8]

  init(newline: [UInt8] = [MSDText.newline]) {
    self.newline = newline
  }

  static func write(_ simfile: Simfile) -> (bytes: [UInt8], losses: [Loss]) {
    var writer = SSCWriter()
    writer.tag("VERSION", version)
    for tag in SongTag.allCases where !simfile.song[tag].isEmpty || tag.isAlwaysWritten {
      writer.line(tag.rawValue, SongTag.content(of: tag, simfile.song[tag]))
    }
    writer.timing(simfile.timing, isAlwaysWhole: false)
    for extra in simfile.song.extras { writer.line(extra.name, extra.closedContent) }
    for chart in simfile.charts { writer.chart(chart) }
    return (writer.text, NoteLosses.find(in: simfile))
  }

  /// A chart's lines, with a blank one before them.
  static func chartText(_ chart: StepChart, newline: [UInt8]) -> [UInt8] {
    var writer = SSCWriter(newline: newline)
    writer.chart(chart)
    return writer.text
  }

  private mutating func chart(_ chart: StepChart) {
    let header = chart.header
    let title = "//---------------\(header.stepsType.name) - \(header.description)----------------"
    text += newline + Array(title.utf8.filter { $0 >= 0x20 }) + newline
    line("NOTEDATA", [])
    tag("CHARTNAME", header.name)
    tag("STEPSTYPE", header.stepsType.name)
    tag("DESCRIPTION", header.description)
    tag("CHARTSTYLE", header.style)
    tag("DIFFICULTY", header.difficulty.rawValue)
    tag("METER", "\(header.meter)")
    tag("CREDIT", header.credit)
    if !header.music.isEmpty { tag("MUSIC", header.music) }
    for extra in header.extras { line(extra.name, extra.closedContent) }
    if let own = chart.timing { timing(own, isAlwaysWhole: true) }
    let notes = MeasureWriter.noteData(chart, newline: newline)
    line("NOTES", newline + notes)
  }

  private mutating func tag(_ name: String, _ value: String) {
    line(name, MSDText.escaped(value.utf8))
  }

  private mutating func line(_ name: String, _ content: [UInt8]) {
    text +=
      [UInt8(ascii: "#")] + Array(name.utf8) + [UInt8(ascii: ":")] + content + [UInt8(ascii: ";")] + newline
  }

  /// A chart that has any timing of its own has all of it: lists that StepMania would fill with defaults are said.
  private mutating func timing(_ timing: TimingData, isAlwaysWhole: Bool) {
    tag("OFFSET", DecimalText.fixed(timing.offset.value, decimals: 6))
    for tag in TimingTag.allCases {
      let entries = tag.entries(of: timing)
      guard isAlwaysWhole || !entries.isEmpty || tag == .bpms else { continue }
      line(tag.rawValue, SSCWriter.list(entries, newline: newline))
    }
  }

  /// A list with an entry a line.
  static func list(_ entries: [TimingEntry], newline: [UInt8]) -> [UInt8] {
    let texts = entries.map { MSDText.escaped(Array($0.text.utf8)) }
    let joined = Array(texts.joined(separator: [UInt8(ascii: ",")] + newline))
    return entries.count > 1 ? joined + newline : joined
  }
}

extension SongTag {
  /// Whether a new file has the tag even when it is empty.
  var isAlwaysWritten: Bool {
    switch self {
    case .title, .subtitle, .artist, .titleTranslit, .subtitleTranslit, .artistTranslit, .genre, .credit,
      .banner,
      .background, .cdTitle, .music:
      true
    default: false
    }
  }

  /// A value as it stands in a file. The `:` of a range of tempi is a real one.
  static func content(of tag: SongTag, _ value: String) -> [UInt8] {
    guard tag == .displayBPM else { return MSDText.escaped(value.utf8) }
    let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    return Array(parts.map { MSDText.escaped($0.utf8) }.joined(separator: [UInt8(ascii: ":")]))
  }
}

extension ExtraTag {
  /// The content so that a `;` may follow: a comment at its end must not swallow that.
  var closedContent: [UInt8] {
    let bytes = Array(content.utf8)
    let lastLine = bytes[((bytes.lastIndex(of: MSDText.newline) ?? -1) + 1)...]
    let hasComment = lastLine.indices.contains { MSDText.isComment(bytes.span, at: $0) }
    return hasComment ? bytes + [MSDText.newline] : bytes
  }
}

/// Notes that no text can hold.
enum NoteLosses {
  static func find(in simfile: Simfile) -> [Loss] {
    simfile.charts.enumerated().flatMap { index, chart in
      let early = chart.notes.firstIndex(at: .zero)
      let nameless = CellLayers.needsLayers(chart) ? 0 : chart.notes.count { !$0.canSayPlayer }
      let losses = [
        (early, "notes before beat 0", "left out", true),
        (nameless, "notes of players that have no letter for them", "written as anybody's", false),
      ]
      return losses.filter { $0.0 > 0 }.map {
        Loss(chart: index, what: "\($0.0) \($0.1)", instead: $0.2, isMissing: $0.3)
      }
    }
  }
}
