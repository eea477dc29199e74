import Chart

extension FootAnalysis {
  /// The whole walk with its reasons, as the editor shows it.
  package var footwork: Footwork {
    Footwork(
      labels.map { label in
        Footwork.Step(
          row: label.row, left: label.left.lanes, right: label.right.lanes, freedom: label.certainty,
          notices: label.notices.map(\.name), isHard: !label.findings.isDisjoint(with: Self.hard),
          reason: reason(at: label.row))
      })
  }

  /// What players complain of.
  private static let hard: Set<FootLabel.Finding> = [
    .impossible, .doubleStep, .spin, .twistOver90, .holdSwitch,
  ]
}

extension FootLabel {
  /// The findings, the most striking first.
  package var notices: [Finding] { findings.byWeight }
}

extension Set<FootLabel.Finding> {
  /// The most striking first.
  var byWeight: [FootLabel.Finding] { FootLabel.Finding.byWeight.filter(contains) }
}

extension FootLabel.Finding {
  fileprivate static let byWeight: [Self] = [
    .impossible, .doubleStep, .spin, .holdSwitch, .bracket, .jump, .footSwitch, .jack, .twistOver90, .twist90,
    .crossover, .stretch,
  ]

  /// The players' word.
  package var name: String {
    switch self {
    case .jump: "jump"
    case .bracket: "bracket"
    case .jack: "jack"
    case .footSwitch: "foot-switch"
    case .doubleStep: "double-step"
    case .crossover: "crossover"
    case .twist90: "quarter turn"
    case .twistOver90: "twist"
    case .spin: "spin"
    case .holdSwitch: "hold switch"
    case .stretch: "stretch"
    case .impossible: "impossible"
    }
  }
}
