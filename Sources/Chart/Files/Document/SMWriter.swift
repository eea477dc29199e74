/// Writes `.sm` files in one canonical form.
struct SMWriter {
  private var text: [UInt8] = []
  private let newline: [UInt8]

  private init(newline: [UInt8]) {
    self.newline = newline
  }

  static func write(_ simfile: Simfile) -> (bytes: [UInt8], losses: [Loss]) {
    let flat = SMFlattening(simfile)
    var writer = SMWriter(newline: [MSDText.newline])
    let song = flat.simfile.song
    for tag in SongTag.allCases where !tag.isOnlyInSSC && (!song[tag].isEmpty || tag.isAlwaysWritten) {
      writer.line(tag.rawValue, SongTag.content(of: tag, song[tag]))
    }
    let timing = flat.simfile.timing
    writer.line("OFFSET", Array(DecimalText.fixed(timing.offset.value, decimals: 6).utf8))
    var legacy = timing
    legacy.stops = SMFlattening.legacyStops(timing)
    for tag in [TimingTag.bpms, .stops, .timeSignatures, .tickcounts] {
      let entries = tag.entries(of: legacy)
      guard !entries.isEmpty || tag == .bpms || tag == .stops else { continue }
      writer.line(tag.rawValue, SSCWriter.list(entries, newline: writer.newline))
    }
    for extra in song.extras { writer.line(extra.name, extra.closedContent) }
    for chart in flat.simfile.charts {
      writer.text += chartText(chart, newline: writer.newline)
    }
    return (writer.text, flat.losses)
  }

  /// A chart's lines, with a blank one before them.
  static func chartText(_ chart: StepChart, newline: [UInt8]) -> [UInt8] {
    let header = chart.header
    let title = "//---------------\(header.stepsType.name) - \(header.description)----------------"
    var text = newline + Array(title.utf8.filter { $0 >= 0x20 }) + newline + Array("#NOTES:".utf8)
    let parts = [
      header.stepsType.name, header.description, header.difficulty.rawValue, "\(header.meter)", "0,0,0,0,0",
    ]
    for part in parts {
      text += newline + Array("     ".utf8) + MSDText.escaped(part.utf8) + [UInt8(ascii: ":")]
    }
    return text + newline + MeasureWriter.noteData(chart, newline: newline) + [UInt8(ascii: ";")] + newline
  }

  private mutating func line(_ name: String, _ content: [UInt8]) {
    text +=
      [UInt8(ascii: "#")] + Array(name.utf8) + [UInt8(ascii: ":")] + content + [UInt8(ascii: ";")] + newline
  }
}
