import Chart

/// A chart that a human made, as the figures look at it.
package struct HumanChart: Sendable {
  /// Fewer rows are no chart.
  private static let fewestRows = 16
  /// Longer ones, and charts whose time runs faster than this, are jokes.
  private static let longestSeconds = 900.0
  private static let highestBPM = 9_999_999.0
  /// A chart of level 1 with more rows a second has a placeholder for a level.
  private static let highestFirstLevelDensity = 2.5
  private static let highestLevel = 40

  package let chart: StepChart
  package let timing: TimingData
  package let map: TimingMap
  /// Nil where the file does not tell.
  package let level: Int?
  /// The rows that are stepped on and judged.
  package let rows: [Row]
  let panels: [PanelRow]
  /// The lanes whose holds last over each row.
  let held: [PanelSet]
  package let seconds: [Double]

  package var stepsType: StepsType { chart.header.stepsType }

  /// - Returns: nil for a chart that no figure can use: of another type, nearly empty, or with times that run back.
  package init?(_ chart: StepChart, timing: TimingData) {
    guard StepsType.authored.contains(chart.header.stepsType), let lanes = chart.header.stepsType.lanes,
      !timing.bpms.contains(where: { $0.value >= Self.highestBPM })
    else { return nil }
    self.chart = chart
    self.timing = timing
    let map = TimingMap(timing)
    self.map = map
    var rows: [Row] = []
    var panels: [PanelRow] = []
    var held: [PanelSet] = []
    for row in FootRow.rows(of: chart.notes, timing: map) {
      rows.append(row.row)
      panels.append(PanelRow(chart.notes.notes(on: row.row), lanes: lanes))
      held.append(row.held)
    }
    self.rows = rows
    self.panels = panels
    self.held = held
    seconds = map.seconds(atSorted: rows).map(\.value)
    guard rows.count >= Self.fewestRows, let first = seconds.first, let last = seconds.last,
      last > first, last - first < Self.longestSeconds,
      zip(seconds, seconds.dropFirst()).allSatisfy({ $1 - $0 > -1e-6 })
    else { return nil }
    let meter = chart.header.meter
    let isPlaceholder = meter == 1 && Double(rows.count) / (last - first) > Self.highestFirstLevelDensity
    level = isPlaceholder || !(1...Self.highestLevel).contains(meter) ? nil : meter
  }

  /// Note rows a second between the first and the last.
  package var density: Double {
    guard let first = seconds.first, let last = seconds.last else { return 0 }
    return Double(rows.count - 1) / max(1, last - first)
  }

  /// The charts of one song as they are known beside this one, but for such as step on the very same rows.
  package func companions(among charts: [HumanChart]) -> [CompanionChart] {
    charts.map { CompanionChart($0.chart, timing: $0.timing, readBy: timing) }.filter { $0.rows != rows }
  }
}
