import Chart

/// The cheapest way to walk a chart, and for every state of every row the cheapest walk through it.
///
/// A layered graph of foot states, swept once forwards and once backwards. The sum of both sweeps at a state, less the
/// optimum, is what it would cost to insist on that state.
struct FootSearch {
  /// One state of one row, reached by the cheapest walk from the start.
  struct Node {
    var state: FootState
    var assignment: FootAssignment
    /// Cost of the cheapest walk from the start to here.
    var arrival: Double
    /// Position in the layer before; -1 in the first layer.
    var parent: Int
    /// Cost of the cheapest walk from here to the end.
    var remainder = 0.0
  }

  let rows: [FootRow]
  private(set) var moves: FootMoves
  /// The nodes of each row.
  private(set) var layers: [[Node]] = []
  /// The node of each row on the cheapest walk.
  private(set) var best: [Int] = []

  /// - Parameter looksBack: false leaves out the backward sweep, which only alternatives need.
  init(rows: [FootRow], pad: Pad, looksBack: Bool = true) {
    self.rows = rows
    moves = FootMoves(pad: pad)
    sweepForwards()
    if looksBack { sweepBackwards() }
    traceBest()
  }

  func elapsed(before index: Int) -> Double {
    FootMoves.elapsed(from: index > 0 ? rows[index - 1].time : nil, to: rows[index].time)
  }

  private mutating func sweepForwards() {
    layers.reserveCapacity(rows.count)
    var slots = [Int32](repeating: -1, count: moves.stateCount)
    let start = [Node(state: .start, assignment: FootAssignment(left: [], right: []), arrival: 0, parent: -1)]
    for (index, row) in rows.enumerated() {
      let assignments = moves.assignments(for: row)
      let elapsed = elapsed(before: index)
      let previous = index > 0 ? layers[index - 1] : start
      var layer: [Node] = []
      for (parent, node) in previous.enumerated() {
        moves.forEachMove(from: node.state, on: row, assignments, elapsed: elapsed) {
          assignment, state, cost in
          let arrival = node.arrival + cost
          let number = moves.number(of: state)
          let slot = Int(slots[number])
          if slot < 0 {
            slots[number] = Int32(layer.count)
            layer.append(Node(state: state, assignment: assignment, arrival: arrival, parent: parent))
          } else if arrival < layer[slot].arrival {
            layer[slot] = Node(state: state, assignment: assignment, arrival: arrival, parent: parent)
          }
        }
      }
      for node in layer { slots[moves.number(of: node.state)] = -1 }
      layers.append(layer)
    }
  }

  private mutating func sweepBackwards() {
    var slots = [Int32](repeating: -1, count: moves.stateCount)
    for index in stride(from: rows.count - 2, through: 0, by: -1) {
      let row = rows[index + 1]
      let assignments = moves.assignments(for: row)
      let elapsed = elapsed(before: index + 1)
      let next = layers[index + 1]
      for (position, node) in next.enumerated() { slots[moves.number(of: node.state)] = Int32(position) }
      for position in layers[index].indices {
        var remainder = Double.infinity
        moves.forEachMove(from: layers[index][position].state, on: row, assignments, elapsed: elapsed) {
          let node = next[Int(slots[moves.number(of: $1)])]
          remainder = min(remainder, $2 + node.remainder)
        }
        layers[index][position].remainder = remainder
      }
      for node in next { slots[moves.number(of: node.state)] = -1 }
    }
  }

  private mutating func traceBest() {
    best = [Int](repeating: 0, count: rows.count)
    guard let last = layers.last else { return }
    var position = last.indices.min { last[$0].arrival < last[$1].arrival } ?? 0
    for index in rows.indices.reversed() {
      best[index] = position
      position = layers[index][position].parent
    }
  }

  /// The node of the cheapest walk that shares the row's panels in another way, and what it costs more.
  func alternative(at index: Int) -> (node: Int, margin: Double)? {
    let layer = layers[index]
    let chosen = layer[best[index]]
    let others = layer.indices.filter {
      layer[$0].assignment.left.intersection(rows[index].steps)
        != chosen.assignment.left.intersection(rows[index].steps)
    }
    guard let other = others.min(by: { through(layer[$0]) < through(layer[$1]) }) else { return nil }
    return (other, through(layer[other]) - through(chosen))
  }

  private func through(_ node: Node) -> Double { node.arrival + node.remainder }
}
