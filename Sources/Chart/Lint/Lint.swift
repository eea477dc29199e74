/// Checks of a simfile beyond what its format demands, as a table of rules.
package enum Lint {
  /// What the rules need to know besides the file itself.
  package struct Context {
    /// Length of the music; nil when it is not known.
    package var musicLength: Seconds?
    /// Whether a file of the song's folder exists; nil when there is no folder to look in.
    package var fileExists: ((String) -> Bool)?

    package init(musicLength: Seconds? = nil, fileExists: ((String) -> Bool)? = nil) {
      self.musicLength = musicLength
      self.fileExists = fileExists
    }
  }

  /// A check of the song as a whole.
  struct SongRule: Sendable {
    let code: String
    let summary: String
    let check: @Sendable (Simfile, Context) -> [Finding]
  }

  /// A check of one chart.
  struct ChartRule: Sendable {
    let code: String
    let summary: String
    let check: @Sendable (Subject, Context) -> [Finding]
  }

  /// A check of how the file is written.
  struct DocumentRule: Sendable {
    let code: String
    let summary: String
    let check: @Sendable (SimfileDocument, DocumentLines) -> [Finding]
  }

  /// What a rule has found; the table adds its code.
  struct Finding {
    var severity = Diagnostic.Severity.warning
    var message: String
    var remedy = ""
    var chart: Int?
    var row: Row?
    /// The tag whose line the finding is placed on.
    var tag: String?
    var line: Int?
  }

  /// A chart with what the rules ask of it again and again.
  struct Subject {
    let chart: StepChart
    let timing: TimingData
    let map: TimingMap
  }

  /// Everything the rules find, song first, then chart by chart in the order of rows.
  package static func findings(in simfile: Simfile, _ context: Context = Context()) -> [Diagnostic] {
    var result = SongRules.all.flatMap { rule in
      rule.check(simfile, context).map { diagnostic($0, code: rule.code, chart: $0.chart) }
    }
    for index in simfile.charts.indices { result += findings(inChart: index, of: simfile, context) }
    return result
  }

  /// What the rules for charts find in one, in the order of rows.
  package static func findings(
    inChart index: Int, of simfile: Simfile, _ context: Context = Context()
  ) -> [Diagnostic] {
    let chart = simfile.charts[index]
    let timing = simfile.timing(of: chart)
    let subject = Subject(chart: chart, timing: timing, map: TimingMap(timing))
    let found = (ChartRules.all + TimingRules.all).flatMap { rule in
      rule.check(subject, context).map { diagnostic($0, code: rule.code, chart: index) }
    }
    return found.sorted { ($0.row ?? .zero) < ($1.row ?? .zero) }
  }

  /// Everything that reading and the rules find in a file, each with its line, in the order of lines; what concerns
  /// the file as a whole comes first.
  package static func findings(
    in document: SimfileDocument, _ context: Context = Context()
  ) -> [Diagnostic] {
    let lines = DocumentLines(document)
    let written = DocumentRules.all.flatMap { rule in
      rule.check(document, lines).map { diagnostic($0, code: rule.code, chart: $0.chart) }
    }
    let all = document.diagnostics + written + findings(in: document.simfile, context)
    return all.map(lines.placed).enumerated()
      .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(\.element)
  }

  /// Everything that reading and the rules find in a `.ucs` file. What is the format's own way is not said.
  package static func findings(in document: UCSDocument, _ context: Context = Context()) -> [Diagnostic] {
    let notes = findings(in: document.simfile, context).filter { !$0.code.hasPrefix("missing-") }
    let placed = notes.map { diagnostic in
      var placed = diagnostic
      placed.line = diagnostic.row.flatMap { document.line(of: $0) }
      return placed
    }
    return (document.diagnostics + placed).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// Code and one-line meaning of every rule, for the manual.
  package static var manual: [(code: String, summary: String)] {
    DocumentRules.all.map { ($0.code, $0.summary) } + SongRules.all.map { ($0.code, $0.summary) }
      + (ChartRules.all + TimingRules.all).map { ($0.code, $0.summary) }
  }

  private static func diagnostic(_ finding: Finding, code: String, chart: Int?) -> Diagnostic {
    Diagnostic(
      finding.severity, code, finding.message, remedy: finding.remedy, line: finding.line, chart: chart,
      row: finding.row, tag: finding.tag)
  }
}

extension Row {
  /// How messages name a place: measure from 0 and beat in it.
  package var place: String {
    let beat = Double(index - measure * Row.perMeasure) / Double(Row.perBeat)
    return "measure \(measure), beat \(DecimalText.fixed(beat, decimals: 3, trimmed: true))"
  }
}
