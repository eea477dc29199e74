import Chart

/// Where a movement leads from a row.
typealias Movement = @Sendable (EditorState, Row) -> Row?

extension CommandTable {
  static let movementCommands: [Command] =
    steps.flatMap { moving($0.name, extending: $0.extending, $0.doc, $0.movement) } + jumps

  private struct Step {
    let name: String
    let extending: String
    let doc: String
    let movement: Movement
  }

  private static let steps: [Step] = [
    Step(name: "down", extending: "extend-down", doc: "down by the snap") { $0.snap.next(after: $1) },
    Step(name: "up", extending: "extend-up", doc: "up by the snap") { $0.snap.previous(before: $1) },
    Step(name: "beat-down", extending: "extend-beat-down", doc: "to the next beat") {
      Snap.quarter.next(after: $1)
    },
    Step(name: "beat-up", extending: "extend-beat-up", doc: "to the beat before") {
      Snap.quarter.previous(before: $1)
    },
    Step(name: "measure-down", extending: "extend-measure-down", doc: "to the next measure") {
      $1.gridFloor(Row.perMeasure) + Row.perMeasure
    },
    Step(name: "measure-up", extending: "extend-measure-up", doc: "to the measure before") {
      ($1 - 1).gridFloor(Row.perMeasure)
    },
    Step(name: "next-note", extending: "extend-next-note", doc: "to the next note") { state, row in
      let index = state.notes.firstIndex(at: row + 1)
      return index < state.notes.count ? state.notes[index].row : nil
    },
    Step(name: "previous-note", extending: "extend-previous-note", doc: "to the note before") { state, row in
      let index = state.notes.firstIndex(at: row)
      return index > 0 ? state.notes[index - 1].row : nil
    },
    Step(name: "stream-down", extending: "extend-stream-down", doc: "to the next start or end of a run") {
      StreamEdges.next(after: $1, in: $0.notes)
    },
    Step(name: "stream-up", extending: "extend-stream-up", doc: "to the start or end of a run before") {
      StreamEdges.previous(before: $1, in: $0.notes)
    },
    Step(name: "go-start", extending: "extend-start", doc: "to the beginning") { _, _ in .zero },
    Step(name: "go-end", extending: "extend-end", doc: "to the end of the song") { state, _ in state.lastRow
    },
  ]

  private static func moving(
    _ name: String, extending: String, _ doc: String, _ movement: @escaping Movement
  ) -> [Command] {
    [
      Command(name, .movement, "Go \(doc)", in: Set(Mode.bound)) { state, input throws(Refusal) in
        state.go(to: try state.destination(of: movement, input))
      },
      Command(extending, .selection, "Extend the region \(doc)") { state, input throws(Refusal) in
        let row = try state.destination(of: movement, input)
        state.extendRegion(to: row)
        return state.go(to: row)
      },
    ]
  }

