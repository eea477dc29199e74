import Chart

/// The cheapest keys that put one row of a review right, the cursor being there.
struct RowKeys {
  /// Keys, and the snap that they leave in force.
  struct Way {
    var keys: Int
    var snap: Int
  }

  let cursor: GridKeys
  /// How many rows the first step of `type-longer` makes a tap last; nil where it is one of the snap.
  let held: Int?

  /// A lane for the first note, the same with Alt for each further one, and the holds' lengths.
  func typing(_ wanted: [Note]) -> Way {
    let lengths = wanted.map(Self.length).filter { $0 > 0 }
    // `h` before the head, the way to the tail, its lane once more; the cursor goes on from the head.
    let opened = lengths.reduce(wanted.count) { sum, length in
      sum + 2 + cursor.cheapest(to: cursor.row + length).keys
    }
    guard let length = Self.common(lengths) else { return Way(keys: opened, snap: cursor.snap) }
    // Holds first, all lengthened together; then the taps.
    let stretched = stretched(from: 0, to: length)
    if wanted.count + stretched.keys > opened { return Way(keys: opened, snap: cursor.snap) }
    return Way(keys: wanted.count + stretched.keys, snap: stretched.snap)
  }

  /// What is proposed made right: lanes taken away and added with Alt, and all that is left made longer or shorter.
  /// The cursor stays. Nil where that does not lead there.
  func tuning(_ proposed: [Note], into wanted: [Note]) -> Way? {
    let lanes = Set(wanted.map(\.lane))
    let kept = proposed.filter { lanes.contains($0.lane) }
    guard !kept.isEmpty else { return nil }
    let keptLanes = Set(kept.map(\.lane))
    let added = wanted.filter { !keptLanes.contains($0.lane) }
    let further = proposed.count - kept.count + added.count
    let goals = wanted.filter { keptLanes.contains($0.lane) }
    if kept.map(Self.length) == goals.map(Self.length) {
      return added.allSatisfy { $0.end == nil } ? Way(keys: further, snap: cursor.snap) : nil
    }
    // Lanes that are added before they are lengthened become holds with the others.
    let addedHolds = added.map(Self.length).filter { $0 > 0 }
    guard let old = Self.common(kept.map(Self.length)),
      let new = Self.common(goals.map(Self.length) + addedHolds), new > 0, old == 0 || addedHolds.isEmpty
    else { return nil }
    let stretched = stretched(from: old, to: new)
    return Way(keys: further + stretched.keys, snap: stretched.snap)
  }

  /// Steps of the snap that change a length, with the change of snap; the first one makes a hold of a tap.
  private func stretched(from old: Int, to new: Int) -> Way {
    guard old == 0, let held else { return steps(abs(new - old)) }
    let further = steps(abs(new - held))
    return Way(keys: 1 + further.keys, snap: further.snap)
  }

  private func steps(_ length: Int) -> Way {
    var best = Way(keys: length == 0 ? 0 : Int.max, snap: cursor.snap)
    for snap in GridKeys.snaps where length % Snap.all[snap].rows == 0 {
      let keys = length / Snap.all[snap].rows + abs(snap - cursor.snap)
      if keys < best.keys { best = Way(keys: keys, snap: snap) }
    }
    return best
  }

  private static func length(_ note: Note) -> Int { note.row.distance(to: note.lastRow) }

  private static func common(_ lengths: [Int]) -> Int? {
    lengths.first.flatMap { first in lengths.allSatisfy { $0 == first } ? first : nil }
  }
}
