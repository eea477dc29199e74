import Chart
import Foundation

/// How well the selection network foretells the rows of human charts.
package struct SelectionTally: Hashable, Sendable {
  package var rows = 0
  /// Rows that were the likeliest, and among the three likeliest.
  package var first = 0
  package var amongThree = 0
  /// Sum of the negative logarithms of the rows' chances.
  package var loss = 0.0

  package init() {}

  package static func += (total: inout Self, other: Self) {
    total.rows += other.rows
    total.first += other.first
    total.amongThree += other.amongThree
    total.loss += other.loss
  }

  /// Nil without rows.
  package var top1: Double? { rows > 0 ? Double(first) / Double(rows) : nil }
  package var top3: Double? { rows > 0 ? Double(amongThree) / Double(rows) : nil }
  package var perplexity: Double? { rows > 0 ? exp(loss / Double(rows)) : nil }
}

/// Whole charts of one type, side by side: true times, true rows before, level and density given.
struct SelectionScorer {
  /// A row that the network cannot say counts as this unlikely, and as missed.
  static let leastChance = 1e-4

  private let network: SelectionNetwork
  private let vocabulary: SelectionNetwork.Vocabulary
  private let charts: [HumanChart]
  private let firstLane: Int
  private let known: [[Int32]]
  private let rhythms: [RecallRhythm]

  /// - Parameter charts: all of the one type.
  init(_ network: SelectionNetwork, type: StepsType, _ charts: [HumanChart]) throws(ModelError) {
    self.network = network
    let vocabulary = try network.vocabulary(of: type)
    self.vocabulary = vocabulary
    self.charts = charts
    firstLane = ModelLayout.firstCommonLane(of: type)
    known = charts.map { $0.panels.map { vocabulary.index(of: $0).map(Int32.init) ?? -1 } }
    rhythms = charts.map { RecallRhythm(rows: $0.rows) }
  }

  /// The logarithm of each row's chance and its rank (0 is likeliest), chart by chart.
  func visit(_ body: (_ chart: Int, _ step: Int, _ chance: Double, _ rank: Int) -> Void) throws(ModelError) {
    let order = charts.indices.sorted { (charts[$1].rows.count, $0) < (charts[$0].rows.count, $1) }
    var prepared: [Scratch] = []
    for index in order {
      let chart = charts[index]
      let condition = Condition(stepsType: chart.stepsType, level: chart.level, density: chart.density)
      prepared.append(
        try network.prepare(
          SelectionSteps(rows: chart.rows, seconds: chart.seconds),
          fixed: [PanelRow?](repeating: nil, count: chart.rows.count), condition: condition))
    }
    let walk = SelectionWalk(network, vocabulary, firstLane: firstLane, capacity: charts.count)
    var recall = Recall(vocabulary.images, rows: vocabulary.rows.count)
    var active = order.count
    for step in 0..<(order.first.map { charts[$0].rows.count } ?? 0) {
      while active > 0, charts[order[active - 1]].rows.count <= step { active -= 1 }
      let recalled = order[..<active].map {
        recall.ask(step, rhythms[$0], known: known[$0], below: step)
      }
      walk.advance(active) {
        UnsafePointer(prepared[$0][step * network.layers[0].gates])
      } past: {
        let chart = charts[order[$0]]
        return SelectionWalk.Past(
          previous: step > 0 ? chart.panels[step - 1] : nil, held: chart.held[step], recalled: recalled[$0])
      }
      let logits = walk.rowLogits(active) { recalled[$0].candidates }
      let width = vocabulary.rows.count
      for sequence in 0..<active {
        let own = UnsafeBufferPointer(rebasing: logits[sequence * width..<(sequence + 1) * width])
        let (chance, rank) = judge(own, step, of: order[sequence])
        body(order[sequence], step, chance, rank)
      }
    }
  }

  private func judge(
    _ logits: UnsafeBufferPointer<Float>, _ step: Int, of index: Int
  ) -> (chance: Double, rank: Int) {
    let held = charts[index].held[step]
    let target = Int(known[index][step])
    guard target >= 0, vocabulary.rows[target].all.isDisjoint(with: held) else {
      return (log(Self.leastChance), logits.count)
    }
    var highest = -Float.infinity
    for row in logits.indices where vocabulary.rows[row].all.isDisjoint(with: held) {
      highest = max(highest, logits[row])
    }
    var sum: Float = 0
    var rank = 0
    for row in logits.indices where vocabulary.rows[row].all.isDisjoint(with: held) {
      sum += expf(logits[row] - highest)
      if logits[row] > logits[target] { rank += 1 }
    }
    return (Double(logits[target] - highest - logf(sum)), rank)
  }
}

extension Suggester {
  /// How well the rows of each chart are foretold: the model reads the chart from its start, is told the true times
  /// and, after each row, the true row. Charts of one type; a row outside the vocabulary is missed.
  package func foretell(_ charts: [HumanChart], type: StepsType) throws(ModelError) -> [SelectionTally] {
    var tallies = [SelectionTally](repeating: SelectionTally(), count: charts.count)
    let scorer = try SelectionScorer(selection, type: type, charts)
    try scorer.visit { chart, _, chance, rank in
      tallies[chart].rows += 1
      tallies[chart].first += rank < 1 ? 1 : 0
      tallies[chart].amongThree += rank < 3 ? 1 : 0
      tallies[chart].loss -= chance
    }
    return tallies
  }
}
