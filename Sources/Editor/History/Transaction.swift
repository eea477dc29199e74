import Chart

/// One change to the song as a value that can be undone.
package enum DocumentEdit: Hashable, Sendable, Codable {
  case chart(index: Int, ChartEdit)
  case insertChart(index: Int, StepChart)
  case removeChart(index: Int, StepChart)
  case songTiming(ChartEdit.Change<TimingData>)
  case songHeader(ChartEdit.Change<SongHeader>)

  package var inverse: DocumentEdit {
    switch self {
    case .chart(let index, let edit): .chart(index: index, edit.inverse)
    case .insertChart(let index, let chart): .removeChart(index: index, chart)
    case .removeChart(let index, let chart): .insertChart(index: index, chart)
    case .songTiming(let change): .songTiming(change.inverse)
    case .songHeader(let change): .songHeader(change.inverse)
    }
  }

  /// Does the edit, or returns false when the song has no such chart.
  @discardableResult
  package func apply(to song: inout Simfile) -> Bool {
    switch self {
    case .chart(let index, let edit):
      guard song.charts.indices.contains(index) else { return false }
      edit.apply(to: &song.charts[index])
    case .insertChart(let index, let chart):
      guard (0...song.charts.count).contains(index) else { return false }
      song.charts.insert(chart, at: index)
    case .removeChart(let index, _):
      guard song.charts.indices.contains(index) else { return false }
      song.charts.remove(at: index)
    case .songTiming(let change): song.timing = change.after
    case .songHeader(let change): song.song = change.after
    }
    return true
  }

  package var isEmpty: Bool {
    switch self {
    case .chart(_, let edit): edit.isEmpty
    case .insertChart, .removeChart: false
    case .songTiming(let change): change.before == change.after
    case .songHeader(let change): change.before == change.after
    }
  }

  /// The first row that looks different after the edit, where there is one.
  var firstRow: Row? {
    guard case .chart(_, let edit) = self else { return nil }
    return [edit.removed.first?.row, edit.inserted.first?.row].compactMap(\.self).min()
  }
}

/// What one key did to the song: a named step of the history, done and undone as a whole.
package struct Transaction: Hashable, Sendable, Codable {
  /// For the undo message and the history list: "mirror 12 notes".
  package var name: String
  package var edits: [DocumentEdit]
  /// The chart that was shown, and the cursor, when it was done.
  package var chartIndex: Int?
  package var cursor: Row

  package init(name: String, edits: [DocumentEdit], chartIndex: Int?, cursor: Row) {
    self.name = name
    self.edits = edits.filter { !$0.isEmpty }
    self.chartIndex = chartIndex
    self.cursor = cursor
  }

  /// One change that leads from one song to another, whatever lies between them.
  package init(name: String, from old: Simfile, to new: Simfile) {
    var edits: [DocumentEdit] = [
      .songHeader(ChartEdit.Change(before: old.song, after: new.song)),
      .songTiming(ChartEdit.Change(before: old.timing, after: new.timing)),
    ]
    if old.charts != new.charts {
      edits += old.charts.indices.reversed().map { .removeChart(index: $0, old.charts[$0]) }
      edits += new.charts.indices.map { .insertChart(index: $0, new.charts[$0]) }
    }
    self.init(name: name, edits: edits, chartIndex: nil, cursor: .zero)
  }

  package var isEmpty: Bool { edits.isEmpty }

  package var inverse: Transaction {
    Transaction(name: name, edits: edits.reversed().map(\.inverse), chartIndex: chartIndex, cursor: cursor)
  }

  package func apply(to song: inout Simfile) {
    for edit in edits { edit.apply(to: &song) }
  }

  /// Where to look for what changed.
  var firstRow: Row? { edits.compactMap(\.firstRow).min() }
}
