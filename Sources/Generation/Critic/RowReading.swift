import Chart
import Foundation

/// What the selection network and recall make of one row as it stands.
struct RowReading: Hashable, Sendable {
  /// The network's least: a row that it cannot say counts as this unlikely.
  private static let least = log(1e-4)

  var row: Row
  /// The logarithm of the chance of its panels, among the rows that the held lanes allow.
  var logChance: Double
  /// What that logarithm is on average, when rows come as the network expects them.
  var expected: Double
  /// The row's share of recall's votes.
  var recalled: Double
  /// Whether it is the row with the most votes.
  var isRecalledFirst: Bool

  init(
    _ row: Row, _ panels: PanelRow, logits: UnsafeBufferPointer<Float>,
    _ vocabulary: SelectionNetwork.Vocabulary, held: PanelSet, recalled: Recollection
  ) {
    self.row = row
    let index = vocabulary.index(of: panels)
    let rows = vocabulary.rows
    var highest = -Float.infinity
    for candidate in logits.indices where held.isEmpty || rows[candidate].all.isDisjoint(with: held) {
      highest = max(highest, logits[candidate])
    }
    var sum: Float = 0
    var products: Float = 0
    for candidate in logits.indices where held.isEmpty || rows[candidate].all.isDisjoint(with: held) {
      let distance = logits[candidate] - highest
      // e^-20 of the likeliest is nothing.
      guard distance > -20 else { continue }
      let weight = expf(distance)
      sum += weight
      products += weight * distance
    }
    let logSum = Double(logf(max(sum, 1e-30)))
    expected = sum > 0 ? Double(products / sum) - logSum : 0
    if let index, panels.all.isDisjoint(with: held) {
      logChance = max(Self.least, Double(logits[index] - highest) - logSum)
      self.recalled = recalled.candidates.first { $0.row == index }.map { Double($0.share) } ?? 0
      isRecalledFirst = recalled.candidates.first?.row == index
    } else {
      isRecalledFirst = false
      logChance = Self.least
      self.recalled = 0
    }
  }
}
