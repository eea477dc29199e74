/// Beat and time, both ways, for one `TimingData`. Queries take O(log events).
///
/// On one row things happen in StepMania's order: warp end, BPM change, delay, *the note*, stop, warp start. Inside a
/// warp no time passes between rows, but stops and delays there still cost theirs; overlapping warps reach to the
/// furthest end.
package struct TimingMap: Hashable, Sendable {
  /// A row on which something happens to time.
  private struct Knot: Hashable {
    var row: Row
    /// When the row is reached, before its delay.
    var arrival: Double
    /// When its notes are to be hit: after the delay.
    var hit: Double
    /// When the row is left: after the stop.
    var departure: Double
    /// From here to the next knot; 0 inside a warp.
    var secondsPerRow: Double
    var bpm: Double
  }

  private let knots: [Knot]
  /// Stretches of rows that take no time, those that overlap joined.
  package let warps: [Range<Row>]
  private let fakes: [TimingEvent<Int>]
  private let pauses: Set<Row>

  package init(_ timing: TimingData) {
    warps = TimingMap.merged(timing.warps)
    fakes = timing.fakes
    pauses = Set(timing.stops.map(\.row)).union(timing.delays.map(\.row))
    knots = TimingMap.knots(of: timing, warps: warps)
  }

  /// When a note on the row is to be hit.
  package func seconds(at row: Row) -> Seconds {
    seconds(atRowPosition: Double(row.index))
  }

  /// The time of a position between rows, for smooth drawing. On a row with a delay: after it, as its notes are.
  package func seconds(at beat: Beat) -> Seconds {
    seconds(atRowPosition: beat.value * Double(Row.perBeat))
  }

  /// The musical position at a time; it stands still in stops and delays, and jumps over warps.
  package func beat(at time: Seconds) -> Beat {
    let knot = knots[index { $0.arrival <= time.value }]
    if time.value < knot.departure, time.value >= knot.arrival { return knot.row.beat }
    guard knot.secondsPerRow > 0 else { return knot.row.beat }
    let rows = (time.value - (time.value < knot.arrival ? knot.arrival : knot.departure)) / knot.secondsPerRow
    return Beat((Double(knot.row.index) + rows) / Double(Row.perBeat))
  }

  /// The tempo that moves time at a row.
  package func bpm(at row: Row) -> Double { knots[index { $0.row <= row }].bpm }

  /// Whether notes on the row are judged: not warped over (a stop or delay on the row redeems it), not faked.
  package func isJudged(_ row: Row) -> Bool {
    let warped = TimingMap.last(of: warps, startingAtOrBefore: row, \.lowerBound)?.contains(row) ?? false
    if warped && !pauses.contains(row) { return false }
    guard let fake = TimingMap.last(of: fakes, startingAtOrBefore: row, \.row) else { return true }
    return row >= fake.row + fake.value
  }

  /// Hit times of rows in ascending order, in one linear pass.
  package func seconds(atSorted rows: some Sequence<Row>) -> [Seconds] {
    var position = 0
    return rows.map { row in
      while position + 1 < knots.count, knots[position + 1].row <= row { position += 1 }
      return Seconds(TimingMap.time(of: Double(row.index), from: knots[position]))
    }
  }

  /// Hit times of a chart's notes, in one linear pass.
  package func seconds(of notes: NoteList) -> [Seconds] {
    var position = 0
    var times: [Seconds] = []
    times.reserveCapacity(notes.count)
    for note in notes {
      while position + 1 < knots.count, knots[position + 1].row <= note.row { position += 1 }
      times.append(Seconds(TimingMap.time(of: Double(note.row.index), from: knots[position])))
    }
    return times
  }

  private func seconds(atRowPosition position: Double) -> Seconds {
    let knot = knots[index { Double($0.row.index) <= position }]
    return Seconds(TimingMap.time(of: position, from: knot))
  }

  private static func time(of position: Double, from knot: Knot) -> Double {
    let rows = position - Double(knot.row.index)
    if rows == 0 { return knot.hit }
    // Before the first knot nothing happens: time runs back from its arrival at its tempo.
    return (rows < 0 ? knot.arrival : knot.departure) + rows * knot.secondsPerRow
  }

  /// The last knot for which the condition holds, or the first knot when it holds for none.
  private func index(_ condition: (Knot) -> Bool) -> Int { max(0, knots.firstIndex(past: condition) - 1) }

  private static func last<Element>(
    of list: [Element], startingAtOrBefore row: Row, _ start: KeyPath<Element, Row>
  ) -> Element? {
    let end = list.firstIndex(past: { $0[keyPath: start] <= row })
    return end > 0 ? list[end - 1] : nil
  }
}

// MARK: - Building

extension TimingMap {
  /// Warps as ranges of rows; those that overlap are one.
  private static func merged(_ warps: [TimingEvent<Int>]) -> [Range<Row>] {
    var result: [Range<Row>] = []
    for warp in warps.sorted(by: { $0.row < $1.row }) where warp.value > 0 {
      let range = warp.row..<warp.row + warp.value
      if let last = result.last, range.lowerBound < last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// All that happens to time on one row.
  private struct Happening {
    var bpm: Double?
    var delay = 0.0
    var stop = 0.0
    var endsWarp = false
    var startsWarp = false
  }

  private static func knots(of timing: TimingData, warps: [Range<Row>]) -> [Knot] {
    var happenings: [Row: Happening] = [.zero: Happening()]
    for event in timing.bpms { happenings[event.row, default: Happening()].bpm = event.value }
    for event in timing.delays { happenings[event.row, default: Happening()].delay += event.value.value }
    for event in timing.stops { happenings[event.row, default: Happening()].stop += event.value.value }
    for warp in warps {
      happenings[warp.lowerBound, default: Happening()].startsWarp = true
      happenings[warp.upperBound, default: Happening()].endsWarp = true
    }

    var bpm = timing.bpms.first?.value ?? TimingData.defaultBPM
    var row = Row.zero
    var time = -timing.offset.value
    var isWarping = false
    var knots: [Knot] = []
    knots.reserveCapacity(happenings.count)
    for (next, happening) in happenings.sorted(by: { $0.key < $1.key }) {
      if !isWarping { time += Double(row.distance(to: next)) * secondsPerRow(bpm) }
      row = next
      if happening.endsWarp { isWarping = false }
      bpm = happening.bpm ?? bpm
      let arrival = time
      let hit = arrival + happening.delay
      time = hit + happening.stop
      if happening.startsWarp { isWarping = true }
      knots.append(
        Knot(
          row: row, arrival: arrival, hit: hit, departure: time,
          secondsPerRow: isWarping ? 0 : secondsPerRow(bpm), bpm: bpm))
    }
    return knots
  }

  private static func secondsPerRow(_ bpm: Double) -> Double { 60 / bpm / Double(Row.perBeat) }
}
