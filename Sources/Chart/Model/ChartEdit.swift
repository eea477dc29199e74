/// One change to a chart as a value that can be undone: `apply` and then `apply(inverse)` leaves the chart as it was.
package struct ChartEdit: Hashable, Sendable, Codable {
  /// A replaced value, with both sides kept.
  package struct Change<Value: Hashable & Sendable>: Hashable, Sendable {
    package var before: Value
    package var after: Value

    package init(before: Value, after: Value) {
      self.before = before
      self.after = after
    }

    package var inverse: Change { Change(before: after, after: before) }
  }

  /// Notes that stand in the chart before the edit and not after it.
  package var removed: [Note]
  /// Notes that stand in the chart after the edit and not before it.
  package var inserted: [Note]
  package var timing: Change<TimingData?>?
  package var header: Change<ChartHeader>?

  package init(
    removed: [Note] = [], inserted: [Note] = [], timing: Change<TimingData?>? = nil,
    header: Change<ChartHeader>? = nil
  ) {
    self.removed = removed
    self.inserted = inserted
    self.timing = timing
    self.header = header
  }

  /// The edit that leads from one chart to another.
  package init(from old: StepChart, to new: StepChart) {
    let oldNotes = Set(old.notes)
    let newNotes = Set(new.notes)
    removed = old.notes.filter { !newNotes.contains($0) }
    inserted = new.notes.filter { !oldNotes.contains($0) }
    timing = old.timing == new.timing ? nil : Change(before: old.timing, after: new.timing)
    header = old.header == new.header ? nil : Change(before: old.header, after: new.header)
  }

  package var isEmpty: Bool {
    removed.isEmpty && inserted.isEmpty && timing.map { $0.before == $0.after } ?? true
      && header.map { $0.before == $0.after } ?? true
  }

  package var inverse: ChartEdit {
    ChartEdit(
      removed: inserted, inserted: removed, timing: timing?.inverse, header: header?.inverse)
  }

  package func apply(to chart: inout StepChart) {
    chart.notes.remove(contentsOf: removed)
    chart.notes.insert(contentsOf: inserted)
    if let timing { chart.timing = timing.after }
    if let header { chart.header = header.after }
  }
}

extension ChartEdit.Change: Codable where Value: Codable {}
