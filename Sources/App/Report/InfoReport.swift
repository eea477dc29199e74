import Chart
import Foundation

/// What a chart file holds, as `info` writes it (`docs/json.md`).
package struct InfoReport: Encodable, Sendable {
  package struct ChartEntry: Encodable, Sendable {
    var index: Int
    var stepsType: String
    /// Null for a steps type that is not in StepMania's table.
    var lanes: Int?
    var description: String
    var name: String
    var difficulty: String
    var meter: Int
    var credit: String
    /// The chart's own music; empty when it uses the song's.
    var music: String
    /// Whether the timing is the chart's own; otherwise it is the song's.
    var hasOwnTiming: Bool
    var timing: TimingReport
    var counts: ChartCounts
    var gimmicks: [String]
    /// Left out unless asked for.
    var notes: [NoteReport]?

    private enum CodingKeys: String, CodingKey {
      case index, lanes, description, name, difficulty, meter, credit, music, timing, counts, gimmicks, notes
      case stepsType = "steps_type"
      case hasOwnTiming = "own_timing"
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(index, forKey: .index)
      try container.encode(stepsType, forKey: .stepsType)
      try container.encode(lanes, forKey: .lanes)
      try container.encode(description, forKey: .description)
      try container.encode(name, forKey: .name)
      try container.encode(difficulty, forKey: .difficulty)
      try container.encode(meter, forKey: .meter)
      try container.encode(credit, forKey: .credit)
      try container.encode(music, forKey: .music)
      try container.encode(hasOwnTiming, forKey: .hasOwnTiming)
      try container.encode(timing, forKey: .timing)
      try container.encode(counts, forKey: .counts)
      try container.encode(gimmicks, forKey: .gimmicks)
      try container.encodeIfPresent(notes, forKey: .notes)
    }
  }

  package var title: String
  package var subtitle: String
  package var artist: String
  package var music: String
  /// By the file's name: `ssc`, `sm`, `ucs`, `dwi` or `ksf`.
  package var format: String
  package var charts: [ChartEntry]

  package init(_ file: SongFile, withNotes: Bool) {
    let simfile = file.simfile
    title = simfile.song[.title]
    subtitle = simfile.song[.subtitle]
    artist = simfile.song[.artist]
    music = simfile.song[.music]
    format = file.url.pathExtension.lowercased()
    charts = simfile.charts.enumerated().map { index, chart in
      ChartEntry(chart, at: index, timing: simfile.timing(of: chart), withNotes: withNotes)
    }
  }
}

extension InfoReport.ChartEntry {
  init(_ chart: StepChart, at index: Int, timing: TimingData, withNotes: Bool) {
    let header = chart.header
    self.init(
      index: index, stepsType: header.stepsType.name, lanes: header.stepsType.lanes,
      description: header.description, name: header.name, difficulty: header.difficulty.rawValue,
      meter: header.meter, credit: header.credit, music: header.music, hasOwnTiming: chart.timing != nil,
      timing: TimingReport(timing), counts: ChartCounts(chart),
      gimmicks: Gimmicks(of: chart, timing: timing).words,
      notes: withNotes ? NoteReport.list(chart.notes, timing: TimingMap(timing)) : nil)
  }
}

// MARK: - For people

extension InfoReport {
  /// The song on two lines, then a line a chart, with its notes below it where they are wanted.
  package var lines: [String] {
    let names = [title.isEmpty ? "(no title)" : title, artist].filter { !$0.isEmpty }
    let sound = music.isEmpty ? "no music named" : "music \(music)"
    let heading = [
      names.joined(separator: " - "), "\(sound), \(format), \(counted(charts.count, "chart"))",
    ]
    return heading.map(\.printable) + charts.flatMap(\.lines)
  }
}

extension InfoReport.ChartEntry {
  fileprivate var lines: [String] {
    let parts = [
      stepsType, description, "\(difficulty) \(meter)", tempo, counts.summary,
      gimmicks.joined(separator: " "),
    ]
    let title = "\(index): " + parts.filter { !$0.isEmpty }.joined(separator: " | ")
    guard let notes else { return [title.printable] }
    let heading = "       row      beat    seconds  lane  kind        end  judged"
    return [title.printable, heading] + notes.map(\.line)
  }

  private var tempo: String {
    guard let low = timing.bpms.map(\.bpm).min(), let high = timing.bpms.map(\.bpm).max() else {
      return "no BPM"
    }
    func text(_ bpm: Double) -> String { DecimalText.fixed(bpm, decimals: 3, trimmed: true) }
    return low == high ? "\(text(low)) BPM" : "\(text(low))-\(text(high)) BPM"
  }
}

extension NoteReport {
  fileprivate var line: String {
    let tail = endRow.map { String($0) } ?? "-"
    let place = String(format: "%10d %9.3f %10.4f  %4d  ", row, beat, seconds, lane)
    let kind = kind.padding(toLength: 8, withPad: " ", startingAt: 0)
    return place + kind + String(repeating: " ", count: max(1, 7 - tail.count)) + tail
      + (judged ? "  yes" : "  no")
  }
}
