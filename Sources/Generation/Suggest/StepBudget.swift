import Chart
import Foundation

/// How often charts of a type and level jump, hold and repeat the row before. A long walk, left alone, drifts towards
/// plain single steps, and at low levels into stepping on one panel again and again, for what it has just written tells
/// it what comes next; the budget pulls it back.
struct StepBudget: Sendable {
  /// Jumps and holds of shorter regions are told by the sound and by what stands around.
  private static let fewestRows = 96
  /// So many written rows tell the chart's own habits.
  private static let ownRows = 64
  /// How hard it pulls: of a wish that is half fulfilled, rows get this many times ln 2 likelier.
  private static let pull = 3.0
  private static let strongest = 3.0
  /// Repeats feed on themselves, through recall: too many are stopped harder than too few are asked for.
  private static let strongestAgainstRepeats = 4.0
  private static let strongestForRepeats = 1.0
  /// Of the last steps no panel gets more than this share without being asked less often.
  private static let mostOnOnePanel: Float = 0.36
  private static let pullOnPanels: Float = 5
  /// The budget itself counts for so many rows at the start.
  private static let patience = 24.0
  private static let least = 0.01

  /// Shares of the rows.
  private let jumps: Double
  private let holds: Double
  private let repeats: Double
  /// Whether so many rows are asked for that jumps and holds are counted too.
  let isLong: Bool
  /// Whether it is the chart's own habits, not those of its level.
  let isOfChart: Bool

  /// - Returns: nil where styles are asked for, and where nothing is known of the level.
  init?(_ context: SuggestionContext, rows: Int, norms: PlayabilityNorms) {
    guard context.request.styles.values.allSatisfy({ $0 == 0 }) else { return nil }
    isLong = rows >= Self.fewestRows || !context.isShort
    isOfChart = context.keptRows.count >= Self.ownRows
    if isOfChart {
      (jumps, holds, repeats) = Self.habits(of: context)
      return
    }
    guard let level = context.request.level, let bands = norms.bands(context.stepsType, level: level) else {
      return nil
    }
    // The middle of the band, not the median: as shares are skewed it is nearer to what all charts of the level have
    // together, and charts made with it look more like their level.
    func middle(_ count: Playability.Count) -> Double {
      bands[count.rawValue].map { ($0.low + $0.high) / 200 } ?? 0
    }
    jumps = middle(.jumps)
    holds = middle(.holds)
    repeats = middle(.repeats)
  }

  private static func habits(of context: SuggestionContext) -> (Double, Double, Double) {
    let panels = context.keptSteps.map(\.panels)
    let count = Double(max(1, panels.count))
    let repeats = zip(panels, panels.dropFirst()).count { $0.all == $1.all }
    return (
      Double(panels.count { $0.all.count > 1 }) / count, Double(panels.count { !$0.heads.isEmpty }) / count,
      Double(repeats) / count
    )
  }

  /// What a candidate has spent.
  struct Spent: Sendable {
    var rows = 0.0
    var jumps = 0.0
    var holds = 0.0
    var repeats = 0.0
    /// The share of each panel among the last steps, about two dozen.
    private(set) var panels: [Float]
    private static let memory: Float = 1 / 24

    init(lanes: Int) { panels = [Float](repeating: 1 / Float(max(1, lanes)), count: lanes) }

    mutating func count(_ panels: PanelRow, isRepeat: Bool) {
      rows += 1
      let stepped = panels.all
      let weight = Self.memory / Float(max(1, stepped.count))
      for lane in self.panels.indices {
        self.panels[lane] *= 1 - Self.memory
        if stepped.contains(PanelSet(Lane(lane))) { self.panels[lane] += weight }
      }
      if panels.all.count > 1 { jumps += 1 }
      if !panels.heads.isEmpty { holds += 1 }
      if isRepeat { repeats += 1 }
    }
  }

  /// Shifts of log-odds for rows that jump, hold, repeat a panel.
  struct Shifts: Sendable {
    var jump: Float = 0
    var hold: Float = 0
    var repetition: Float = 0
    /// Panels that have had more than their share, and how much less likely they are.
    var worn: [(panel: PanelSet, shift: Float)] = []

    func shift(for row: PanelRow, after previous: PanelSet?) -> Float {
      let steps = row.all
      var shift = (steps.count > 1 ? jump : 0) + (row.heads.isEmpty ? 0 : hold)
      if steps == previous { shift += repetition }
      for (panel, wear) in worn where !steps.isDisjoint(with: panel) { shift += wear }
      return shift
    }
  }

  func shifts(after spent: Spent) -> Shifts {
    func shift(_ wanted: Double, _ count: Double, within bounds: ClosedRange<Double>) -> Float {
      let share = (count + Self.patience * wanted) / (spent.rows + Self.patience)
      let shift = Self.pull * log((wanted + Self.least) / (share + Self.least))
      return Float(min(bounds.upperBound, max(bounds.lowerBound, shift)))
    }
    var shifts = Shifts()
    // In a short region only ever fewer: where one panel twice is right, the network knows it.
    shifts.repetition = shift(
      repeats, spent.repeats, within: -Self.strongestAgainstRepeats...(isLong ? Self.strongestForRepeats : 0))
    for (lane, share) in spent.panels.enumerated() where share > Self.mostOnOnePanel {
      shifts.worn.append((PanelSet(Lane(lane)), -Self.pullOnPanels * log(share / Self.mostOnOnePanel)))
    }
    guard isLong else { return shifts }
    shifts.jump = shift(jumps, spent.jumps, within: -Self.strongest...Self.strongest)
    shifts.hold = shift(holds, spent.holds, within: -Self.strongest...Self.strongest)
    return shifts
  }
}
