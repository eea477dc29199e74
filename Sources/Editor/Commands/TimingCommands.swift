import Chart

extension CommandTable {
  /// Tempo written directly, each command one step of the history. In sync mode the same names change the draft.
  static let timingCommands: [Command] = [
    Command(
      "put-bpm", .timing, "Put a BPM change here; without a number one that changes nothing yet",
      arguments: [
        ArgumentSpec("bpm", .number(1...10000), optional: true)
      ], in: [.edit, .sync]
    ) { state, input throws(Refusal) in
      let bpm = input.number() ?? state.timing.bpm(at: state.cursor)
      let row = state.cursor
      return try state.editTiming("put BPM") { $0.bpms.set(bpm, at: row) }
    },
    Command("remove-bpm", .timing, "Take the BPM change here away", in: [.edit, .sync]) {
      state, _ throws(Refusal) in
      let row = state.cursor
      guard row > .zero, state.timing.bpms.contains(where: { $0.row == row }) else {
        throw Refusal("no BPM change here that could go")
      }
      return try state.editTiming("remove BPM") { $0.bpms.removeAll { $0.row == row } }
    },
    Command(
      "put-stop", .timing, "Let the music wait here after the notes",
      arguments: [
        ArgumentSpec("seconds", .number(0.001...600))
      ], in: [.edit, .sync]
    ) { state, input throws(Refusal) in
      let row = state.cursor
      return try state.editTiming("put stop") { $0.stops.set(Seconds(input.number() ?? 0), at: row) }
    },
    Command("remove-stop", .timing, "Take the stop or delay here away", in: [.edit, .sync]) {
      state, _ throws(Refusal) in
      let row = state.cursor
      guard (state.timing.stops + state.timing.delays).contains(where: { $0.row == row }) else {
        throw Refusal("no stop here")
      }
      return try state.editTiming("remove stop") { timing in
        timing.stops.removeAll { $0.row == row }
        timing.delays.removeAll { $0.row == row }
      }
    },
    Command(
      "bpm", .timing, "Set the BPM in force here", arguments: [ArgumentSpec("bpm", .number(1...10000))],
      in: [
        .edit, .sync,
      ]
    ) { state, input throws(Refusal) in
      let row = state.timing.bpms.inForce(at: state.cursor)?.row ?? .zero
      return try state.editTiming("set BPM") { $0.bpms.set(input.number() ?? 120, at: row) }
    },
    Command(
      "offset", .timing, "Set the offset: beat 0 sounds so many seconds before the music's start",
      arguments: [
        ArgumentSpec("seconds", .number(-600...600))
      ], in: [.edit, .sync]
    ) { state, input throws(Refusal) in
      try state.editTiming("set offset") { $0.offset = Seconds(input.number() ?? 0) }
    },
    Command(
      "bpm-by", .timing, "Change the BPM in force here by so much",
      arguments: [
        ArgumentSpec("step", .number(-1000...1000))
      ], in: [.edit, .sync]
    ) { state, input throws(Refusal) in
      let row = state.timing.bpms.inForce(at: state.cursor)?.row ?? .zero
      let bpm = state.timing.bpm(at: state.cursor) + (input.number() ?? 0)
      guard (1...10_000).contains(bpm) else { throw Refusal("the BPM would be out of range") }
      return try state.editTiming("change BPM") { $0.bpms.set(bpm, at: row) }
    },
    Command(
      "offset-by", .timing, "Change the offset by so many seconds",
      arguments: [
        ArgumentSpec("seconds", .number(-60...60))
      ], in: [.edit, .sync]
    ) { state, input throws(Refusal) in
      try state.editTiming("change offset") { $0.offset += Seconds(input.number() ?? 0) }
    },
    Command("prune", .timing, "Take away BPM changes that change nothing, pins excepted", in: [.edit, .sync])
    {
      state, _ throws(Refusal) in
      let kept = Set((state.sync?.pins ?? []).map(\.row))
      return try state.editTiming("prune BPM changes") { $0 = $0.pruned(keeping: kept) }
    },
    Command("sync", .timing, "Work on the tempo", label: "sync") { state, _ throws(Refusal) in
      state.beginSync()
    },
  ]
}

extension EditorState {
  /// Changes the draft of a sync session, or else the timing in force as one step of the history.
  mutating func editTiming(_ name: String, _ change: (inout TimingData) -> Void) throws(Refusal) -> [Effect] {
    var timing = timing
    change(&timing)
    if sync != nil { return try changeDraft { _ in timing } }
    if let index = chartIndex, let own = document.charts[index].timing {
      return commit(
        name, [.chart(index: index, ChartEdit(timing: ChartEdit.Change(before: own, after: timing)))])
    }
    return commit(name, [.songTiming(ChartEdit.Change(before: document.timing, after: timing))])
  }
}
