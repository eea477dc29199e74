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
    perform(inverse)
    if settings.undoJumps { cursor = transaction.cursor }
    return journal(inverse)
  }

  mutating func redo() -> Effect? {
    guard let transaction = history.redo() else { return nil }
    perform(transaction)
    if settings.undoJumps { cursor = transaction.firstRow ?? transaction.cursor }
    return journal(transaction)
  }

  /// Applies a transaction to the document and shows the chart it was about.
  mutating func perform(_ transaction: Transaction) {
    transaction.apply(to: &document)
    if let shown = transaction.edits.compactMap(\.chartIndexAfter).last { chartIndex = shown }
    if document.charts.isEmpty {
      chartIndex = nil
    } else {
      chartIndex = min(max(chartIndex ?? 0, 0), document.charts.count - 1)
    }
    openHolds.removeAll()
    contentChanged(
      timing: transaction.edits.contains { $0.touchesTiming } || chartIndex != transaction.chartIndex)
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
    return .journal(JournalEntry(sequence: journalled, transaction: transaction))
  }
}

extension DocumentEdit {
  /// The chart to show after the edit.
  fileprivate var chartIndexAfter: Int? {
    switch self {
    case .chart(let index, _), .insertChart(let index, _): index
    case .removeChart(let index, _): max(0, index - 1)
    case .songTiming, .songHeader: nil
    }
  }

  fileprivate var touchesTiming: Bool {
    switch self {
    case .chart(_, let edit): edit.timing != nil
    case .insertChart, .removeChart, .songTiming: true
    case .songHeader: false
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
