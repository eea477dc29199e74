import Chart

/// Which charts a change of timing is for.
enum TimingReach {
  /// All charts that are timed as the one shown is: what an author hears in one he hears in all.
  case alike
  /// The chart shown only; where it followed the song, it has a timing of its own from then on.
  case this

  init(_ word: String?) { self = word == "this" ? .this : .alike }
}

extension EditorState {
  /// Gives charts another timing than the one that is written, as one step of the history, and says how many.
  mutating func retime(
    to timing: TimingData, _ name: String, saying word: String? = nil, reach: TimingReach,
    movesNotes: Bool = false
  ) throws(Refusal) -> [Effect] {
    let edits = try edits(to: timing, reach: reach, movesNotes: movesNotes)
    let before = document
    let effects = commit(name, edits)
    let word = word ?? name
    guard !effects.isEmpty else {
      message = Message("\(word): nothing changes")
      return []
    }
    let count = document.charts.indices.count {
      document.timing(of: document.charts[$0]) != before.timing(of: before.charts[$0])
    }
    message = Message(document.charts.isEmpty ? word : "\(word), \(count.counted("chart")) changed")
    return effects
  }

  private func edits(
    to timing: TimingData, reach: TimingReach, movesNotes: Bool
  ) throws(Refusal) -> [DocumentEdit] {
    let old = writtenTiming
    var edits: [DocumentEdit] = []
    let changesSong = reach == .alike && (chart?.timing == nil || document.timing == old)
    if changesSong { edits.append(.songTiming(ChartEdit.Change(before: document.timing, after: timing))) }
    let only = reach == .this ? try shownChart() : nil
    for (index, chart) in document.charts.enumerated() {
      let isMeant = only.map { $0 == index } ?? (chart.timing.map { $0 == old } ?? changesSong)
      guard isMeant else { continue }
      var new = chart
      if chart.timing != nil || only != nil { new.timing = timing }
      if movesNotes { new.notes = chart.notes.moved(from: old, to: timing) }
      edits.append(.chart(index: index, ChartEdit(from: chart, to: new)))
    }
    return edits
  }
}

extension NoteList {
  /// The notes on the rows that sound when they sounded before.
  fileprivate func moved(from old: TimingData, to new: TimingData) -> NoteList {
    let before = TimingMap(old)
    let after = TimingMap(new)
    return NoteList(
      map { $0.placed { row in Swift.max(.zero, after.beat(at: before.seconds(at: row)).row) } })
  }
}
