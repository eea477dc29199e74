import Chart

/// The feet of a chart that is still being written: where they may stand after its last row, cheapest first, and at
/// what cost. Kept small: only stances that are not hopelessly worse than the best.
struct FootFrontier: Sendable {
  private static let breadth = 6
  private static let slack = 1200.0
  /// Slower ones are not felt.
  private static let switchSeconds = 0.36

  private var stances: [(state: FootState, cost: Double, switches: Int)] = [(.start, 0, 0)]
  private var time: Seconds?

  /// Cost of the cheapest walk so far.
  var cost: Double { stances[0].cost }
  /// How many foot-switches that walk has made. What was taken for a jack may turn out to be one some rows later.
  var switches: Int { stances[0].switches }

  /// The feet after one more row; nil when two feet cannot take it.
  func advanced(by row: FootRow, moves: FootMoves, assignments: [FootAssignment]) -> FootFrontier? {
    guard !assignments.isEmpty else { return nil }
    let elapsed = FootMoves.elapsed(from: time, to: row.time)
    var next = self
    next.time = row.time
    next.stances.removeAll(keepingCapacity: true)
    for stance in stances {
      moves.forEachMove(from: stance.state, on: row, assignments, elapsed: elapsed) {
        assignment, state, cost in
        let isSwitch =
          elapsed < Self.switchSeconds
          && moves.isFootSwitch(from: stance.state, to: state, assignment, steps: row.steps)
        next.insert(state, stance.cost + cost, stance.switches + (isSwitch ? 1 : 0))
      }
    }
    let limit = next.stances[0].cost + Self.slack
    next.stances.removeAll { $0.cost > limit }
    return next
  }

  /// The same stances after a fixed row that no two feet can take.
  func skipping(to time: Seconds) -> FootFrontier {
    var next = self
    next.time = time
    return next
  }

  private mutating func insert(_ state: FootState, _ cost: Double, _ switches: Int) {
    if let old = stances.firstIndex(where: { $0.state == state }) {
      if stances[old].cost <= cost { return }
      stances.remove(at: old)
    }
    let position = stances.firstIndex { $0.cost > cost } ?? stances.count
    guard position < Self.breadth else { return }
    stances.insert((state, cost, switches), at: position)
    if stances.count > Self.breadth { stances.removeLast() }
  }
}
