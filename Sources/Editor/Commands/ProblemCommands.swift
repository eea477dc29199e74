import Chart

extension CommandTable {
  /// From one thing that is wrong with the chart to the next, as `learnitup check` finds them.
  static let problemCommands: [Command] = [
    Command("next-problem", .movement, "Go to the next thing that is wrong with the chart, and tell it") {
      state, _ throws(Refusal) in
      try state.goToProblem { rows, cursor in rows.first { $0 > cursor } ?? rows.first }
    },
    Command("previous-problem", .movement, "Go to the one before, and tell it") {
      state, _ throws(Refusal) in
      try state.goToProblem { rows, cursor in rows.last { $0 < cursor } ?? rows.last }
    },
  ]
}

extension EditorState {
  /// - Parameter choose: of the rows with problems, ascending and never empty, the one to go to.
  fileprivate mutating func goToProblem(
    _ choose: (_ rows: [Row], _ cursor: Row) -> Row?
  ) throws(Refusal) -> [Effect] {
    let found = Lint.findings(
      inChart: try shownChart(), of: document, Lint.Context(musicLength: music.duration))
    // What concerns the chart as a whole is told at its beginning.
    let byRow = Dictionary(grouping: found) { $0.row ?? .zero }
    let rows = byRow.keys.sorted()
    guard let row = choose(rows, cursor) else {
      message = Message("nothing is wrong with this chart")
      return []
    }
    let texts = (byRow[row] ?? []).map {
      [$0.message, $0.remedy].filter { !$0.isEmpty }.joined(separator: "; ")
    }
    let place = (rows.firstIndex(of: row) ?? 0) + 1
    let effects = go(to: row)
    message = Message(
      "problem \(place) of \(rows.count): \(texts.joined(separator: " · "))", weight: .warning)
    return effects
  }
}
