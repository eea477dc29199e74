import Chart
import Foundation

/// Another chart of the song beside the one that is asked about, on its grid.
struct Companion: Sendable {
  /// Before anything is written: means over the training charts, and how many rows that is worth.
  private static let usualAgreement = (pump: 0.68, dance: 0.92)
  private static let worthOfUsual = 12.0
  /// Before so many rows are there to compare, the densities of whole charts are.
  private static let fewestRows = 9
  private static let greatestDifference = 1.2
  private static let likenessOfDensity = 0.3
  private static let panelMemory = 0.97
  private static let worthOfUsualPanels = 4.0

  struct Step: Sendable {
    var panels: PanelRow
    /// How many rows the longest of its holds lasts.
    var holdLength: Int?
  }

  let name: String
  /// Slots of its rows.
  let slots: Set<Int>
  /// From its first row to its last; outside it says nothing.
  let span: ClosedRange<Int>
  let isDenser: Bool
  /// Of density, as a logarithm of the ratio, 0 and up.
  let difference: Double
  /// The share of the rows of the sparser of the two charts that the other has too.
  let agreement: Agreement
  /// What it has on each slot; nil where the steps type is another.
  let steps: [Int: Step]?
  /// The share of common rows on which both have the same panels.
  let panelAgreement: Agreement

  /// How much it is like the chart.
  var likeness: Double { agreement.share - Self.likenessOfDensity * difference }

  /// - Parameters:
  ///   - written: the chart's own slots outside the region, ascending.
  ///   - density: its rows a second, as far as that is known.
  /// - Returns: nil for a chart with hardly a row on the grid.
  init?(_ chart: CompanionChart, beside written: [Int], density: Double?, in context: SuggestionContext) {
    let slots = context.slots(of: chart.rows)
    guard let first = slots.first, let last = slots.last, first < last else { return nil }
    name = chart.name
    self.slots = Set(slots)
    span = first...last
    var counts = (own: 0, theirs: 0)
    var agreement = Agreement(
      usual: context.stepsType.isPump ? Self.usualAgreement.pump : Self.usualAgreement.dance,
      worth: Self.worthOfUsual)
    if let start = written.first, let end = written.last {
      let own = Set(written)
      let inside = slots.filter { (start...end).contains($0) && !context.region.contains($0) }
      counts = (own: written.count { (first...last).contains($0) }, theirs: inside.count)
      agreement.add(inside.count(where: own.contains), of: min(counts.own, counts.theirs))
    }
    self.agreement = agreement
    let seconds = max(1, context.grid.seconds[last] - context.grid.seconds[first])
    let ratio =
      min(counts.own, counts.theirs) >= Self.fewestRows
      ? Double(counts.theirs) / Double(counts.own)
      : Double(slots.count - 1) / seconds / max(0.1, density ?? 0.1)
    isDenser = ratio >= 1
    difference = min(Self.greatestDifference, abs(log(ratio)))
    let steps = chart.stepsType == context.stepsType ? Self.steps(of: chart, in: context) : nil
    self.steps = steps
    panelAgreement = Self.panelAgreement(of: steps ?? [:], in: context)
  }

  private static func steps(of chart: CompanionChart, in context: SuggestionContext) -> [Int: Step] {
    let bySlot = Dictionary(grouping: chart.notes) { context.grid.slot(of: $0.row) }
    var steps: [Int: Step] = [:]
    for case (let slot?, let notes) in bySlot {
      steps[slot] = Step(
        panels: PanelRow(notes, lanes: context.pad.panels.count),
        holdLength: notes.compactMap { note in note.end.map { note.row.distance(to: $0) } }.max())
    }
    return steps
  }

  /// Over the rows that both have outside the region, those nearest to it remembered best.
  private static func panelAgreement(of steps: [Int: Step], in context: SuggestionContext) -> Agreement {
    let usual: [StepsType: Double] = [
      .pumpSingle: 0.2, .pumpDouble: 0.1, .pumpHalfDouble: 0.14, .danceSingle: 0.37, .danceDouble: 0.16,
    ]
    var agreement = Agreement(usual: usual[context.stepsType] ?? 0.1, worth: worthOfUsualPanels)
    guard !steps.isEmpty else { return agreement }
    let region = context.request.region
    func distance(_ row: Row) -> Int {
      row < region.lowerBound
        ? row.distance(to: region.lowerBound) : (region.upperBound - 1).distance(to: row)
    }
    let farthestFirst = context.keptSteps.filter { !region.contains($0.row) }
      .sorted { distance($0.row) > distance($1.row) }
    for (row, panels) in farthestFirst {
      guard let slot = context.grid.slot(of: row), let theirs = steps[slot] else { continue }
      agreement.see(theirs.panels == panels, memory: panelMemory)
    }
    return agreement
  }
}

extension SuggestionContext {
  /// The slots that rows fall in, each once; rows off the grid have none.
  func slots(of rows: [Row]) -> [Int] {
    var slots: [Int] = []
    for slot in rows.compactMap(grid.slot) where slot != slots.last { slots.append(slot) }
    return slots
  }
}
