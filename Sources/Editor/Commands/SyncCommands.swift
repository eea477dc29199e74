import Chart

extension CommandTable {
  private static let here: Set<Mode> = [.sync]
  private static let milliseconds = [ArgumentSpec("ms", .number(0.01...10000), optional: true)]
  private static let bpmStep = [ArgumentSpec("step", .number(0.0001...1000), optional: true)]

  static let syncCommands: [Command] = candidateCommands + nudgeCommands + proposalCommands + pinCommands

  private static let candidateCommands: [Command] = [
    Command(
      "keep-tempo", .sync, "Keep the tempo as it is now, and leave", label: "keep", arguments: [reach],
      in: here
    ) { state, input throws(Refusal) in
      try state.keepTempo(reach: TimingReach(input.text()))
    },
    Command(
      "drop-tempo", .sync, "Leave with the tempo as it was; asks when it was changed", label: "revert",
      in: here
    ) {
      state, _ throws(Refusal) in
      state.dropTempo()
    },
    Command("listen", .sync, "Listen for the tempo, of the region or of the whole music", in: here) {
      state, _ throws(Refusal) in
      state.listen()
    },
    Command("tighter", .sync, "Listen again and follow the music more closely", in: here) {
      state, _ throws(Refusal) in
      return state.listen(tighterBy: 0.125)
    },
    Command("fewer", .sync, "Listen again for fewer changes of tempo", in: here) { state, _ throws(Refusal) in
      return state.listen(tighterBy: -0.125)
    },
    Command("next-candidate", .sync, "Take the next tempo that was heard", label: "other", in: here) {
      state, _ throws(Refusal) in
      state.chooseCandidate(state.sync?.choice.map { $0 + 1 } ?? 0)
      return []
    },
    Command("previous-candidate", .sync, "Take the tempo before in the list", in: here) {
      state, _ throws(Refusal) in
      state.chooseCandidate((state.sync?.choice ?? 0) - 1)
      return []
    },
    Command("notes-keep", .sync, "Whether notes keep their beats or their times", in: here) {
      state, _ throws(Refusal) in
      let keeps = state.sync?.notesKeep
      state.sync?.notesKeep = keeps == .beats ? .times : .beats
      state.message = Message("notes keep their \(state.sync?.notesKeep.rawValue ?? "beats")")
      return []
    },
    Command("undo-tempo", .sync, "Take back the last change of this session", label: "undo", in: here) {
      state, _ throws(Refusal) in
      guard let step = state.sync?.past.popLast() else { throw Refusal("nothing was changed yet") }
      state.sync?.step = step
      state.contentChanged()
      return []
    },
  ]

  private static let nudgeCommands: [Command] = [
    Command(
      "earlier", .sync, "Move the grid, or the pin here, earlier by 1 ms", arguments: milliseconds, in: here
    ) {
      state, input throws(Refusal) in
      try state.nudge(by: -(input.number() ?? 1) / 1000 * Double(input.times))
    },
    Command(
      "later", .sync, "Move the grid, or the pin here, later by 1 ms", arguments: milliseconds, in: here
    ) {
      state, input throws(Refusal) in
      try state.nudge(by: (input.number() ?? 1) / 1000 * Double(input.times))
    },
    Command("bpm-up", .sync, "Raise the BPM here by 0.01", arguments: bpmStep, in: here) {
      state, input throws(Refusal) in
      try state.raiseBPM(by: (input.number() ?? 0.01) * Double(input.times))
    },
    Command("bpm-down", .sync, "Lower the BPM here by 0.01", arguments: bpmStep, in: here) {
      state, input throws(Refusal) in
      try state.raiseBPM(by: -(input.number() ?? 0.01) * Double(input.times))
    },
    Command("double", .sync, "Count twice as many beats", in: here) { state, _ throws(Refusal) in
      try state.changeDraft("the BPM would be out of range") { $0.recounted(by: 2) }
    },
    Command("halve", .sync, "Count half as many beats", in: here) { state, _ throws(Refusal) in
      try state.changeDraft("the BPM would be out of range") { $0.recounted(by: 0.5) }
    },
    Command("half-beat", .sync, "Move the grid later by half a beat", in: here) { state, _ throws(Refusal) in
      try state.moveFirstBeat(by: 0.5)
    },
    Command("first-beat-later", .sync, "Let the first beat be one beat later", in: here) {
      state, _ throws(Refusal) in
      try state.moveFirstBeat(by: 1)
    },
    Command("first-beat-earlier", .sync, "Let the first beat be one beat earlier", in: here) {
      state, _ throws(Refusal) in
      try state.moveFirstBeat(by: -1)
    },
    Command("tap", .sync, "Tap the beat", in: here) { state, input throws(Refusal) in
      state.tap(input.moment)
      return []
    },
    Command("use-taps", .sync, "Take the tempo that was tapped", in: here) { state, _ throws(Refusal) in
      try state.useTaps()
    },
  ]

