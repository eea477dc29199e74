import Chart

/// The model's grid over a song: whole measures from beat 0 on, with the time of each slot.
struct SlotGrid: Hashable, Sendable {
  /// A song of 20,000 beats is longer than any; more would exhaust the memory.
  private static let longest = Row(20_000 * Row.perBeat)

  /// One more than there are slots: the last is the grid's end.
  let seconds: [Double]

  /// The grid from beat 0 to the measure that holds `end`.
  init(timing: TimingMap, end: Row) throws(ModelError) {
    guard end <= Self.longest else { throw .requestInvalid("the chart is longer than 20,000 beats") }
    let measures = max(1, (end.index + Row.perMeasure - 1).dividedDown(by: Row.perMeasure))
    let slots = measures * Row.perMeasure / BeatGrid.rowsPerSlot
    let rows = (0...slots).lazy.map { Row($0 * BeatGrid.rowsPerSlot) }
    seconds = timing.seconds(atSorted: rows).map(\.value)
  }

  var slots: Int { seconds.count - 1 }
  var tokens: Int { slots / ModelLayout.slotsPerToken }
  var measures: Int { tokens / ModelLayout.tokensPerMeasure }

  static func row(of slot: Int) -> Row { Row(slot * BeatGrid.rowsPerSlot) }

  /// The slot that a row falls in; nil before beat 0 and after the grid.
  func slot(of row: Row) -> Int? {
    let slot = row.index.dividedDown(by: BeatGrid.rowsPerSlot)
    return slot >= 0 && slot < slots ? slot : nil
  }

  /// The slots whose rows lie in a range.
  func slots(in rows: Range<Row>) -> Range<Int> {
    let first = min(max(0, (rows.lowerBound.index + 1).dividedDown(by: BeatGrid.rowsPerSlot)), slots)
    let last = min(max(first, (rows.upperBound.index + 1).dividedDown(by: BeatGrid.rowsPerSlot)), slots)
    return first..<last
  }
}
