import Chart
import Foundation

/// One choice of panels: by the network's chances and what it costs the feet.
struct PanelChooser {
  /// What people write costs up to this without a second thought; the network knows that part by itself.
  private static let ordinaryCost = 250.0
  /// From there on, 150 more (a sixth of a double-step) make a row e times less likely.
  private static let footWeight = 1.0 / 150
  private static let nucleus = 0.985
  private static let widestChoice = 24
  /// Likely lengths of holds are chosen more often than their chance.
  private static let lengthTemperature: Float = 0.7
  /// Rows this many times less likely than the likeliest are never looked at, as logarithm.
  private static let farthest: Float = 7

  private let network: SelectionNetwork
  private let vocabulary: SelectionNetwork.Vocabulary
  private let context: SuggestionContext
  private let budget: StepBudget?
  private let companions: Companions
  private var moves: FootMoves
  private var allowedRows: [AllowedKey: [Int]] = [:]

  private struct AllowedKey: Hashable {
    var held: PanelSet
    var blocked: PanelSet
    /// How many taps and holds there must be; nil for any.
    var taps: Int?
    var holds: Int?

    func fits(_ panels: PanelRow) -> Bool {
      panels.all.isDisjoint(with: blocked) && taps.map { $0 == panels.taps.count } ?? true
        && holds.map { $0 == panels.heads.count } ?? true
    }
  }

  init(
    _ network: SelectionNetwork, _ vocabulary: SelectionNetwork.Vocabulary, context: SuggestionContext,
    budget: StepBudget?, companions: Companions
  ) {
    self.network = network
    self.companions = companions
    self.vocabulary = vocabulary
    self.context = context
    self.budget = budget
    moves = FootMoves(pad: context.pad)
  }

  /// A foot-switch costs the feet little, but people write few: a row with one is e^1.6 times less likely.
  private static let switchStrain = 1.6

  /// How much a row asks of the feet beyond the ordinary, as a logarithm of likelihood.
  private static func strain(from before: FootFrontier, to after: FootFrontier) -> Double {
    max(0, after.cost - before.cost - ordinaryCost) * footWeight
      + Double(max(0, after.switches - before.switches)) * switchStrain
  }

  /// Takes a fixed row as it is; its likelihood and its cost for the feet count towards the candidate.
  mutating func follow(
    _ panels: PanelRow, at step: Int, in plan: StepPlan, _ logits: UnsafeBufferPointer<Float>?,
    _ candidate: inout PanelCandidate
  ) {
    let row = plan.footRow(at: step, panels, held: candidate.held(over: plan.steps.rows[step]))
    let assignments = moves.assignments(for: row)
    let feet =
      candidate.feet.advanced(by: row, moves: moves, assignments: assignments)
      ?? candidate.feet.skipping(to: row.time)
    if logits != nil { candidate.strain += Self.strain(from: candidate.feet, to: feet) }
    candidate.feet = feet
    for (lane, end) in plan.holdEnds[step] { candidate.hold(lane, until: end) }
    if let logits, let index = vocabulary.index(of: panels) {
      candidate.logLikelihood += Double(logits[index]) - Self.logSum(logits)
      candidate.choices += 1
    }
    candidate.previous = panels
  }

  /// Chooses a row's panels by chance, likely and comfortable ones more often.
  mutating func choose(
    at step: Int, in plan: StepPlan, logits: UnsafeBufferPointer<Float>, evidence: Rhythm.Evidence?,
    _ candidate: inout PanelCandidate
  ) -> (panels: PanelRow, probability: Double) {
    var options: [Option] = []
    // The wanted shape where two feet can take it, else any.
    for shape in [context.request.shapes[plan.steps.rows[step]], nil] where options.isEmpty {
      options = self.options(at: step, in: plan, shape: shape, logits, evidence, &candidate)
    }
    guard let chosen = candidate.random.pick(options.map(\.weight)) else {
      return (PanelRow(taps: [], heads: []), 0)
    }
    let option = options[chosen]
    candidate.strain += Self.strain(from: candidate.feet, to: option.feet)
    candidate.feet = option.feet
    candidate.logLikelihood += log(max(1e-9, option.probability))
    candidate.choices += 1
    let panels = vocabulary.rows[option.row]
    candidate.spent.count(panels, isRepeat: panels.all == candidate.previous?.all)
    return (panels, option.probability)
  }

  private typealias Option = (row: Int, probability: Double, weight: Double, feet: FootFrontier)

  /// The likeliest rows that the feet can get to, comfortable ones with more weight.
  private mutating func options(
    at step: Int, in plan: StepPlan, shape: RowShape?, _ logits: UnsafeBufferPointer<Float>,
    _ evidence: Rhythm.Evidence?, _ candidate: inout PanelCandidate
  ) -> [Option] {
    let row = plan.steps.rows[step]
    var allowed = allowedRows(candidate, at: row, blocked: plan.blocked[step], shape: shape)
    if allowed.isEmpty, shape == nil {
      candidate.releaseHolds(before: row)
      allowed = allowedRows(candidate, at: row, blocked: plan.blocked[step], shape: nil)
    }
    let before = candidate.previous?.all
    let shifts = shifts(for: candidate)
    let chances = Chances(logits, allowed, farthest: Self.farthest) { index in
      let panels = vocabulary.rows[index]
      return shifts.shift(for: panels, after: before) + (evidence?.shift(for: panels) ?? 0)
    }
    let held = candidate.held(over: row)
    var options: [Option] = []
    var mass = 0.0
    for (index, chance) in chances.likeliest {
      if options.count == Self.widestChoice || mass > Self.nucleus { break }
      mass += chance
      let footRow = plan.footRow(at: step, vocabulary.rows[index], held: held)
      let assignments = moves.assignments(for: footRow)
      guard let feet = candidate.feet.advanced(by: footRow, moves: moves, assignments: assignments) else {
        continue
      }
      let strain = Self.strain(from: candidate.feet, to: feet)
      options.append((index, chance, pow(chance, 1 / candidate.temperature) * exp(-strain), feet))
    }
    return options
  }

