import Chart

extension FootAnalysis {
  /// Margins below this are a matter of taste.
  private static let eitherMargin = 45.0
  /// Margins from this on mean that the other foot would have to double-step or worse.
  private static let forcedMargin = 500.0
  /// Repeats slower than this are not felt as jacks or foot-switches, and double-steps not as errors.
  private static let repeatLimit = 0.36
  private static let doubleStepLimit = 0.3
  /// Legs further apart than this, in panels.
  private static let stretchLimit = 4.2

  static func label(at index: Int, in search: FootSearch) -> FootLabel {
    let stride = stride(at: index, in: search)
    let margin = search.alternative(at: index)?.margin ?? .infinity
    return FootLabel(stride, certainty: stride.isImpossible ? .impossible : certainty(margin), margin: margin)
  }

  static func stride(at index: Int, in search: FootSearch) -> FootStride {
    let row = search.rows[index]
    let node = search.layers[index][search.best[index]]
    let before = search.stateBefore(node, at: index)
    let move = FootCosts.Move(
      before: before, after: node.state, assignment: node.assignment, steps: row.steps, held: row.held,
      elapsed: search.elapsed(before: index))
    let isImpossible = node.assignment.left.isEmpty && node.assignment.right.isEmpty
    return FootStride(
      row: row.row, time: row.time, left: node.assignment.left.intersection(row.steps),
      right: node.assignment.right.intersection(row.steps),
      findings: isImpossible ? [.impossible] : findings(in: move, search.moves.pad),
      cost: isImpossible ? FootCosts.impossible : FootCosts.total(move, on: search.moves.pad),
      travel: isImpossible ? 0 : travel(of: move, search.moves.pad))
  }

  private static func certainty(_ margin: Double) -> Footwork.Freedom {
    if margin < eitherMargin { return .either }
    return margin < forcedMargin ? .clear : .forced
  }

  private static func travel(of move: FootCosts.Move, _ pad: Pad) -> Double {
    Foot.allCases.filter(move.after.didMove).reduce(0) {
      $0 + pad.distance(from: move.before[$1], to: move.after[$1])
    }
  }

  private static func findings(in move: FootCosts.Move, _ pad: Pad) -> Set<FootLabel.Finding> {
    var found: Set<FootLabel.Finding> = []
    if move.after.moved == FootState.leftBit | FootState.rightBit { found.insert(.jump) }
    for foot in Foot.allCases where move.after.didMove(foot) {
      found.formUnion(findings(of: foot, in: move, pad))
    }
    FootCosts.visit(move, on: pad) { cost, _ in
      if cost == .holdSwitch { found.insert(.holdSwitch) }
      if cost == .spin { found.insert(.spin) }
    }
    found.formUnion(turnFindings(in: move, pad))
    return found
  }

  private static func findings(of foot: Foot, in move: FootCosts.Move, _ pad: Pad) -> Set<FootLabel.Finding> {
    var found: Set<FootLabel.Finding> = []
    let own = move.assignment[foot]
    let old = pad.places[move.before[foot]].panels
    let others = pad.places[move.before[foot.other]].panels
    if own.count == 2 { found.insert(.bracket) }
    if FootCosts.isFootSwitch(foot, move, others) {
      if move.elapsed < repeatLimit { found.insert(.footSwitch) }
    } else if !old.isDisjoint(with: own.intersection(move.steps)) {
      if move.before.didMove(foot), move.elapsed < repeatLimit { found.insert(.jack) }
    } else if FootCosts.isDoubleStep(foot, move), move.elapsed < doubleStepLimit {
      found.insert(.doubleStep)
    }
    return found
  }

  /// How the body stands after the row, and whether it has just turned there.
  private static func turnFindings(in move: FootCosts.Move, _ pad: Pad) -> Set<FootLabel.Finding> {
    let before = pad.stance(of: move.before)
    let after = pad.stance(of: move.after)
    var found: Set<FootLabel.Finding> = []
    if after.width > stretchLimit { found.insert(.stretch) }
    if after.width > 0, abs(after.dx) < 0.01 { found.insert(.twist90) }
    if after.dx < -0.01 {
      found.insert(.twistOver90)
      if before.dx >= -0.01 { found.insert(.crossover) }
    }
    return found
  }
}

extension FootSearch {
  /// Where the feet stood before a node.
  func stateBefore(_ node: Node, at index: Int) -> FootState {
    index > 0 ? layers[index - 1][node.parent].state : .start
  }

  /// The part of the cost by which the walk through a node is worse than the best one, and the row where it arises.
  func dominatingCost(of node: Int, at index: Int) -> (cost: FootCost, row: Row)? {
    var extra: [FootCost: (sum: Double, worst: Double, row: Row)] = [:]
    func count(_ layer: Int, _ position: Int, from parent: FootState, sign: Double) {
      let node = layers[layer][position]
      let move = FootCosts.Move(
        before: parent, after: node.state, assignment: node.assignment, steps: rows[layer].steps,
        held: rows[layer].held, elapsed: elapsed(before: layer))
      FootCosts.visit(move, on: moves.pad) { cost, value in
        var entry = extra[cost] ?? (0, -1, rows[layer].row)
        entry.sum += sign * value
        if sign > 0, value > entry.worst { (entry.worst, entry.row) = (value, rows[layer].row) }
        extra[cost] = entry
      }
    }
    for (layer, position, parent) in walk(through: node, at: index) {
      count(layer, position, from: parent, sign: 1)
      let chosen = best[layer]
      count(layer, chosen, from: stateBefore(layers[layer][chosen], at: layer), sign: -1)
    }
    guard let worst = extra.max(by: { $0.value.sum < $1.value.sum }), worst.value.sum > 0 else { return nil }
    return (worst.key, worst.value.row)
  }

  /// The layers in which the cheapest walk through a node differs from the best one, with the node there and the
  /// state it comes from. At most 32 rows to either side: what is further away explains nothing.
  private func walk(through node: Int, at index: Int) -> [(layer: Int, position: Int, parent: FootState)] {
    var steps: [(Int, Int, FootState)] = []
    var layer = index
    var position = node
    while position != best[layer], index - layer < 32 {
      let node = layers[layer][position]
      steps.append((layer, position, stateBefore(node, at: layer)))
      guard layer > 0 else { break }
      position = node.parent
      layer -= 1
    }
    steps.reverse()
    position = node
    for layer in index..<min(index + 32, rows.count - 1) {
      let from = layers[layer][position].state
      guard let next = cheapestNext(after: from, at: layer) else { break }
      steps.append((layer + 1, next, from))
      position = next
      if next == best[layer + 1] { break }
    }
    return steps
  }

  private func cheapestNext(after state: FootState, at layer: Int) -> Int? {
    var moves = moves
    let row = rows[layer + 1]
    let assignments = moves.assignments(for: row)
    var cheapest: (number: Int, cost: Double)?
    let remainders = Dictionary(
      layers[layer + 1].enumerated().map { (moves.number(of: $1.state), ($0, $1.remainder)) },
      uniquingKeysWith: { first, _ in first })
    moves.forEachMove(from: state, on: row, assignments, elapsed: elapsed(before: layer + 1)) {
      _, after, cost in
      guard let (position, remainder) = remainders[moves.number(of: after)] else { return }
      if cheapest.map({ cost + remainder < $0.cost }) ?? true { cheapest = (position, cost + remainder) }
    }
    return cheapest?.number
  }
}
