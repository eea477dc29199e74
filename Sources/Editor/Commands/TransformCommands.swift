import Chart

extension CommandTable {
  static let transformCommands: [Command] =
    [
      mirroring("mirror", "Mirror left and right", LaneMap.horizontal),
      mirroring("flip", "Mirror up and down", LaneMap.vertical),
      mirroring("turn", "Mirror both ways, as turning round does", LaneMap.both),
      moving("shift-later", "Move the notes later by the snap", by: 1),
      moving("shift-earlier", "Move the notes earlier by the snap", by: -1),
      rotating("lanes-right", "Move the notes one lane to the right, round the edge", by: 1),
      rotating("lanes-left", "Move the notes one lane to the left, round the edge", by: -1),
    ] + others

  private static let others: [Command] = [
    Command(
      "quantise", .transforms, "Move the notes to the nearest lines of the snap",
      arguments: [.snap(optional: true)],
      isRepeatable: true
    ) { state, input throws(Refusal) in
      let snap = input.integer().flatMap { Snap($0) } ?? state.snap
      return try state.transform("quantise to \(snap.division)") { $0.placed(snap.nearest) }
    },
    Command(
      "stretch", .transforms,
      "Spread the notes of the region by a ratio, or press them together (stretch 2 1, 1 2)",
      arguments: [ArgumentSpec("to", .integer(1...16)), ArgumentSpec("from", .integer(1...16))],
      isRepeatable: true
    ) { state, input throws(Refusal) in
      try state.stretch(to: input.integer(0) ?? 1, from: input.integer(1) ?? 1)
    },
    Command(
      "convert", .transforms, "Make the notes another kind",
      arguments: [ArgumentSpec("kind", .choice(EntryKind.palette.map(\.rawValue)))], isRepeatable: true
    ) { state, input throws(Refusal) in
      let kind = input.text().flatMap(EntryKind.init) ?? .tap
      return try state.transform("make \(kind)") { note in
        var note = note
        if !kind.isLong || note.end != nil { note.kind = kind.kind(end: note.end) }
        return note
      }
    },
    Command(
      "insert-beats", .transforms, "Put beats in here; with “all” in every chart and the timing too",
      arguments: beatArguments, isRepeatable: true
    ) { state, input throws(Refusal) in
      try state.insertRows(Beat(input.number() ?? 1).row.index, everywhere: input.text(1) == "all")
    },
    Command(
      "delete-beats", .transforms,
      "Take beats out from here on; with “all” in every chart and the timing too",
      arguments: beatArguments, isRepeatable: true
    ) { state, input throws(Refusal) in
      try state.insertRows(-Beat(input.number() ?? 1).row.index, everywhere: input.text(1) == "all")
    },
    Command("repeat", .transforms, "Do the last change of notes again here") { state, input throws(Refusal) in
      guard let last = state.lastTransform else { throw Refusal("nothing to repeat yet") }
      return state.run(last, count: input.count, moment: input.moment)
    },
  ]

  private static let beatArguments = [
    ArgumentSpec("beats", .number(0.0625...1024), optional: true),
    ArgumentSpec("where", .choice(["here", "all"]), optional: true),
  ]

  private static func mirroring(
    _ name: String, _ doc: String, _ map: @escaping @Sendable (StepsType) -> LaneMap
  ) -> Command {
    Command(name, .transforms, doc, isRepeatable: true) { state, _ throws(Refusal) in
      try state.remapLanes(name, map)
    }
  }

  private static func rotating(_ name: String, _ doc: String, by step: Int) -> Command {
    Command(name, .transforms, doc, isRepeatable: true) { state, input throws(Refusal) in
      try state.remapLanes(name) { LaneMap.rotation($0, by: step * input.times) }
    }
  }

  private static func moving(_ name: String, _ doc: String, by direction: Int) -> Command {
    Command(name, .transforms, doc, isRepeatable: true) { state, input throws(Refusal) in
      try state.shiftNotes(by: direction * input.times)
    }
  }
}

extension EditorState {
  /// Replaces each note meant by what a function makes of it, as one step.
  mutating func transform(_ name: String, _ change: (Note) -> Note) throws(Refusal) -> [Effect] {
    let targets = try targetNotes()
    return try editNotes("\(name), \(targets.count.counted("note"))") { notes throws(Refusal) in
      notes.remove(contentsOf: targets)
      notes.insert(contentsOf: targets.map(change))
    }
  }

  fileprivate mutating func remapLanes(
    _ name: String, _ map: (StepsType) -> LaneMap
  ) throws(Refusal) -> [Effect] {
    let type = document.charts[try shownChart()].header.stepsType
    let lanes = map(type)
    return try transform(name) { note in
      var note = note
      note.lane = lanes[note.lane]
      return note
    }
  }

  /// All of them by as many rows as the first goes: their rhythm stays as it is.
  fileprivate mutating func shiftNotes(by steps: Int) throws(Refusal) -> [Effect] {
    let targets = try targetNotes()
    let first = region?.lowerBound ?? targets[0].row
    let rows = snap.length(of: steps, from: first)
    guard first.index + rows >= 0 else { throw Refusal("the notes would stand before the first beat") }
    let effects = try transform(rows > 0 ? "move later" : "move earlier") { $0.shifted(by: rows) }
    if let selection {
      self.selection?.rows = selection.rows.lowerBound + rows..<selection.rows.upperBound + rows
    } else {
      cursor += rows
    }
    return effects
  }

  fileprivate mutating func stretch(to: Int, from: Int) throws(Refusal) -> [Effect] {
    let region = try markedRegion()
    let scale: (Row) -> Row = { row in
      let rows = region.lowerBound.distance(to: row)
      return region.lowerBound + (rows * to + from / 2).dividedDown(by: from)
    }
    let effects = try transform("stretch \(to):\(from)") { $0.placed(scale) }
    selection?.rows = region.lowerBound..<max(scale(region.upperBound), region.lowerBound + 1)
    return effects
  }

  /// Puts rows in at the cursor, or takes them out when below 0.
  fileprivate mutating func insertRows(_ rows: Int, everywhere: Bool) throws(Refusal) -> [Effect] {
    _ = try shownChart()
    let name = rows > 0 ? "insert beats" : "delete beats"
    let cursor = cursor
    // The heads of open holds would no longer be where they were put.
    openHolds.removeAll()
    guard everywhere else {
      return try editNotes(name) { notes throws(Refusal) in notes = notes.shifted(from: cursor, by: rows) }
    }
    let timing = document.timing
    var edits: [DocumentEdit] = [
      .songTiming(ChartEdit.Change(before: timing, after: timing.shifted(from: cursor, by: rows)))
    ]
    for (index, chart) in document.charts.enumerated() {
      var new = chart
      new.notes = chart.notes.shifted(from: cursor, by: rows)
      new.timing = chart.timing?.shifted(from: cursor, by: rows)
      edits.append(.chart(index: index, ChartEdit(from: chart, to: new)))
    }
    return commit(name, edits)
  }
}
