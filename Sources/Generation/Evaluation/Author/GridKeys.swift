import Chart

/// What it takes to bring the editor's cursor from row to row: a key a step of the snap, of a beat or of a measure,
/// and a key a step of the table of snaps where another one is needed. Always the cheapest way.
struct GridKeys: Hashable {
  var row: Row
  var snap: Int

  /// The cursor as the editor opens: on 16ths.
  init(row: Row, snap: Int = GridKeys.sixteenth) {
    self.row = row
    self.snap = snap
  }

  static let sixteenth = Snap.all.firstIndex(of: .sixteenth) ?? 0
  static let snaps = Snap.all.indices

  /// Keys to a row in the given snap, without the change of snap; nil where the snap does not lead there.
  func keys(to target: Row, in snap: Int) -> Int? {
    guard target != row else { return 0 }
    let step = Snap.all[snap].rows
    guard target.gridFloor(step) == target else { return nil }
    let beats = [target.gridFloor(Row.perBeat), target.gridCeiling(Row.perBeat)]
    let ways = beats.map { beat in
      let measures = [beat.gridFloor(Row.perMeasure), beat.gridCeiling(Row.perMeasure)].map {
        Self.steps(from: row, to: $0, of: Row.perMeasure) + Self.steps(from: $0, to: beat, of: Row.perBeat)
      }
      return measures.reduce(Self.steps(from: row, to: beat, of: Row.perBeat), min)
        + Self.steps(from: beat, to: target, of: step)
    }
    return ways.reduce(Self.steps(from: row, to: target, of: step), min)
  }

  /// The cheapest keys to a row, and the snap that is left in force.
  func cheapest(to target: Row) -> (keys: Int, snap: Int) {
    var best = (keys: Int.max, snap: snap)
    for other in Self.snaps.sorted(by: { abs($0 - snap) < abs($1 - snap) }) {
      guard let keys = keys(to: target, in: other) else { continue }
      if keys + abs(other - snap) < best.keys { best = (keys + abs(other - snap), other) }
    }
    return best
  }

  /// Lines of a grid passed on the way.
  private static func steps(from start: Row, to end: Row, of grid: Int) -> Int {
    if start <= end { return (end.index - start.gridFloor(grid).index) / grid }
    return (start.gridCeiling(grid).index - end.index) / grid
  }
}
