import Chart
import Generation

/// How surely the critic tells what people wrote from the same regions spoilt.
struct CriticFigures {
  /// Regions of each chart.
  static let regions = 4

  let figures: EvaluationReport.Figures

  init(_ charts: [[CriticCase]]) {
    let cases = charts.flatMap { $0 }
    var figures = EvaluationReport.Figures()
    figures.add("charts", charts.count)
    figures.add("regions", cases.count)
    figures.add("auc", Evaluation.mean(cases.flatMap { Self.wins(in: $0, Corruption.allCases) }))
    figures.add(
      "auc_pooled",
      Self.pooled(cases.map(\.human.score), cases.flatMap { $0.corrupted.values.map(\.score) }))
    for corruption in Corruption.allCases {
      var one = EvaluationReport.Figures()
      let wins = cases.flatMap { Self.wins(in: $0, [corruption]) }
      one.add("regions", wins.count)
      one.add("auc", Evaluation.mean(wins))
      figures.groups.append((corruption.rawValue, one))
    }
    self.figures = figures
  }

  /// 1 for each spoilt version that stands below the original, a half for one beside it.
  private static func wins(in region: CriticCase, _ corruptions: [Corruption]) -> [Double] {
    corruptions.compactMap { region.corrupted[$0] }.map {
      $0.score < region.human.score ? 1 : $0.score > region.human.score ? 0 : 0.5
    }
  }

  /// The chance that any of the first stands above any of the second.
  private static func pooled(_ high: [Double], _ low: [Double]) -> Double? {
    guard !high.isEmpty, !low.isEmpty else { return nil }
    let all = (high.map { ($0, true) } + low.map { ($0, false) }).sorted { $0.0 < $1.0 }
    var below = 0.0
    var sum = 0.0
    var index = 0
    while index < all.count {
      var end = index
      while end < all.count, all[end].0 == all[index].0 { end += 1 }
      let own = Double(all[index..<end].count { $0.1 })
      let others = Double(end - index) - own
      sum += own * (below + others / 2)
      below += others
      index = end
    }
    return sum / Double(high.count) / Double(low.count)
  }
}

/// What the critic is fitted to: the traits of human regions and of their spoilt versions.
struct CriticExamples: Encodable {
  struct Region: Encodable {
    /// The number of its song: no song may be on both sides of a split.
    var song: Int
    var type: String
    var human: [Float]
    var corrupted: [String: [Float]]
  }

  let traits = Suggester.criticTraits
  private(set) var regions: [Region] = []

  mutating func add(_ cases: [CriticCase], song: Int, type: StepsType) {
    for one in cases {
      let corrupted = one.corrupted.map { ($0.key.rawValue, $0.value.traits) }
      regions.append(
        Region(
          song: song, type: type.name, human: one.human.traits,
          corrupted: Dictionary(uniqueKeysWithValues: corrupted)))
    }
  }
}