  /// The guess at what the author would write goes by the chart alone, once there is one.
  private func shifts(for candidate: PanelCandidate) -> StepBudget.Shifts {
    guard let budget, !(candidate.isGuess && budget.isOfChart) else { return StepBudget.Shifts() }
    return budget.shifts(after: candidate.spent)
  }

  /// Turns chosen panels into notes, giving holds their length. Returns what was written.
  func write(
    _ choice: (panels: PanelRow, probability: Double), at step: Int, in plan: StepPlan,
    _ candidate: inout PanelCandidate,
    holdLengths: (PanelRow) -> UnsafeBufferPointer<Float>
  ) -> PanelRow {
    let row = plan.steps.rows[step]
    var written = choice.panels
    var lengths = lengths(of: choice.panels, at: step, in: plan, &candidate, holdLengths)[...]
    for lane in choice.panels.all.lanes {
      var note = Note(row: row, lane: lane)
      if choice.panels.heads.contains(PanelSet(lane)) {
        if let length = lengths.popFirst() {
          note.kind = .hold(end: row + length)
        } else {
          written.heads.subtract(PanelSet(lane))
          written.taps.formUnion(PanelSet(lane))
        }
      }
      candidate.append(note, probability: choice.probability)
    }
    candidate.previous = written
    return written
  }

  /// The lengths of a row's holds, in rows: the author's, those of a chart with the same panels, or what the network
  /// says. None where even the shortest does not fit.
  private func lengths(
    of panels: PanelRow, at step: Int, in plan: StepPlan, _ candidate: inout PanelCandidate,
    _ holdLengths: (PanelRow) -> UnsafeBufferPointer<Float>
  ) -> [Int] {
    guard !panels.heads.isEmpty else { return [] }
    let row = plan.steps.rows[step]
    let lanes = panels.heads.lanes
    let room = lanes.map { plan.room(for: $0, at: step) }
    if let shape = context.request.shapes[row], shape.holds.count == lanes.count {
      let lengths = zip(shape.holds, room).map { min($0, $1) }
      return lengths.allSatisfy { $0 > 0 } ? lengths : []
    }
    let least = room.min() ?? 0
    var length = companions.holdLength(of: panels, on: row)
    if length.map({ $0 > least }) ?? true {
      length = holdLength(
        holdLengths(panels), atMost: least, isGuess: candidate.isGuess, &candidate.random)
    }
    return length.map { [Int](repeating: $0, count: lanes.count) } ?? []
  }

  /// A hold's length in rows; nil when even the shortest does not fit.
  private func holdLength(
    _ logits: UnsafeBufferPointer<Float>, atMost room: Int, isGuess: Bool, _ random: inout RandomSource
  ) -> Int? {
    let fitting = network.holdSlots.indices.filter { network.holdSlots[$0] * BeatGrid.rowsPerSlot <= room }
    guard let likeliest = fitting.max(by: { logits[$0] < logits[$1] }) else { return nil }
    if isGuess { return network.holdSlots[likeliest] * BeatGrid.rowsPerSlot }
    let weights = fitting.map { Double(expf((logits[$0] - logits[likeliest]) / Self.lengthTemperature)) }
    return random.pick(weights).map { network.holdSlots[fitting[$0]] * BeatGrid.rowsPerSlot }
  }

  /// The rows of the vocabulary that use no taken lane and that two feet can take beside what they hold.
  private mutating func allowedRows(
    _ candidate: PanelCandidate, at row: Row, blocked: PanelSet, shape: RowShape?
  ) -> [Int] {
    let key = AllowedKey(
      held: candidate.held(over: row), blocked: blocked.union(candidate.occupied(at: row)),
      taps: shape?.taps, holds: shape?.holds.count)
    if let known = allowedRows[key] { return known }
    var allowed: [Int] = []
    for (index, panels) in vocabulary.rows.enumerated() where key.fits(panels) {
      let row = FootRow(row: row, time: .zero, steps: panels.all, held: key.held)
      if !moves.assignments(for: row).isEmpty { allowed.append(index) }
    }
    allowedRows[key] = allowed
    return allowed
  }

  private static func logSum(_ logits: UnsafeBufferPointer<Float>) -> Double {
    let highest = logits.reduce(-Float.infinity, max)
    return Double(highest + logf(logits.reduce(0) { $0 + expf($1 - highest) }))
  }
}

/// The chances of the rows that are allowed, likeliest first; those hopelessly behind are left out.
private struct Chances {
  let likeliest: [(row: Int, chance: Double)]

  init(
    _ logits: UnsafeBufferPointer<Float>, _ allowed: [Int], farthest: Float, shift: (Int) -> Float
  ) {
    let highest = allowed.reduce(-Float.infinity) { max($0, logits[$1]) }
    var sum = 0.0
    var near: [(row: Int, chance: Double)] = []
    for row in allowed {
      let weight = Double(expf(logits[row] - highest + shift(row)))
      sum += weight
      if logits[row] > highest - farthest { near.append((row, weight)) }
    }
    near.sort { ($1.chance, $0.row) < ($0.chance, $1.row) }
    likeliest = near.map { ($0.row, $0.chance / sum) }
  }
}

extension RandomSource {
  /// An index with a chance in proportion to its weight; nil when there is none.
  mutating func pick(_ weights: [Double]) -> Int? {
    var point = unit() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      point -= weight
      if point < 0 { return index }
    }
    return weights.indices.last
  }
}
