import Chart

extension CommandTable {
  static let selectionCommands: [Command] = [
    Command("mark", .selection, "Begin a region here, or end it here", label: "region") {
      state, _ throws(Refusal) in
      guard let anchor = state.regionAnchor, anchor != state.cursor else {
        state.regionAnchor = state.regionAnchor == nil ? state.cursor : nil
        state.selection = nil
        return []
      }
      state.selection = Selection(rows: min(anchor, state.cursor)..<max(anchor, state.cursor))
      state.regionAnchor = nil
      return []
    },
    Command("select-none", .selection, "Let go of the region and of open holds", label: "let go") {
      state, _ throws(Refusal) in
      state.selection = nil
      state.regionAnchor = nil
      state.openHolds.removeAll()
      return []
    },
    Command("select-all", .selection, "Mark the whole song") { state, _ throws(Refusal) in
      state.selection = Selection(rows: .zero..<max(state.lastRow, Row(Row.perMeasure)) + 1)
      return []
    },
    Command("select-measure", .selection, "Mark the measure here, or one measure more") {
      state, input throws(Refusal) in
      let measure = state.cursor.gridFloor(Row.perMeasure)
      let start = state.selection?.rows.lowerBound ?? measure
      let end = (state.selection?.rows.upperBound ?? measure) + Row.perMeasure * input.times
      state.selection = Selection(rows: start..<end.gridFloor(Row.perMeasure))
      return []
    },
    Command(
      "select-rows", .selection, "Mark from a beat to a beat",
      arguments: [ArgumentSpec("from", .number(0...20000)), ArgumentSpec("to", .number(0...20000))]
    ) { state, input throws(Refusal) in
      let from = Beat(input.number(0) ?? 0).row
      let to = Beat(input.number(1) ?? 0).row
      guard from < to else { throw Refusal("select-rows: the second beat must be after the first") }
      state.selection = Selection(rows: from..<to)
      return []
    },
    Command(
      "select-kind", .selection, "Of the region, mean only the notes of a kind",
      arguments: [ArgumentSpec("kind", .choice(EntryKind.allCases.map(\.rawValue)))]
    ) { state, input throws(Refusal) in
      try state.narrow { $0.kinds = Set([input.text().flatMap(EntryKind.init)].compactMap(\.self)) }
    },
    Command(
      "select-lane", .selection, "Of the region, mean only the notes of a lane too",
      arguments: [ArgumentSpec("lane", .integer(1...16))]
    ) { state, input throws(Refusal) in
      try state.narrow { $0.lanes.formSymmetricDifference([Lane((input.integer() ?? 1) - 1)]) }
    },
    Command(
      "select-quant", .selection, "Of the region, mean only the notes of a note value",
      arguments: [ArgumentSpec("parts", .choice(Snap.all.map { String($0.division) }))]
    ) { state, input throws(Refusal) in
      let snap = input.text().flatMap(Int.init).flatMap { Snap($0) }
      return try state.narrow { $0.quantisations = Set([snap].compactMap(\.self)) }
    },
  ]
}

extension EditorState {
  /// Makes the region reach to a row from its other end; without a region that ends here it begins at the cursor.
  mutating func extendRegion(to row: Row) {
    var anchor = cursor
    if let region {
      if region.upperBound == cursor { anchor = region.lowerBound }
      if region.lowerBound == cursor { anchor = region.upperBound }
    }
    regionAnchor = nil
    let filter = selection?.filter ?? .all
    selection = anchor == row ? nil : Selection(rows: min(anchor, row)..<max(anchor, row), filter: filter)
  }

  /// What a transform works on: the notes meant by the region, or without one those of the cursor's row.
  func targetNotes() throws(Refusal) -> [Note] {
    _ = try shownChart()
    let found = selection?.notes(in: notes) ?? Array(notes.notes(on: cursor))
    guard !found.isEmpty else {
      throw Refusal(selection == nil ? "no note here, and no region" : "no note in the region")
    }
    return found
  }

  func markedRegion() throws(Refusal) -> Range<Row> {
    guard let region else { throw Refusal("mark a region first (\(keyHint("mark")) at each end)") }
    return region
  }

  fileprivate mutating func narrow(_ change: (inout NoteFilter) -> Void) throws(Refusal) -> [Effect] {
    _ = try markedRegion()
    if var filter = selection?.filter {
      change(&filter)
      selection?.filter = filter
    }
    message = Message((selection?.notes(in: notes).count ?? 0).counted("note"))
    return []
  }
}
