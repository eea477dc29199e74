import Chart

extension CommandTable {
  private static let level = ArgumentSpec("level", .integer(1...99), optional: true)
  private static let asking: Set<Mode> = [.edit]

  static let suggestionCommands: [Command] = [
    Command(
      "ask", .suggestion, "Ask for steps in the region, or from here on", label: "ask", arguments: [level],
      in: asking
    ) {
      state, input throws(Refusal) in
      try state.ask(region: state.askedRegion, level: input.integer())
    },
    Command("ask-song", .suggestion, "Ask for steps for the whole song", arguments: [level], in: asking) {
      state, input throws(Refusal) in
      // Until then the song would end with the chart's last note.
      if state.music.status == .loading { throw Refusal.musicIsBeingRead }
      guard state.lastRow > .zero else {
        throw Refusal("there is no music and no note to tell the song's length")
      }
      return try state.ask(region: .zero..<state.lastRow, level: input.integer())
    },
    Command(
      "ask-panels", .suggestion, "Keep my rhythm, jumps and holds, and ask for panels only",
      arguments: [level], in: asking
    ) {
      state, input throws(Refusal) in
      let region = state.askedRegion
      let rows = try state.stepRows(in: region)
      return try state.ask(region: region, level: input.integer(), scope: .selection(rows: rows))
    },
    Command(
      "ask-fill", .suggestion, "Keep my notes and ask for steps around them", arguments: [level], in: asking
    ) {
      state, input throws(Refusal) in
      try state.ask(region: state.askedRegion, level: input.integer(), keeps: true)
    },
    Command(
      "ask-rhythm", .suggestion, "Ask for the rhythm, panels being of no account", arguments: [level],
      in: asking
    ) {
      state, input throws(Refusal) in
      try state.ask(region: state.askedRegion, level: input.integer(), scope: .placement)
    },
    Command("cancel", .suggestion, "Give up waiting for what was asked", in: [.edit, .review, .sync]) {
      state, _ throws(Refusal) in
      let effects = state.cancelRequest() + state.cancelTempo()
      state.message = Message(effects.isEmpty ? "nothing is being worked on" : "cancelled")
      return effects
    },
    Command(
      "level", .suggestion, "The level to ask for; 0 is that of the chart",
      arguments: [
        ArgumentSpec("level", .integer(0...99))
      ], in: Set(Mode.bound)
    ) { state, input throws(Refusal) in
      state.settings.level = input.integer() ?? 0
      state.message = Message("asking for level \(state.level.map(String.init) ?? "as heard")")
      return []
    },
    Command("denser", .suggestion, "Ask for more notes, and ask again", in: [.edit, .review]) {
      state, _ throws(Refusal) in
      try state.changeDensity(by: 1.2)
    },
    Command("thinner", .suggestion, "Ask for fewer notes, and ask again", in: [.edit, .review]) {
      state, _ throws(Refusal) in
      try state.changeDensity(by: 1 / 1.2)
    },
  ]

  static let reviewCommands: [Command] =
    [
      deciding("take", "Take", accepts: true), deciding("refuse", "Refuse", accepts: false),
    ].flatMap(\.self) + reviewing + typingCommands

  /// The commands that take or refuse a note, a row, a beat, a measure.
  private static func deciding(_ verb: String, _ word: String, accepts: Bool) -> [Command] {
    [
      Command(verb, .review, "\(word) the note or the row here, and go on", in: [.review]) {
        state, _ throws(Refusal) in
        state.decide(state.cursor..<state.cursor + 1, lane: state.review?.focus, accepts: accepts)
      },
      Command("\(verb)-beat", .review, "\(word) the beat here", in: [.review]) { state, _ throws(Refusal) in
        let start = state.cursor.gridFloor(Row.perBeat)
        return state.decide(start..<start + Row.perBeat, accepts: accepts)
      },
      Command("\(verb)-measure", .review, "\(word) the measure here", in: [.review]) {
        state, _ throws(Refusal) in
        let start = state.cursor.gridFloor(Row.perMeasure)
        return state.decide(start..<start + Row.perMeasure, accepts: accepts)
      },
    ]
  }

  private static let reviewing: [Command] = [
    Command("take-all", .review, "Take everything not refused, and leave", in: [.review]) {
      state, _ throws(Refusal) in
      state.takeAll()
      return state.leaveReview()
    },
    Command("refuse-all", .review, "Refuse everything not taken yet, and leave", in: [.review]) {
      state, _ throws(Refusal) in
      state.leaveReview()
    },
    Command("leave", .review, "Leave; what was taken becomes one step", in: [.review]) {
      state, _ throws(Refusal) in
      state.leaveReview()
    },
    Command("drop", .review, "Leave and take nothing; asks when something was decided", in: [.review]) {
      state, _ throws(Refusal) in
      state.dropReview()
    },
    Command("next-proposal", .review, "Go to the next proposed row", label: "next", in: [.review]) {
      state, _ throws(Refusal) in
      guard let row = state.review?.nextRow(after: state.cursor) else {
        throw Refusal("no proposal further down")
      }
      return state.go(to: row)
    },
    Command("previous-proposal", .review, "Go to the proposed row before", label: "back", in: [.review]) {
      state, _ throws(Refusal) in
      guard let row = state.review?.previousRow(before: state.cursor) else {
        throw Refusal("no proposal further up")
      }
      return state.go(to: row)
    },
    Command("note-right", .review, "Mean the next single note of the row", in: [.review]) {
      state, _ throws(Refusal) in
      state.moveFocus(by: 1)
      return []
    },
    Command("note-left", .review, "Mean the single note of the row before", in: [.review]) {
      state, _ throws(Refusal) in
      state.moveFocus(by: -1)
      return []
    },
    Command("other", .review, "Show the next alternative", label: "other", in: [.review]) {
      state, _ throws(Refusal) in
      state.chooseAlternative(by: 1)
      return []
    },
    Command("other-back", .review, "Show the alternative before", in: [.review]) { state, _ throws(Refusal) in
      state.chooseAlternative(by: -1)
      return []
    },
    Command("ask-again", .review, "Ask the same again for other alternatives", in: [.review]) {
      state, _ throws(Refusal) in
      try state.askAgain()
    },
    Command("undecide", .review, "Take back the last decision of the review", label: "undo", in: [.review]) {
      state, _ throws(Refusal) in
      try state.undecide()
    },
  ]
}
