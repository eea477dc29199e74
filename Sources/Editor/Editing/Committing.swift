import Chart

extension EditorState {
  /// Does edits as one step of the history. Nothing happens, and nothing is recorded, when they change nothing.
  mutating func commit(_ name: String, _ edits: [DocumentEdit]) -> [Effect] {
    let transaction = Transaction(name: name, edits: edits, chartIndex: chartIndex, cursor: cursor)
    guard !transaction.isEmpty else { return [] }
    perform(transaction)
    history.record(transaction)
    return [journal(transaction)]
  }

  /// Changes what the song says of itself, as one step of the history.
  mutating func commit(_ name: String, song header: SongHeader) -> [Effect] {
    commit(name, [.songHeader(ChartEdit.Change(before: document.song, after: header))])
  }

  /// Changes the notes of the chart that is shown, as one step of the history.
  mutating func editNotes(
    _ name: String, _ change: (inout NoteList) throws(Refusal) -> Void
  ) throws(Refusal) -> [Effect] {
    let index = try shownChart()
    var notes = document.charts[index].notes
    try change(&notes)
    let edit = ChartEdit(notesFrom: document.charts[index].notes, to: notes)
    return commit(name, [.chart(index: index, edit)])
  }

  mutating func undo() -> Effect? {
    guard let transaction = history.undo() else { return nil }
    let inverse = transaction.inverse
    openHolds.removeAll()
    // What pasting marked is not there any more.
    if selection?.isPasted == true { selection = nil }
    perform(inverse)
    if settings.undoJumps { cursor = transaction.cursor }
    return journal(inverse)
  }

  mutating func redo() -> Effect? {
    guard let transaction = history.redo() else { return nil }
    openHolds.removeAll()
    perform(transaction)
    if settings.undoJumps { cursor = transaction.firstRow ?? transaction.cursor }
    return journal(transaction)
  }

  /// Applies a transaction to the document, and shows a chart that it touches.
  mutating func perform(_ transaction: Transaction) {
    let before = (chart: chartIndex, timing: timing)
    transaction.apply(to: &document)
    show(transaction)
    let isOtherChart = before.chart != chartIndex || transaction.edits.contains { $0.chartIndexAfter != nil }
    if isOtherChart { openHolds.removeAll() }
    for case .chart(let index, let edit) in transaction.edits where index == chartIndex {
      closeHolds(under: edit)
    }
    contentChanged(timing: timing != before.timing)
  }

  /// Stays on the chart that is shown where the transaction touches it; else goes to the one that was shown when it
  /// was done. Charts that come and go are shown, or their neighbours.
  private mutating func show(_ transaction: Transaction) {
    if let shown = transaction.edits.compactMap(\.chartIndexAfter).last {
      chartIndex = shown
    } else if let index = chartIndex, !document.isTouched(chart: index, by: transaction) {
      chartIndex = transaction.chartIndex ?? index
    }
    chartIndex =
      document.charts.isEmpty ? nil : min(max(chartIndex ?? 0, 0), document.charts.count - 1)
  }

  /// Lets go of open holds whose heads stand where an edit puts or takes notes.
  private mutating func closeHolds(under edit: ChartEdit) {
    guard !openHolds.isEmpty else { return }
    for note in edit.removed + edit.inserted {
      guard let head = openHolds[note.lane]?.row, note.row <= head, head <= note.lastRow else { continue }
      openHolds[note.lane] = nil
    }
  }

  /// The chart that is shown, or why there is none.
  func shownChart() throws(Refusal) -> Int {
    guard let chartIndex else {
      throw Refusal("the song has no chart yet; make one with \(keyHint("new-chart"))")
    }
    return chartIndex
  }

  /// How to reach a command from here: its key, or its name after a colon.
  func keyHint(_ command: String) -> String {
    keymap.keys(for: command, in: .edit).first.map(Keymap.text) ?? ":\(command)"
  }

  private mutating func journal(_ transaction: Transaction) -> Effect {
    journalled += 1
    draft = ReviewDraft()
    return .journal(JournalEntry(sequence: journalled, transaction: transaction))
  }
}

extension DocumentEdit {
  /// The chart to show after one has come or gone.
  fileprivate var chartIndexAfter: Int? {
    switch self {
    case .insertChart(let index, _): index
    case .removeChart(let index, _): max(0, index - 1)
    case .chart, .songTiming, .songHeader: nil
    }
  }
}

extension Simfile {
  /// Whether a chart looks different after a transaction.
  fileprivate func isTouched(chart index: Int, by transaction: Transaction) -> Bool {
    guard charts.indices.contains(index) else { return false }
    return transaction.edits.contains { edit in
      switch edit {
      case .chart(let touched, _), .insertChart(let touched, _), .removeChart(let touched, _):
        touched == index
      case .songTiming: charts[index].timing == nil
      case .songHeader: true
      }
    }
  }
}

extension ChartEdit {
  /// The edit that leads from one list of notes to another, by one walk along both.
  init(notesFrom old: NoteList, to new: NoteList) {
    self.init()
    var i = 0
    var j = 0
    while i < old.count || j < new.count {
      if j == new.count || (i < old.count && old[i] < new[j]) {
        removed.append(old[i])
        i += 1
      } else if i == old.count || new[j] < old[i] {
        inserted.append(new[j])
        j += 1
      } else {
        if old[i] != new[j] {
          removed.append(old[i])
          inserted.append(new[j])
        }
        i += 1
        j += 1
      }
    }
  }
}
