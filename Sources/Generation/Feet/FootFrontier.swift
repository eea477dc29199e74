import Chart

/// The feet of a chart that is still being written: where they may stand after its last row, cheapest first, and at
/// what cost. Kept small: only stances that are not hopelessly worse than the best.
struct FootFrontier: Sendable {
  private static let breadth = 6
  private static let slack = 1200.0

  private var stances: [(state: FootState, cost: Double)] = [(.start, 0)]
  private var time: Seconds?

  /// Cost of the cheapest walk so far.
  var cost: Double { stances[0].cost }

  /// The feet after one more row; nil when two feet cannot take it.
  func advanced(by row: FootRow, moves: FootMoves, assignments: [FootAssignment]) -> FootFrontier? {
    guard !assignments.isEmpty else { return nil }
    let elapsed = FootMoves.elapsed(from: time, to: row.time)
    var next = self
    next.time = row.time
    next.stances.removeAll(keepingCapacity: true)
    for stance in stances {
      moves.forEachMove(from: stance.state, on: row, assignments, elapsed: elapsed) { _, state, cost in
        next.insert(state, stance.cost + cost)
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

  private mutating func insert(_ state: FootState, _ cost: Double) {
    if let old = stances.firstIndex(where: { $0.state == state }) {
      if stances[old].cost <= cost { return }
      stances.remove(at: old)
    }
    let position = stances.firstIndex { $0.cost > cost } ?? stances.count
    guard position < Self.breadth else { return }
    stances.insert((state, cost), at: position)
    if stances.count > Self.breadth { stances.removeLast() }
  }
}
