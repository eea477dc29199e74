import Chart

/// What the feet do on one row, and how sure that is.
package struct FootLabel: Hashable, Sendable {
  /// Something that a player notices.
  package enum Finding: String, Hashable, Sendable, CaseIterable, Codable {
    case jump, bracket, jack, footSwitch, doubleStep, crossover, twist90, twistOver90, spin, holdSwitch,
      stretch
    case impossible
  }

  package var row: Row
  package var time: Seconds
  /// The panels that each foot steps on here, two when it brackets.
  package var left: PanelSet
  package var right: PanelSet
  package var findings: Set<Finding>
  package var certainty: Footwork.Freedom
  /// What insisting on the other foot would cost; infinite when there is no other way.
  package var margin: Double
  /// The cost of this row's movement.
  package var cost: Double
  /// How far the feet travel to get here, in panels.
  package var travel: Double

  init(_ stride: FootStride, certainty: Footwork.Freedom, margin: Double) {
    row = stride.row
    time = stride.time
    left = stride.left
    right = stride.right
    findings = stride.findings
    self.certainty = certainty
    self.margin = margin
    cost = stride.cost
    travel = stride.travel
  }

  /// The foot on a panel; nil when the row does not step on it, or no foot can.
  package func foot(on lane: Lane) -> Foot? {
    if left.contains(PanelSet(lane)) { return .left }
    return right.contains(PanelSet(lane)) ? .right : nil
  }
}

/// What the feet do on one row of the cheapest walk, without asking how sure that is.
package struct FootStride: Sendable {
  package var row: Row
  var time: Seconds
  var left: PanelSet
  var right: PanelSet
  package var findings: Set<FootLabel.Finding>
  var cost: Double
  var travel: Double

  var isImpossible: Bool { findings.contains(.impossible) }

  /// The cheapest walk over a chart; nil when the pad of the steps type is not known.
  package static func strides(over chart: StepChart, map: TimingMap) -> [FootStride]? {
    Pad(chart.header.stepsType).map { strides(over: FootRow.rows(of: chart.notes, timing: map), on: $0) }
  }

  /// The cheapest walk over some rows: half the work of a `FootAnalysis`.
  static func strides(over rows: [FootRow], on pad: Pad) -> [FootStride] {
    let search = FootSearch(rows: rows, pad: pad, looksBack: false)
    return rows.indices.map { FootAnalysis.stride(at: $0, in: search) }
  }
}

/// The feet of a whole chart, from the cheapest walk through it.
package struct FootAnalysis: Sendable {
  package let pad: Pad
  package let labels: [FootLabel]
  private let search: FootSearch

  /// - Returns: nil when the pad of the steps type is not known.
  package init?(chart: StepChart, timing: TimingData) {
    guard let pad = Pad(chart.header.stepsType) else { return nil }
    self.init(rows: FootRow.rows(of: chart.notes, timing: TimingMap(timing)), pad: pad)
  }

  package init(rows: [FootRow], pad: Pad) {
    self.pad = pad
    let search = FootSearch(rows: rows, pad: pad)
    self.search = search
    labels = rows.indices.map { FootAnalysis.label(at: $0, in: search) }
  }

  /// The label of a row; nil when nothing is stepped on there.
  package func label(at row: Row) -> FootLabel? {
    index(of: row).map { labels[$0] }
  }

  /// The part of a foot that presses a panel: the toe of a bracket is the panel nearer to the screen.
  package func part(of label: FootLabel, on lane: Lane) -> (foot: Foot, isToe: Bool)? {
    guard let foot = label.foot(on: lane) else { return nil }
    let panels = (foot == .left ? label.left : label.right).lanes.map { pad.panels[$0.index].y }
    return (foot, panels.allSatisfy { $0 <= pad.panels[lane.index].y })
  }

  /// Why the row is stepped on as it is, in words: what the other way would ask of the player.
  package func reason(at row: Row) -> String {
    guard let index = index(of: row) else { return "" }
    let label = labels[index]
    switch label.certainty {
    case .impossible: return "two feet cannot cover these panels"
    case .either: return "either foot works"
    case .clear, .forced:
      guard let other = search.alternative(at: index) else { return "no other way to cover these panels" }
      guard let (cost, at) = search.dominatingCost(of: other.node, at: index) else { return "shorter way" }
      let place = at == row ? "here" : "at beat \(at.beat.text)"
      return "with the other foot the player would \(cost.clause) \(place)"
    }
  }

  private func index(of row: Row) -> Int? {
    let index = labels.firstIndex(past: { $0.row < row })
    return index < labels.count && labels[index].row == row ? index : nil
  }
}

extension Beat {
  /// As short as it can be told: `12`, `12.5`, `12.667`.
  var text: String {
    let thousandths = Int((value * 1000).rounded())
    var text = "\(thousandths / 1000)"
    let rest = abs(thousandths % 1000)
    guard rest > 0 else { return text }
    text += "." + String("00\(rest)".suffix(3))
    while text.hasSuffix("0") { text.removeLast() }
    return text
  }
}
