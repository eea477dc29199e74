import Chart

extension CommandTable {
  private static let lane = ArgumentSpec("lane", .integer(1...16))

  /// Typing over a proposal.
  static let typingCommands: [Command] = [
    Command(
      "type", .review,
      "Write a lane here instead of what is proposed, go on, and have the rest proposed anew", label: "type",
      arguments: [lane], in: [.review]
    ) { state, input throws(Refusal) in
      try state.typeOver(Lane((input.integer() ?? 1) - 1), at: input.moment)
    },
    Command(
      "also", .review, "Add a lane to the row just typed, or to this one, or take it away", arguments: [lane],
      in: [.review]
    ) { state, input throws(Refusal) in
      try state.typeAlso(Lane((input.integer() ?? 1) - 1))
    },
    Command(
      "type-hold", .review, "Write the head of a hold here; the lane's key puts its tail",
      arguments: [lane], in: [.review]
    ) { state, input throws(Refusal) in
      try state.openHoldOver(Lane((input.integer() ?? 1) - 1))
    },
    Command(
      "type-longer", .review,
      "Make the row just typed, or this one, a hold as long as the last; or lengthen it by the snap",
      label: "longer", in: [.review]
    ) { state, input throws(Refusal) in
      try state.stretchOver(by: input.times)
    },
    Command(
      "type-shorter", .review, "Shorten the row just typed, or this one, by the snap", label: "shorter",
      in: [.review]
    ) { state, input throws(Refusal) in
      try state.stretchOver(by: -input.times)
    },
    Command(
      "take-all-and-ask", .review, "Take everything not refused, and ask for the next stretch",
      label: "all, next", in: [.review]
    ) { state, _ throws(Refusal) in
      try state.takeAllAndAsk()
    },
    Command(
      "next-unsure", .review, "Go to the next row that the model is unsure of", label: "unsure",
      in: [.review]
    ) { state, _ throws(Refusal) in
      guard let row = state.review?.nextUnsureRow(after: state.cursor) else {
        throw Refusal("nothing unsure further down")
      }
      return state.go(to: row)
    },
    Command("previous-unsure", .review, "Go to the unsure row before", in: [.review]) {
      state, _ throws(Refusal) in
      guard let row = state.review?.previousUnsureRow(before: state.cursor) else {
        throw Refusal("nothing unsure further up")
      }
      return state.go(to: row)
    },
    Command(
      "next-near", .review, "Go to the next row where a step was likely and none is proposed",
      label: "likely", in: [.review]
    ) { state, _ throws(Refusal) in
      let cursor = state.cursor
      guard let row = state.review?.nearRows.first(where: { $0 > cursor }) else {
        throw Refusal("no other row is likely further down")
      }
      return state.go(to: row)
    },
    Command("previous-near", .review, "Go to the row before where a step was likely", in: [.review]) {
      state, _ throws(Refusal) in
      let cursor = state.cursor
      guard let row = state.review?.nearRows.last(where: { $0 < cursor }) else {
        throw Refusal("no other row is likely further up")
      }
      return state.go(to: row)
    },
  ]
}
