import Chart

/// The graph of foot states of one pad: which states can follow a state on a row, and at what cost.
struct FootMoves {
  let pad: Pad
  private let placeCount: Int
  private var assignments: [PanelSet: [FootAssignment]] = [:]

  init(pad: Pad) {
    self.pad = pad
    placeCount = pad.places.count
  }

  /// States are numbered below this.
  var stateCount: Int { placeCount * placeCount * 4 }

  func number(of state: FootState) -> Int {
    (Int(state.left) * placeCount + Int(state.right)) * 4 + Int(state.moved)
  }

  /// The ways to share a row's panels; remembered, since charts repeat few rows.
  mutating func assignments(for row: FootRow) -> [FootAssignment] {
    let panels = row.steps.union(row.held)
    if let known = assignments[panels] { return known }
    let all = FootAssignment.all(covering: panels, on: pad)
    assignments[panels] = all
    return all
  }

  /// The state after a movement. A foot without a panel stays; one that only holds keeps a wider stance.
  func state(after before: FootState, _ assignment: FootAssignment, steps: PanelSet) -> FootState {
    var after = before
    after.moved = 0
    if !assignment.left.isEmpty {
      after.left = place(assignment.left, from: before.left, steps)
      if !assignment.left.isDisjoint(with: steps) { after.moved |= FootState.leftBit }
    }
    if !assignment.right.isEmpty {
      after.right = place(assignment.right, from: before.right, steps)
      if !assignment.right.isDisjoint(with: steps) { after.moved |= FootState.rightBit }
    }
    return after
  }

  private func place(_ panels: PanelSet, from old: UInt8, _ steps: PanelSet) -> UInt8 {
    if panels.isDisjoint(with: steps), pad.places[Int(old)].panels.isSuperset(of: panels) { return old }
    return pad.place(on: panels).map(UInt8.init) ?? old
  }

  /// Calls `body` with each movement that a state allows on a row, and its cost. A row that two feet cannot take
  /// leaves the state as it was, at the cost of an impossible row.
  func forEachMove(
    from before: FootState, on row: FootRow, _ assignments: [FootAssignment], elapsed: Double,
    _ body: (FootAssignment, FootState, Double) -> Void
  ) {
    guard !assignments.isEmpty else {
      var after = before
      after.moved = FootState.leftBit | FootState.rightBit
      body(FootAssignment(left: [], right: []), after, FootCosts.impossible)
      return
    }
    for assignment in assignments {
      let after = state(after: before, assignment, steps: row.steps)
      let move = FootCosts.Move(
        before: before, after: after, assignment: assignment, steps: row.steps, held: row.held,
        elapsed: elapsed)
      body(assignment, after, FootCosts.total(move, on: pad))
    }
  }

  /// Whether a foot takes over the panel that the other has just hit.
  func isFootSwitch(
    from before: FootState, to after: FootState, _ assignment: FootAssignment, steps: PanelSet
  ) -> Bool {
    Foot.allCases.contains { foot in
      let own = assignment[foot].intersection(steps)
      return after.didMove(foot) && before.didMove(foot.other)
        && !pad.places[before[foot.other]].panels.isDisjoint(with: own)
    }
  }

  /// Seconds between two rows for the costs: never so little that they explode, and a pause counts as a pause.
  static func elapsed(from previous: Seconds?, to time: Seconds) -> Double {
    guard let previous else { return 2 }
    return min(2, max(0.02, (time - previous).value))
  }
}
