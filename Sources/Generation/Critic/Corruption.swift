import Chart

/// Ways to spoil a part of a chart that a person wrote: what the critic learns to tell from the original.
package enum Corruption: String, CaseIterable, Sendable, CodingKeyRepresentable {
  /// A third of the rows get other panels at random.
  case panels
  /// A third of the rows trade their panels with another of them.
  case swap
  /// The panels of one measure in another order.
  case shuffle
  /// One measure mirrored.
  case mirror
  /// A quarter of the rows moved by an 8th or a 16th.
  case shift
  /// A quarter of the rows taken away.
  case drop
  /// A quarter more rows, on 8ths and 16ths, of one panel each.
  case add
  /// A later stretch of the same chart in its place, one that is not in sight.
  case replace

  private static let fewestRows = 2
  private static let steps = [-24, -12, 12, 24]

  /// - Parameters:
  ///   - notes: the steps of the region, sorted.
  ///   - elsewhere: steps of other stretches of the chart, moved to where the region begins; none where all are in sight.
  /// - Returns: nil where the way does not apply: too few rows, no difference.
  func spoil(
    _ notes: [Note], region: Range<Row>, type: StepsType, elsewhere: [[Note]], random: inout RandomSource
  ) -> [Note]? {
    var rows = Dictionary(grouping: notes, by: \.row)
    switch self {
    case .panels: Self.changePanels(&rows, lanes: type.lanes ?? 1, &random)
    case .swap: Self.swap(&rows, &random)
    case .shuffle: Self.shuffle(&rows, region, &random)
    case .mirror: Self.mirror(&rows, region, type, &random)
    case .shift: Self.shift(&rows, region, &random)
    case .drop: for row in Self.some(4, of: rows, &random) { rows[row] = nil }
    case .add: Self.add(&rows, region, lanes: type.lanes ?? 1, &random)
    case .replace:
      guard let other = elsewhere.randomElement(using: &random) else { return nil }
      rows = Dictionary(grouping: other, by: \.row)
    }
    let spoilt = Array(NoteList(rows.values.flatMap { $0 })).filter { $0.lastRow < region.upperBound }
    return Self.difference(notes, spoilt) >= 2 ? spoilt : nil
  }

  /// How many places (row and lane) only one of two has.
  private static func difference(_ notes: [Note], _ others: [Note]) -> Int {
    func places(_ notes: [Note]) -> Set<Int> { Set(notes.map { $0.row.index * 32 + $0.lane.index }) }
    return places(notes).symmetricDifference(places(others)).count
  }

  /// A part of the rows (one in `share`, at least two), ascending.
  private static func some(
    _ share: Int, of rows: [Row: [Note]], _ random: inout RandomSource
  ) -> [Row] {
    let count = max(fewestRows, rows.count / share)
    return Array(rows.keys.sorted().shuffled(using: &random).prefix(count)).sorted()
  }

  private static func changePanels(
    _ rows: inout [Row: [Note]], lanes: Int, _ random: inout RandomSource
  ) {
    for row in some(3, of: rows, &random) {
      let free = (0..<lanes).shuffled(using: &random)
      rows[row] = rows[row]?.enumerated().map { index, note in
        var note = note
        note.lane = Lane(free[index % lanes])
        return note
      }
    }
  }

  private static func swap(_ rows: inout [Row: [Note]], _ random: inout RandomSource) {
    let chosen = some(3, of: rows, &random).shuffled(using: &random)
    for (first, second) in zip(chosen, chosen.dropFirst()).enumerated().filter({ $0.offset % 2 == 0 }).map(
      \.element)
    {
      (rows[first], rows[second]) = (moved(rows[second], to: first), moved(rows[first], to: second))
    }
  }

  private static func moved(_ notes: [Note]?, to row: Row) -> [Note]? {
    notes?.map { $0.shifted(by: $0.row.distance(to: row)) }
  }

  private static func measure(
    of rows: [Row: [Note]], in region: Range<Row>, _ random: inout RandomSource
  ) -> [Row] {
    let measures = Dictionary(grouping: rows.keys.sorted(), by: \.measure)
    let full = measures.filter { $0.value.count >= 4 }.keys.sorted()
    return full.randomElement(using: &random).flatMap { measures[$0] } ?? []
  }

  private static func shuffle(_ rows: inout [Row: [Note]], _ region: Range<Row>, _ random: inout RandomSource)
  {
    let measure = measure(of: rows, in: region, &random)
    let old = rows
    for (row, source) in zip(measure, measure.shuffled(using: &random)) {
      rows[row] = moved(old[source], to: row)
    }
  }

  private static func mirror(
    _ rows: inout [Row: [Note]], _ region: Range<Row>, _ type: StepsType, _ random: inout RandomSource
  ) {
    let mirrors = LaneMap.images(type).dropFirst()
    guard let map = mirrors.randomElement(using: &random) else { return }
    for row in measure(of: rows, in: region, &random) {
      rows[row] = rows[row]?.map { note in
        var note = note
        note.lane = map[note.lane]
        return note
      }
    }
  }

  private static func shift(_ rows: inout [Row: [Note]], _ region: Range<Row>, _ random: inout RandomSource) {
    for row in some(4, of: rows, &random) {
      let targets = steps.map { row + $0 }.filter { region.contains($0) && rows[$0] == nil }
      guard let target = targets.randomElement(using: &random) else { continue }
      rows[target] = moved(rows[row], to: target)
      rows[row] = nil
    }
  }

  private static func add(
    _ rows: inout [Row: [Note]], _ region: Range<Row>, lanes: Int, _ random: inout RandomSource
  ) {
    let step = Row.perBeat / 4
    let free = stride(from: region.lowerBound.index, to: region.upperBound.index, by: step).map { Row($0) }
      .filter { rows[$0] == nil }
    for row in free.shuffled(using: &random).prefix(max(fewestRows, rows.count / 4)) {
      rows[row] = [Note(row: row, lane: Lane(Int.random(in: 0..<lanes, using: &random)))]
    }
  }
}
