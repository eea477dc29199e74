import Chart

/// The hand of an author who reads a proposal and types over what is wrong in it: the cursor in the review, and the
/// keys so far, by the rules of the editor's review mode.
struct ReviewKeys {
  private(set) var cursor: GridKeys
  private(set) var count = 0
  /// Whether the cursor goes on to the next proposed row after a correction.
  let goesOn: Bool
  /// Whether the cursor stands where the last correction took it.
  private var hasGoneOn = false

  init(at row: Row, goesOn: Bool) {
    cursor = GridKeys(row: row)
    self.goesOn = goesOn
  }

  mutating func press(_ keys: Int = 1) { count += keys }

  mutating func move(to place: GridKeys, keys: Int) {
    count += keys
    cursor = place
    hasGoneOn = false
  }

  /// Goes along the grid, as outside of a review.
  mutating func go(to row: Row) {
    let way = cursor.cheapest(to: row)
    move(to: GridKeys(row: row, snap: way.snap), keys: way.keys)
  }

  /// Goes to a row by the cheapest keys: proposed rows one by one, unsure ones, and the grid from any of them.
  mutating func reach(_ target: Row, in proposal: ReviewProposal) {
    guard target != cursor.row else { return }
    var best = cursor.cheapest(to: target)
    for (row, keys) in proposal.keys(from: cursor.row) {
      let way = GridKeys(row: row, snap: cursor.snap).cheapest(to: target)
      if keys + way.keys < best.keys { best = (keys + way.keys, way.snap) }
    }
    move(to: GridKeys(row: target, snap: best.snap), keys: best.keys)
  }

  /// Puts the cursor's row right.
  mutating func correct(_ proposed: [Note], into wanted: [Note], in proposal: ReviewProposal) {
    let row = cursor.row
    if wanted.isEmpty {
      refuse(row..<row + 1, in: proposal)
      return
    }
    if let keys = keysToTune(proposed, into: wanted), !hasGoneOn {
      count += keys
      return
    } else {
      type(wanted)
    }
    guard goesOn else { return }
    cursor.row = proposal.next(after: row) ?? Snap.all[cursor.snap].next(after: row)
    hasGoneOn = true
  }

  /// Refuses all that is proposed on some rows, the cursor among them.
  mutating func refuse(_ rows: Range<Row>, in proposal: ReviewProposal) {
    count += 1
    cursor.row = proposal.next(after: rows.upperBound - 1) ?? cursor.row
    hasGoneOn = true
  }

  /// A lane for the first note, the same with Alt for each further one, and the holds' lengths.
  private mutating func type(_ wanted: [Note]) {
    count += wanted.count
    let lengths = wanted.compactMap { note in note.end.map { note.row.distance(to: $0) } }
    guard let first = lengths.first else { return }
    // `h` before the head, the way to the tail, its lane once more; the cursor goes on from the head.
    let opened = lengths.reduce(0) { $0 + 2 + way(over: $1, from: wanted[0].row) }
    // All notes of a row are lengthened together.
    let isEven = lengths.count == wanted.count && lengths.allSatisfy { $0 == first }
    if isEven, stretched(by: first).keys <= opened {
      count += stretch(by: first)
    } else {
      count += opened
    }
  }

  /// Keys that make a row right without typing it anew, the cursor not moving on; nil where there are none.
  private mutating func keysToTune(_ proposed: [Note], into wanted: [Note]) -> Int? {
    let lanes = Set(proposed.map(\.lane))
    let missing = wanted.filter { !lanes.contains($0.lane) }
    if !missing.isEmpty, missing.count < wanted.count, missing.allSatisfy({ $0.end == nil }),
      proposed.allSatisfy(wanted.contains)
    {
      return missing.count
    }
    guard missing.isEmpty, proposed.count == wanted.count, proposed.contains(where: { $0.end != nil }),
      wanted.allSatisfy({ $0.end != nil })
    else { return nil }
    let old = Set(proposed.map(\.lastRow))
    let new = Set(wanted.map(\.lastRow))
    guard old.count == 1, new.count == 1, let from = old.first, let to = new.first else { return nil }
    let length = abs(from.distance(to: to))
    return stretched(by: length).keys < wanted.count + 2 + way(over: length, from: wanted[0].row)
      ? stretch(by: length) : nil
  }

  /// Steps of the snap to lengthen a row's notes by, with the change of snap.
  private mutating func stretch(by length: Int) -> Int {
    let best = stretched(by: length)
    cursor.snap = best.snap
    return best.keys
  }

  private func stretched(by length: Int) -> (keys: Int, snap: Int) {
    var best = (keys: Int.max, snap: cursor.snap)
    for other in GridKeys.snaps where length % Snap.all[other].rows == 0 {
      let keys = length / Snap.all[other].rows + abs(other - cursor.snap)
      if keys < best.keys { best = (keys, other) }
    }
    return best
  }

  private func way(over length: Int, from row: Row) -> Int {
    GridKeys(row: row, snap: cursor.snap).cheapest(to: row + length).keys
  }
}

/// The rows of a proposal as keys go along them.
struct ReviewProposal {
  /// All rows of the review that hold a note, taken or proposed, ascending.
  let rows: [Row]
  /// Those that are proposed with little confidence.
  let unsure: [Row]

  func next(after row: Row) -> Row? { rows.first { $0 > row } }

  /// The keys to each row by `next-proposal`, `previous-proposal`, `next-unsure` and `previous-unsure`.
  func keys(from start: Row) -> [(row: Row, keys: Int)] {
    let steps = rows.map { Self.steps(from: start, to: $0, among: rows) }
    let jumps = unsure.map { ($0, Self.steps(from: start, to: $0, among: unsure)) }
    return zip(rows, steps).map { row, steps in
      let byJump = jumps.map { $0.1 + Self.steps(from: $0.0, to: row, among: rows) }.min() ?? Int.max
      return (row, min(steps, byJump))
    }
  }

  private static func steps(from start: Row, to end: Row, among rows: [Row]) -> Int {
    if start <= end { return rows.count { $0 > start && $0 <= end } }
    return rows.count { $0 < start && $0 >= end }
  }
}
