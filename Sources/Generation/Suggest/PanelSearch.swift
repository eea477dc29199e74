import Chart
import Foundation

/// Panels for the rows of a rhythm: several candidates walk the selection network side by side, each choosing by the
/// network's chances and the feet's costs, within what the format and two feet allow.
struct PanelSearch {
  /// A foot cost of 150 (a hurried corner, a sixth of a double-step) makes a row e times less likely.
  static let footWeight = 1.0 / 150
  private static let temperature: Float = 0.95
  private static let nucleus = 0.95
  private static let widestChoice = 24
  /// Steps of the chart that are read before and after the region.
  private static let stepsBefore = 48
  private static let stepsAfter = 48
  /// Fixed steps after the region that the candidates still walk, so that their exit fits.
  private static let joinedSteps = 6

  private let network: SelectionNetwork
  private let vocabulary: SelectionNetwork.Vocabulary
  private let context: SuggestionContext
  private let firstLane: Int
  private var moves: FootMoves
  private var allowedRows: [AllowedKey: [Int]] = [:]

  private struct AllowedKey: Hashable {
    var held: PanelSet
    var blocked: PanelSet
  }

  init(_ network: SelectionNetwork, context: SuggestionContext) throws(ModelError) {
    self.network = network
    self.context = context
    vocabulary = try network.vocabulary(of: context.stepsType)
    firstLane = ModelLayout.firstCommonLane(of: context.stepsType)
    moves = FootMoves(pad: context.pad)
  }

  /// So many candidates for a rhythm, best first.
  mutating func candidates(
    _ count: Int, rhythm: Rhythm, condition: Condition, random: inout RandomSource, isCancelled: () -> Bool
  ) throws(ModelError) -> [PanelCandidate] {
    let plan = StepPlan(
      context: context, rows: rhythm.beats.map(\.row), before: Self.stepsBefore, after: Self.stepsAfter)
    guard let firstFree = plan.fixed.firstIndex(where: { $0 == nil }),
      let lastFree = plan.fixed.lastIndex(where: { $0 == nil })
    else { return [PanelCandidate(lanes: context.pad.panels.count)] }
    let prepared = try network.prepare(plan.steps, fixed: plan.fixed, condition: condition)
    let walk = SelectionWalk(network, vocabulary, prepared: prepared, firstLane: firstLane, capacity: count)
    var candidates = [PanelCandidate(lanes: context.pad.panels.count)]
    candidates[0].previous = plan.previous
    for step in 0..<min(plan.steps.count, lastFree + 1 + Self.joinedSteps) {
      if isCancelled() { throw .cancelled }
      if step == firstFree {
        candidates = Array(repeating: candidates[0], count: count)
        walk.split(into: count)
      }
      let row = plan.steps.rows[step]
      walk.advance(step: step) { (candidates[$0].previous, candidates[$0].held(over: row)) }
      let logits = step >= firstFree ? walk.rowLogits() : nil
      for index in candidates.indices {
        let own = logits.map { logits in
          UnsafeBufferPointer(
            rebasing: logits[index * vocabulary.rows.count..<(index + 1) * vocabulary.rows.count])
        }
        if let panels = plan.fixed[step] {
          follow(panels, at: step, in: plan, logits: own, &candidates[index])
        } else if let own {
          let panels = choose(at: step, in: plan, logits: own, &candidates[index], &random)
          write(panels, at: step, in: plan, walk: walk, sequence: index, &candidates[index], &random)
        }
      }
    }
    return candidates.sorted { $0.score > $1.score }
  }

  /// Takes a fixed row as it is; its likelihood and its cost for the feet count towards the candidate.
  private mutating func follow(
    _ panels: PanelRow, at step: Int, in plan: StepPlan, logits: UnsafeBufferPointer<Float>?,
    _ candidate: inout PanelCandidate
  ) {
    let row = plan.footRow(at: step, panels, held: candidate.held(over: plan.steps.rows[step]))
    let assignments = moves.assignments(for: row)
    candidate.feet =
      candidate.feet.advanced(by: row, moves: moves, assignments: assignments)
      ?? candidate.feet.skipping(to: row.time)
    for (lane, end) in plan.holdEnds[step] { candidate.hold(lane, until: end) }
    if let logits, let index = vocabulary.index(of: panels) {
      candidate.logLikelihood += log(Self.softmax(logits, Array(logits.indices), temperature: 1)[index])
      candidate.choices += 1
    }
    candidate.previous = panels
  }