  private static let proposalCommands: [Command] = [
    Command("take-tempo", .sync, "Take the proposed event here", label: "take", in: here) {
      state, _ throws(Refusal) in
      try state.decideTempo(.accepted)
    },
    Command("refuse-tempo", .sync, "Refuse the proposed event here", label: "refuse", in: here) {
      state, _ throws(Refusal) in
      try state.decideTempo(.rejected)
    },
    Command(
      "move-event", .sync, "Move the proposed change here by so many beats, the music keeping its times",
      arguments: [
        ArgumentSpec("beats", .number(-64...64))
      ], in: here
    ) { state, input throws(Refusal) in
      try state.moveGhostTempo(by: Beat((input.number() ?? 1) * Double(input.times)).row.index)
    },
    Command(
      "merge-event", .sync, "Let the proposed tempo before reach over the change here", label: "merge",
      in: here
    ) { state, _ throws(Refusal) in
      try state.mergeGhostTempo()
    },
    Command(
      "next-reading", .sync,
      "Read the proposed segment here another way: double, half, rounded, begun on another beat",
      label: "reading", in: here
    ) { state, _ throws(Refusal) in
      try state.readNext()
    },
    Command("take-all-tempo", .sync, "Take all proposed events not refused", in: here) {
      state, _ throws(Refusal) in
      guard state.sync?.ghosts.contains(where: { $0.status == .open }) == true else {
        throw Refusal("no change of tempo is proposed")
      }
      state.changeTempo { session in
        for index in session.ghosts.indices where session.ghosts[index].status == .open {
          session.write(session.ghosts[index])
          session.ghosts[index].status = .accepted
        }
        session.choice = nil
      }
      return []
    },
    Command("next-event", .sync, "Go to the next proposed event", in: here) { state, _ throws(Refusal) in
      guard let ghost = state.sync?.ghosts.first(where: { $0.row > state.cursor }) else {
        throw Refusal("no proposed event further down")
      }
      return state.go(to: ghost.row)
    },
    Command("previous-event", .sync, "Go to the proposed event before", in: here) {
      state, _ throws(Refusal) in
      guard let ghost = state.sync?.ghosts.last(where: { $0.row < state.cursor }) else {
        throw Refusal("no proposed event further up")
      }
      return state.go(to: ghost.row)
    },
  ]

  private static let pinCommands: [Command] = [
    Command("pin", .sync, "Hold this row at its time, or let it go", in: here) { state, _ throws(Refusal) in
      let pin = TempoPin(row: state.cursor, time: state.timingMap.seconds(at: state.cursor))
      state.changeTempo { session in
        if let index = session.pins.firstIndex(where: { $0.row == pin.row }) {
          session.pins.remove(at: index)
        } else {
          session.pins.append(pin)
          session.pins.sort { $0.row < $1.row }
        }
      }
      return []
    },
    Command("pin-onset", .sync, "Hold this row at the onset nearest to it", in: here) {
      state, _ throws(Refusal) in
      guard let onset = state.nearestOnset(to: state.timingMap.seconds(at: state.cursor)) else {
        throw Refusal("no onset within 60 ms of this row")
      }
      state.setPin(at: state.cursor, to: onset)
      return []
    },
    Command(
      "slide", .sync, "Move this row and all after it later by so many ms (below 0: earlier)",
      arguments: [
        ArgumentSpec("ms", .number(-10000...10000))
      ], in: here
    ) { state, input throws(Refusal) in
      try state.slide(by: (input.number() ?? 0) / 1000 * Double(input.times))
    },
    Command(
      "drag", .sync, "Move only this row, between the events next to it, by so many ms",
      arguments: [
        ArgumentSpec("ms", .number(-10000...10000))
      ], in: here
    ) { state, input throws(Refusal) in
      try state.drag(by: (input.number() ?? 0) / 1000 * Double(input.times))
    },
    Command("convention", .sync, "Move the grid between null offset and ITG's 9 ms", in: here) {
      state, _ throws(Refusal) in
      try state.switchConvention()
    },
    Command("sync-mark", .sync, "Remember this row for bpm-between and rows-to-stop", label: "mark", in: here)
    {
      state, _ throws(Refusal) in
      let mark = state.sync?.mark
      state.sync?.mark = mark == state.cursor ? nil : state.cursor
      return []
    },
    Command(
      "bpm-between", .sync, "Give the music from mark to here this many beats",
      arguments: [
        ArgumentSpec("beats", .number(0.25...4096))
      ], in: here
    ) { state, input throws(Refusal) in
      try state.setBeatsBetween(input.number() ?? 1)
    },
    Command(
      "bpm-onsets", .sync, "Hold mark and this row at their onsets: the BPM between them follows", in: here
    ) { state, _ throws(Refusal) in
      try state.measureBetweenOnsets()
    },
    Command("rows-to-stop", .sync, "Make the rows from mark to here a stop", in: here) {
      state, _ throws(Refusal) in
      try state.makeStop()
    },
  ]
}
