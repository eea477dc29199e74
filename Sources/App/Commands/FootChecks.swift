import Chart
import Generation

/// What the feet find in a chart, beyond the panels of single rows.
enum FootChecks {
  private struct Rule {
    var code: String
    var finding: FootLabel.Finding
    var summary: String
    /// What one of them is called, and several.
    var one: String
    var many: String
    var remedy = ""
  }

  private static let rules: [Rule] = [
    Rule(
      code: "impossible-step", finding: .impossible,
      summary: "A row that two feet cannot get to in any walk through the chart.",
      one: "impossible step", many: "impossible steps", remedy: "take panels away, or end a hold before"),
    Rule(
      code: "double-step", finding: .doubleStep, summary: "One foot has to step twice running.",
      one: "double-step", many: "double-steps", remedy: "change a panel before, unless it is meant"),
    Rule(
      code: "spin", finding: .spin, summary: "The body turns all the way round.", one: "spin", many: "spins"),
    Rule(
      code: "twist", finding: .twistOver90, summary: "The body turns by more than a quarter.",
      one: "twist beyond a quarter turn", many: "twists beyond a quarter turn"),
    Rule(
      code: "hold-switch", finding: .holdSwitch, summary: "A held panel changes feet.",
      one: "change of feet on a held panel", many: "changes of feet on held panels",
      remedy: "end the hold before"),
  ]

  static let manual: [(code: String, summary: String)] = rules.map { ($0.code, $0.summary) }

  /// One note for each rule and chart. Charts of unknown pads and of several players are passed over.
  static func findings(in simfile: Simfile) -> [Diagnostic] {
    simfile.charts.indices.flatMap { index -> [Diagnostic] in
      let chart = simfile.charts[index]
      if chart.notes.contains(where: { $0.modifiers.player != nil }) { return [] }
      let map = TimingMap(chart.timing ?? simfile.timing)
      guard let strides = FootStride.strides(over: chart, map: map) else { return [] }
      return rules.compactMap { rule in
        let rows = strides.filter { $0.findings.contains(rule.finding) }.map(\.row)
        guard let first = rows.first else { return nil }
        let message = "\(rows.count) \(rows.count == 1 ? rule.one : rule.many), first at \(first.place)"
        return Diagnostic(.note, rule.code, message, remedy: rule.remedy, chart: index, row: first)
      }
    }
  }
}
