import Chart
import Foundation

/// The rows on which a proposal steps, with the chance of each.
struct Rhythm: Hashable, Sendable {
  struct Beat: Hashable, Sendable {
    var row: Row
    /// From the placement network; 1 for a row that the author gave.
    var probability: Double
  }

  /// What the sound says of a row's panels, as shifts of log-odds against the usual row of the region.
  struct Evidence: Hashable, Sendable {
    /// The placement network hears jumps and holds less surely than it says.
    static let trust: Float = 0.5

    var jump: Float
    var hold: Float

    func shift(for row: PanelRow) -> Float {
      (row.all.count > 1 ? jump : 0) + (row.heads.isEmpty ? 0 : hold)
    }
  }

  var beats: [Beat]
  /// For rows of which the sound says anything.
  var evidence: [Row: Evidence] = [:]

  /// Mean log-likelihood of the slots that were taken, for ranking.
  var score: Double {
    guard !beats.isEmpty else { return 0 }
    return beats.reduce(0) { $0 + log2(max(1e-6, $1.probability)) } / Double(beats.count)
  }
}

/// From the chances of the slots to rows: by threshold, or down to a number of rows, never two rows too near to be
/// played apart.
struct RhythmDecoder {
  /// 32nds are the finest that is proposed.
  private static let leastSlots = 3
  private static let leastSeconds = 0.04
  /// Rows that are shown beside a rhythm: their least chance, and how many there may be in the shortest.
  private static let leastNear = 0.06
  private static let fewestNear = 4

  let context: SuggestionContext
  /// The network's words and the chance for each slot of the region.
  let logits: [PlacementNetwork.Logits]
  let probabilities: [Double]
  /// The chances by which slots are chosen.
  private let order: [Double]
  /// Whether the chart's own rhythm has its say in the chances.
  let remembers: Bool
  /// What the song's other charts say, which is in the chances.
  let companions: Companions
  /// Slots of kept rows.
  private let keptSlots: Set<Int>

  /// - Parameter memory: what the chart's rhythm says, where there is no sound.
  init(
    context: SuggestionContext, logits: [PlacementNetwork.Logits], network: PlacementNetwork,
    companions: Companions, memory: RhythmMemory? = nil
  ) {
    self.context = context
    self.logits = logits
    let probabilities = logits.map(network.probability)
    remembers = memory != nil
    self.companions = companions
    let remembered = memory?.blended(with: probabilities) ?? probabilities
    let heard =
      companions.areSilent
      ? remembered
      : zip(context.region, remembered).map { $1.shiftedOdds(by: companions.gain(at: $0)) }
    self.probabilities = heard
    order =
      context.isWellUnderWay
      ? heard
      : zip(heard, RunSense.shift(context.region, heard, isOpen: context.isOpen)).map {
        $0.shiftedOdds(by: $1)
      }
    keptSlots = Set(context.keptRows.compactMap(context.grid.slot))
  }

  /// How many rows a threshold takes.
  func count(above threshold: Double) -> Int {
    take(Int.max, values: probabilities, from: threshold).count
  }

  /// The best rows.
  /// - Parameters:
  ///   - count: how many at most.
  ///   - shift: added to the log-odds of each slot of the region, to look for another rhythm.
  func rhythm(count: Int, shift: [Double]? = nil) -> Rhythm {
    var values = order
    if let shift {
      for (index, value) in values.enumerated() { values[index] = value.shiftedOdds(by: shift[index]) }
    }
    let slots = take(count, values: values, from: 0)
    let beats = slots.sorted().map { slot in
      Rhythm.Beat(
        row: SlotGrid.row(of: slot), probability: probabilities[slot - context.region.lowerBound])
    }
    return Rhythm(beats: beats, evidence: evidence(at: beats.map(\.row)))
  }

  /// Rows that were likely too, beside those of a rhythm.
  func rowsNear(_ rhythm: Rhythm) -> [Row] {
    if case .selection = context.request.scope { return [] }
    let taken = rhythm.beats.compactMap { context.grid.slot(of: $0.row) }
    let slots = take(
      max(Self.fewestNear, taken.count * 3 / 4), values: probabilities, from: Self.leastNear, beside: taken)
    return slots.sorted().map(SlotGrid.row)
  }

  /// How much more than on the region's other rows the sound asks for a jump or a hold.
  func evidence(at rows: [Row]) -> [Row: Rhythm.Evidence] {
    let heard = rows.compactMap { row -> (row: Row, logits: PlacementNetwork.Logits)? in
      guard let slot = context.grid.slot(of: row), context.region.contains(slot) else { return nil }
      return (row, logits[slot - context.region.lowerBound])
    }
    guard !heard.isEmpty else { return [:] }
    let jump = heard.reduce(0) { $0 + $1.logits.jump } / Float(heard.count)
    let hold = heard.reduce(0) { $0 + $1.logits.hold } / Float(heard.count)
    return Dictionary(
      heard.map { heard in
        let trust = Rhythm.Evidence.trust
        return (
          heard.row,
          Rhythm.Evidence(jump: trust * (heard.logits.jump - jump), hold: trust * (heard.logits.hold - hold))
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The likeliest slots one after the other, each far enough from those taken and kept.
  private func take(
    _ count: Int, values: [Double], from threshold: Double, beside others: [Int] = []
  ) -> [Int] {
    guard count > 0 else { return [] }
    let first = context.region.lowerBound
    let order = values.indices.filter { values[$0] >= threshold && context.isOpen($0 + first) }
      .sorted { (values[$1], $0) < (values[$0], $1) }
    var isTaken = [Bool](repeating: false, count: context.grid.slots)
    for slot in keptSlots { isTaken[slot] = true }
    for slot in others { isTaken[slot] = true }
    var taken: [Int] = []
    for index in order where taken.count < count {
      let slot = index + first
      if isFree(slot, isTaken) {
        isTaken[slot] = true
        taken.append(slot)
      }
    }
    return taken
  }

  private func isFree(_ slot: Int, _ isTaken: [Bool]) -> Bool {
    let seconds = context.grid.seconds
    func isCrowded(_ others: some Sequence<Int>) -> Bool {
      for other in others {
        let isNear =
          abs(other - slot) < Self.leastSlots || abs(seconds[other] - seconds[slot]) < Self.leastSeconds
        guard isNear else { return false }
        if isTaken[other] { return true }
      }
      return false
    }
    return !isTaken[slot] && !isCrowded((0..<slot).reversed()) && !isCrowded(slot + 1..<isTaken.count)
  }
}

extension Double {
  /// A chance whose log-odds are shifted.
  func shiftedOdds(by shift: Double) -> Double {
    let odds = self / max(1e-9, 1 - self) * exp(shift)
    return odds / (1 + odds)
  }
}
