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

  /// Is taken to a row by the last key.
  mutating func arrive(at row: Row) {
    move(to: GridKeys(row: row, snap: cursor.snap), keys: 0)
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
    let keys = RowKeys(cursor: cursor, held: proposal.held)
    let typed = keys.typing(wanted)
    // Where the cursor went by itself, `also` and `type-longer` still mean the row before.
    if !hasGoneOn, let tuned = keys.tuning(proposed, into: wanted), tuned.keys <= typed.keys {
      press(tuned)
      return
    }
    press(typed)
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

  private mutating func press(_ way: RowKeys.Way) {
    count += way.keys
    cursor.snap = way.snap
  }
}

/// The rows of a proposal as keys go along them.
struct ReviewProposal {
  /// All rows of the review that hold a note, taken or proposed, ascending.
  let rows: [Row]
  /// Those that are proposed with little confidence.
  let unsure: [Row]
  /// Those on which a step was nearly proposed.
  var near: [Row] = []
  /// How many rows the first step makes a tap last: as many as the hold before.
  var held: Int?

  func next(after row: Row) -> Row? { rows.first { $0 > row } }

  /// The keys to each row by `next-proposal`, `next-unsure`, `next-near`, and the ways back.
  func keys(from start: Row) -> [(row: Row, keys: Int)] {
    let jumps =
      unsure.map { ($0, Self.steps(from: start, to: $0, among: unsure)) }
      + near.map { ($0, Self.steps(from: start, to: $0, among: near)) }
    return (rows + near).map { row in
      let direct = jumps.first { $0.0 == row }?.1 ?? Self.steps(from: start, to: row, among: rows)
      // From a row where a step is only near, the proposed rows are gone along as well.
      let byJump = jumps.map { $0.1 + Self.steps(from: $0.0, to: row, among: rows) }
      return (row, rows.contains(row) ? byJump.reduce(direct, min) : direct)
    }
  }

  private static func steps(from start: Row, to end: Row, among rows: [Row]) -> Int {
    if start <= end { return rows.count { $0 > start && $0 <= end } }
    return rows.count { $0 < start && $0 >= end }
  }
}