  /// Chooses a row's panels by chance, likely and comfortable ones more often.
  private mutating func choose(
    at step: Int, in plan: StepPlan, logits: UnsafeBufferPointer<Float>, _ candidate: inout PanelCandidate,
    _ random: inout RandomSource
  ) -> (panels: PanelRow, probability: Double) {
    let row = plan.steps.rows[step]
    var allowed = allowedRows(candidate, at: row, blocked: plan.blocked[step])
    if allowed.isEmpty {
      candidate.releaseHolds(before: row)
      allowed = allowedRows(candidate, at: row, blocked: plan.blocked[step])
    }
    let held = candidate.held(over: row)
    let chances = Self.softmax(logits, allowed, temperature: 1)
    let sharp = Self.softmax(logits, allowed, temperature: Self.temperature)
    var options: [(position: Int, weight: Double, feet: FootFrontier)] = []
    var mass = 0.0
    for position in sharp.indices.sorted(by: { (sharp[$1], $0) < (sharp[$0], $1) }) {
      if options.count == Self.widestChoice || mass > Self.nucleus { break }
      mass += sharp[position]
      let footRow = plan.footRow(at: step, vocabulary.rows[allowed[position]], held: held)
      let assignments = moves.assignments(for: footRow)
      guard let feet = candidate.feet.advanced(by: footRow, moves: moves, assignments: assignments) else {
        continue
      }
      let extra = feet.cost - candidate.feet.cost
      options.append((position, sharp[position] * exp(-extra * Self.footWeight), feet))
    }
    guard let chosen = Self.sample(options.map(\.weight), &random) else {
      return (PanelRow(taps: [], heads: []), 0)
    }
    let option = options[chosen]
    candidate.feet = option.feet
    candidate.logLikelihood += log(max(1e-9, chances[option.position]))
    candidate.choices += 1
    return (vocabulary.rows[allowed[option.position]], chances[option.position])
  }

  /// Turns chosen panels into notes, giving holds their length.
  private func write(
    _ choice: (panels: PanelRow, probability: Double), at step: Int, in plan: StepPlan, walk: SelectionWalk,
    sequence: Int, _ candidate: inout PanelCandidate, _ random: inout RandomSource
  ) {
    let row = plan.steps.rows[step]
    var written = choice.panels
    let length =
      choice.panels.heads.isEmpty
      ? nil
      : holdLength(
        walk.holdLengthLogits(of: sequence, row: choice.panels),
        atMost: choice.panels.heads.lanes.map { plan.room(for: $0, at: step) }.min() ?? 0, &random)
    for lane in choice.panels.all.lanes {
      var note = Note(row: row, lane: lane)
      if choice.panels.heads.contains(PanelSet(lane)) {
        if let length {
          note.kind = .hold(end: row + length)
        } else {
          written.heads.subtract(PanelSet(lane))
          written.taps.formUnion(PanelSet(lane))
        }
      }
      candidate.append(note, probability: choice.probability)
    }
    candidate.previous = written
  }

  /// A hold's length in rows; nil when even the shortest does not fit.
  private func holdLength(
    _ logits: UnsafeBufferPointer<Float>, atMost room: Int, _ random: inout RandomSource
  ) -> Int? {
    let fitting = network.holdSlots.indices.filter { network.holdSlots[$0] * BeatGrid.rowsPerSlot <= room }
    let chances = Self.softmax(logits, fitting, temperature: 0.7)
    return Self.sample(chances, &random).map { network.holdSlots[fitting[$0]] * BeatGrid.rowsPerSlot }
  }

  /// The rows of the vocabulary that use no taken lane and that two feet can take beside what they hold.
  private mutating func allowedRows(_ candidate: PanelCandidate, at row: Row, blocked: PanelSet) -> [Int] {
    let key = AllowedKey(
      held: candidate.held(over: row), blocked: blocked.union(candidate.occupied(at: row)))
    if let known = allowedRows[key] { return known }
    var allowed: [Int] = []
    for (index, panels) in vocabulary.rows.enumerated() where panels.all.isDisjoint(with: key.blocked) {
      let row = FootRow(row: row, time: .zero, steps: panels.all, held: key.held)
      if !moves.assignments(for: row).isEmpty { allowed.append(index) }
    }
    allowedRows[key] = allowed
    return allowed
  }

  /// The chances of some of the rows, the others being impossible.
  static func softmax(_ logits: UnsafeBufferPointer<Float>, _ indices: [Int], temperature: Float) -> [Double]
  {
    let highest = indices.reduce(-Float.infinity) { max($0, logits[$1]) }
    let weights = indices.map { Double(expf((logits[$0] - highest) / temperature)) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  private static func sample(_ weights: [Double], _ random: inout RandomSource) -> Int? {
    let sum = weights.reduce(0, +)
    var point = random.unit() * sum
    for (index, weight) in weights.enumerated() {
      point -= weight
      if point < 0 { return index }
    }
    return weights.indices.last
  }
}
