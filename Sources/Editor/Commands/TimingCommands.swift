import Chart

extension CommandTable {
  /// Which charts a change of timing is for; without a word all that are alike.
  static let reach = ArgumentSpec("charts", .choice(["alike", "this"]), optional: true)

  /// Tempo written directly, each command one step of the history. In sync mode the same names change the draft.
  static let timingCommands: [Command] =
    eventCommands + tempoCommands + [
      Command("sync", .timing, "Work on the tempo", label: "sync") { state, _ throws(Refusal) in
        state.beginSync()
      }
    ]

  private static let eventCommands: [Command] = [
    timing(
      "put-bpm", "Put a BPM change here; without a number one that changes nothing yet", "put BPM",
      ArgumentSpec("bpm", .number(1...10000), optional: true)
    ) { state, input throws(Refusal) in
      let bpm = input.number() ?? state.timing.bpm(at: state.cursor)
      let row = state.cursor
      return { $0.bpms.set(bpm, at: row) }
    },
    timing("remove-bpm", "Take the BPM change here away", "remove BPM") { state, _ throws(Refusal) in
      let row = state.cursor
      guard row > .zero, state.timing.bpms.contains(where: { $0.row == row }) else {
        throw Refusal("no BPM change here that could go")
      }
      return { $0.bpms.removeAll { $0.row == row } }
    },
    timing(
      "put-stop", "Let the music wait here after the notes", "put stop",
      ArgumentSpec("seconds", .number(0.001...600))
    ) { state, input throws(Refusal) in
      let row = state.cursor
      return { $0.stops.set(Seconds(input.number() ?? 0), at: row) }
    },
    timing("remove-stop", "Take the stop or delay here away", "remove stop") { state, _ throws(Refusal) in
      let row = state.cursor
      guard (state.timing.stops + state.timing.delays).contains(where: { $0.row == row }) else {
        throw Refusal("no stop here")
      }
      return { timing in
        timing.stops.removeAll { $0.row == row }
        timing.delays.removeAll { $0.row == row }
      }
    },
  ]

  private static let tempoCommands: [Command] = [
    timing("bpm", "Set the BPM in force here", "set BPM", ArgumentSpec("bpm", .number(1...10000))) {
      state, input throws(Refusal) in
      let row = state.timing.bpms.inForce(at: state.cursor)?.row ?? .zero
      return { $0.bpms.set(input.number() ?? 120, at: row) }
    },
    timing(
      "offset", "Set the offset: beat 0 sounds so many seconds before the music's start", "set offset",
      ArgumentSpec("seconds", .number(-600...600))
    ) { _, input throws(Refusal) in
      { $0.offset = Seconds(input.number() ?? 0) }
    },
    timing(
      "bpm-by", "Change the BPM in force here by so much", "change BPM",
      ArgumentSpec("step", .number(-1000...1000))
    ) { state, input throws(Refusal) in
      let row = state.timing.bpms.inForce(at: state.cursor)?.row ?? .zero
      let bpm = state.timing.bpm(at: state.cursor) + (input.number() ?? 0)
      guard (1...10_000).contains(bpm) else { throw Refusal("the BPM would be out of range") }
      return { $0.bpms.set(bpm, at: row) }
    },
    timing(
      "offset-by", "Change the offset by so many seconds", "change offset",
      ArgumentSpec("seconds", .number(-60...60))
    ) { _, input throws(Refusal) in
      { $0.offset += Seconds(input.number() ?? 0) }
    },
    timing("prune", "Take away BPM changes that change nothing, pins excepted", "prune BPM changes") {
      state, _ throws(Refusal) in
      let kept = Set((state.sync?.pins ?? []).map(\.row))
      return { $0 = $0.pruned(keeping: kept) }
    },
  ]

  /// A command whose last argument says which charts it is for.
  private static func timing(
    _ name: String, _ doc: String, _ step: String, _ argument: ArgumentSpec? = nil,
    _ change: @escaping @Sendable (EditorState, CommandInput) throws(Refusal) -> (inout TimingData) -> Void
  ) -> Command {
    let place = argument == nil ? 0 : 1
    return Command(
      name, .timing, doc, arguments: [argument, reach].compactMap(\.self), in: [.edit, .sync]
    ) { state, input throws(Refusal) in
      let change = try change(state, input)
      return try state.editTiming(step, reach: input.text(place), change)
    }
  }
}

extension EditorState {
  /// Changes the draft of a sync session, or else the timing in force as one step of the history.
  mutating func editTiming(
    _ name: String, reach: String? = nil, _ change: (inout TimingData) -> Void
  ) throws(Refusal) -> [Effect] {
    var timing = timing
    change(&timing)
    if sync != nil {
      guard reach == nil else {
        throw Refusal("which charts it is for is said when it is kept: keep-tempo this")
      }
      return try changeDraft { _ in timing }
    }
    return try retime(to: timing, name, reach: TimingReach(reach))
  }
}
