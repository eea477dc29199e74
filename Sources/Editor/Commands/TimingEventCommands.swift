import Chart

extension CommandTable {
  /// What happens at a row beside tempo and stops: one command for each kind, which puts it at the cursor or, without a
  /// value, takes away the one that is there.
  static let timingEventCommands: [Command] = [
    event(
      "put-delay", "Let the music wait here before the notes", \.delays,
      [
        ArgumentSpec("seconds", .number(0.001...600))
      ]
    ) { $0.number().map { Seconds($0) } },
    event("put-warp", "Pass over so many beats in no time", \.warps, [lengthInBeats]) { $0.rows() },
    event("put-fake", "Judge no note for so many beats", \.fakes, [lengthInBeats]) { $0.rows() },
    event(
      "put-scroll", "Scroll so many times as far a beat from here on", \.scrolls,
      [
        ArgumentSpec("factor", .number(-1000...1000))
      ]
    ) { $0.number() },
    event(
      "put-speed", "Scroll at this speed from here on, reached within so many beats", \.speeds,
      [
        ArgumentSpec("ratio", .number(-1000...1000)),
        ArgumentSpec("beats", .number(0...1000), optional: true),
      ]
    ) { input in input.number().map { SpeedChange(ratio: $0, delay: input.number(1) ?? 0) } },
    event(
      "put-signature", "Count measures of so many beats, of this part of a whole, from here on",
      \.timeSignatures,
      [
        ArgumentSpec("beats", .integer(1...64)), ArgumentSpec("unit", .integer(1...64), optional: true),
      ]
    ) { input in
      input.integer().map { TimeSignature(numerator: $0, denominator: input.integer(1) ?? 4) }
    },
    event(
      "put-ticks", "Count so many hold ticks a beat from here on", \.tickcounts,
      [
        ArgumentSpec("count", .integer(0...48))
      ]
    ) { $0.integer() },
    event(
      "put-combo", "Count so many for a hit, and for a miss, from here on", \.combos,
      [
        ArgumentSpec("hit", .integer(0...100)), ArgumentSpec("miss", .integer(0...100), optional: true),
      ]
    ) { input in input.integer().map { ComboFactor(hit: $0, miss: input.integer(1) ?? 1) } },
    event("label", "Put a label here", \.labels, [ArgumentSpec("text", .text)]) { $0.text() },
  ]

  private static let lengthInBeats = ArgumentSpec("beats", .number(0.03...10_000))

  private static func event<Value>(
    _ name: String, _ doc: String, _ path: WritableKeyPath<TimingData, [TimingEvent<Value>]> & Sendable,
    _ arguments: [ArgumentSpec], _ value: @escaping @Sendable (CommandInput) -> Value?
  ) -> Command {
    let word = name.replacing("put-", with: "")
    let optional = arguments.map { ArgumentSpec($0.name, $0.kind, optional: true) }
    return Command(name, .timing, "\(doc); without a value, take it away", arguments: optional) {
      state, input throws(Refusal) in
      let row = state.cursor
      if let value = value(input) {
        return try state.editTiming("put \(word)") { $0[keyPath: path].set(value, at: row) }
      }
      guard state.timing[keyPath: path].contains(where: { $0.row == row }) else {
        throw Refusal("no \(word) here that could go")
      }
      return try state.editTiming("remove \(word)") { $0[keyPath: path].removeAll { $0.row == row } }
    }
  }
}

extension CommandInput {
  /// A length in beats as rows, at least one.
  fileprivate func rows() -> Int? { number().map { max(1, Beat($0).row.index) } }
}
