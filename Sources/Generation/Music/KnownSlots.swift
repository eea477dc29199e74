import Chart

/// What the author has fixed on the grid: for each slot whether it is known, and whether a note row stands there.
struct KnownSlots: Hashable, Sendable {
  var isKnown: [Bool]
  var hasNotes: [Bool]

  init(slots: Int) {
    isKnown = [Bool](repeating: false, count: slots)
    hasNotes = isKnown
  }

  /// Everything outside the region is known where the chart holds anything near it; inside it, only the kept rows.
  /// A measure's worth of emptiness more than `reach` slots away from the chart's notes says nothing: the author has
  /// not written there yet.
  init(grid: SlotGrid, rows: [Row], keptRows: [Row], region: Range<Int>) {
    self.init(slots: grid.slots)
    let written = rows.compactMap(grid.slot)
    if let first = written.first, let last = written.last {
      let measure = ModelLayout.tokensPerMeasure * ModelLayout.slotsPerToken
      let start = first / measure * measure
      let end = min(grid.slots, (last / measure + 1) * measure)
      for slot in start..<end where !region.contains(slot) { isKnown[slot] = true }
      for slot in written where !region.contains(slot) { hasNotes[slot] = true }
      forgetLongGaps(written: written, region: region, measure: measure)
    }
    for slot in keptRows.compactMap(grid.slot) {
      isKnown[slot] = true
      hasNotes[slot] = true
    }
  }

  /// Four empty measures or more between two notes are not yet written rather than silent.
  private mutating func forgetLongGaps(written: [Int], region: Range<Int>, measure: Int) {
    for (before, after) in zip(written, written.dropFirst()) where after - before > 5 * measure {
      let start = (before / measure + 1) * measure
      let end = after / measure * measure
      for slot in start..<end where !region.contains(slot) { isKnown[slot] = false }
    }
  }
}