  private static let jumps: [Command] = [
    Command(
      "go", .movement, "Go to a measure, or to a beat of it", label: "go to",
      arguments: [
        ArgumentSpec("measure", .number(0...5000)), ArgumentSpec("beat", .number(1...64), optional: true),
      ],
      in: Set(Mode.bound)
    ) { state, input throws(Refusal) in
      let measure = input.number(0) ?? 0
      let beat = Beat(measure * 4 + (input.number(1) ?? 1) - 1)
      return state.jump(to: beat.row)
    },
    Command(
      "go-time", .movement, "Go to a time of the music in seconds",
      arguments: [ArgumentSpec("seconds", .number(0...36000))], in: Set(Mode.bound)
    ) { state, input throws(Refusal) in
      state.jump(to: state.timingMap.beat(at: Seconds(input.number() ?? 0)).row)
    },
    Command("jump-back", .movement, "Go back to where the last jump began", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      guard let row = state.jumps.back(from: state.cursor) else { throw Refusal("no jump to go back from") }
      return state.go(to: row)
    },
    Command("jump-forward", .movement, "Go forward again after going back", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      guard let row = state.jumps.forward() else { throw Refusal("no jump to go forward to") }
      return state.go(to: row)
    },
    Command("next-timing", .movement, "Go to the next timing event", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      guard let row = state.timing.eventRows.first(where: { $0 > state.cursor }) else {
        throw Refusal("no timing event further down")
      }
      return state.jump(to: row)
    },
    Command("previous-timing", .movement, "Go to the timing event before", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      guard let row = state.timing.eventRows.last(where: { $0 < state.cursor }) else {
        throw Refusal("no timing event further up")
      }
      return state.jump(to: row)
    },
    Command("next-label", .movement, "Go to the next label", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      guard let label = state.timing.labels.first(where: { $0.row > state.cursor }) else {
        throw Refusal("no label further down")
      }
      state.message = Message(label.value)
      return state.jump(to: label.row)
    },
    Command("previous-label", .movement, "Go to the label before", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      guard let label = state.timing.labels.last(where: { $0.row < state.cursor }) else {
        throw Refusal("no label further up")
      }
      state.message = Message(label.value)
      return state.jump(to: label.row)
    },
    Command("snap-finer", .movement, "Make the snap finer", label: "snap", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      state.snap = state.snap.finer ?? state.snap
      return []
    },
    Command("snap-coarser", .movement, "Make the snap coarser", label: "snap", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      state.snap = state.snap.coarser ?? state.snap
      return []
    },
    Command(
      "snap", .movement, "Set the snap, in any number of parts of a measure", arguments: [.snap()],
      in: Set(Mode.bound)
    ) { state, input throws(Refusal) in
      guard let snap = input.integer().flatMap({ Snap($0) }) else { return [] }
      state.snap = snap
      if !snap.isExact {
        state.message = Message(
          "\(snap.division) does not divide a measure's \(Row.perMeasure) rows: its lines are the nearest rows"
        )
      }
      return []
    },
  ]
}

extension EditorState {
  /// Puts the cursor on a row; music that is playing goes on from there.
  mutating func go(to row: Row) -> [Effect] {
    cursor = min(max(row, .zero), rowLimit)
    review?.focus = nil
    return playback.isPlaying ? [.seek(cursor)] : []
  }

  /// Goes far, so that `jump-back` leads here again.
  mutating func jump(to row: Row) -> [Effect] {
    jumps.push(cursor)
    return go(to: row)
  }

  fileprivate func destination(of movement: Movement, _ input: CommandInput) throws(Refusal) -> Row {
    var row = cursor
    for step in 0..<min(input.times, 100_000) {
      guard let next = movement(self, row) else {
        if step == 0 { throw Refusal("nothing further that way") }
        break
      }
      row = min(max(next, .zero), rowLimit)
    }
    return row
  }
}

/// Where runs of notes begin and end: a rest of a beat or more parts two runs.
enum StreamEdges {
  static let rest = Row.perBeat

  static func next(after row: Row, in notes: NoteList) -> Row? {
    var index = notes.firstIndex(at: row + 1)
    while index < notes.count {
      if isEdge(notes, index) { return notes[index].row }
      index += 1
    }
    return nil
  }

  static func previous(before row: Row, in notes: NoteList) -> Row? {
    var index = notes.firstIndex(at: row) - 1
    while index >= 0 {
      if isEdge(notes, index) { return notes[index].row }
      index -= 1
    }
    return nil
  }

  private static func isEdge(_ notes: NoteList, _ index: Int) -> Bool {
    let row = notes[index].row
    let before = notes.firstIndex(at: row) - 1
    let after = notes.firstIndex(at: row + 1)
    let startsRun = before < 0 || notes[before].row.distance(to: row) >= rest
    let endsRun = after >= notes.count || row.distance(to: notes[after].row) >= rest
    return startsRun || endsRun
  }
}

extension TimingData {
  /// The rows on which anything happens, in order.
  package var eventRows: [Row] {
    var rows = Set(bpms.map(\.row))
    rows.formUnion(stops.map(\.row))
    rows.formUnion(delays.map(\.row))
    rows.formUnion(warps.map(\.row))
    rows.formUnion(fakes.map(\.row))
    rows.formUnion(scrolls.map(\.row))
    rows.formUnion(speeds.map(\.row))
    rows.formUnion(timeSignatures.map(\.row))
    rows.formUnion(tickcounts.map(\.row))
    rows.formUnion(combos.map(\.row))
    rows.formUnion(labels.map(\.row))
    return rows.sorted()
  }
}
