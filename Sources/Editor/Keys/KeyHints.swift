import Chart

/// Keys and, in a word or two, what they do.
package struct KeyHint: Hashable, Sendable {
  package var keys: String
  package var text: String

  package init(_ keys: String, _ text: String) {
    self.keys = keys
    self.text = text
  }
}

extension EditorState {
  /// What the bottom line offers now, the most wanted first: of a sheet its own keys, of a begun sequence what it
  /// may go on with, and else the keys of the mode that the state has a use for.
  package var keyHints: [KeyHint] {
    switch overlay {
    case .form(let form): return form.field.isStepped ? KeyHints.choice : KeyHints.text
    case .charts: return KeyHints.charts
    case .help: return KeyHints.help
    case .prompt, .question: return []
    case nil: break
    }
    if !pending.keys.isEmpty { return KeyHints.continuing(pending.keys, in: mode, keymap) }
    return KeyHints.offers(in: mode).filter { $0.isWanted(self) }
      .compactMap { $0.hint(in: mode, keymap) }
  }
}

/// What the bottom line has to tell. The keys come from the keymap, so that they are never others than those that
/// work.
package enum KeyHints {
  /// Some commands, mostly one or a pair, that share a place on the line.
  package struct Offer: Sendable {
    package let lines: [String]
    /// The label of the first command where there is none.
    let label: String?
    let isWanted: @Sendable (EditorState) -> Bool

    init(
      _ lines: String..., label: String? = nil,
      when isWanted: @escaping @Sendable (EditorState) -> Bool = { _ in
        true
      }
    ) {
      self.lines = lines
      self.label = label
      self.isWanted = isWanted
    }

    package func hint(in mode: Mode, _ keymap: Keymap) -> KeyHint? {
      let keys = lines.compactMap { keymap.keys(for: $0, in: mode).first.map(KeyHints.short) }
      guard let first = lines.first.flatMap({ Invocation($0) }), !keys.isEmpty,
        let command = CommandTable.command(named: first.command)
      else { return nil }
      let isTight = keys.allSatisfy { $0.count == 1 }
      return KeyHint(keys.joined(separator: isTight ? "" : " "), label ?? command.label)
    }
  }

  package static func offers(in mode: Mode) -> [Offer] { table[mode] ?? [] }

  /// What a begun sequence may go on with: single keys first.
  static func continuing(_ keys: [KeyEvent], in mode: Mode, _ keymap: Keymap) -> [KeyHint] {
    guard case .prefix(_, let children)? = keymap.node(keys, in: mode) else { return [] }
    return children.map { key, node in KeyHint(short([key]), label(of: node)) }
      .sorted { ($0.keys.count, $0.keys) < ($1.keys.count, $1.keys) }
  }

  private static func label(of node: Keymap.Node) -> String {
    switch node {
    case .command(let invocation):
      let label = CommandTable.command(named: invocation.command)?.label ?? invocation.command
      return ([label] + invocation.arguments).joined(separator: " ")
    case .prefix(let name, _): return name + "…"
    }
  }

  /// Keys as little room allows: arrows as arrows.
  static func short(_ keys: [KeyEvent]) -> String {
    keys.map { key in
      guard !key.control, !key.alt, !key.shift, let arrow = arrows[key.key] else { return key.description }
      return arrow
    }.joined(separator: " ")
  }

  private static let arrows: [KeyEvent.Key: String] = [.up: "↑", .down: "↓", .left: "←", .right: "→"]

  static let choice = [
    KeyHint("↑↓", "field"), KeyHint("←→", "change"), KeyHint("enter", "keep"), KeyHint("esc", "leave"),
  ]
  static let text = [
    KeyHint("↑↓", "field"), KeyHint("enter", "keep"), KeyHint("esc", "leave"), KeyHint("←→", "in the text"),
    KeyHint("ctrl+u", "empty"),
  ]
  static let charts = [
    KeyHint("↑↓", "choose"), KeyHint("enter", "open"), KeyHint("n", "new"), KeyHint("esc", "leave"),
  ]
  static let help = [
    KeyHint("↑↓", "scroll"), KeyHint("space", "page"), KeyHint("/", "search"), KeyHint("esc", "leave"),
  ]

  // MARK: - The table

  private static let hasChart: @Sendable (EditorState) -> Bool = { $0.chart != nil }
  private static let hasRegion: @Sendable (EditorState) -> Bool = { $0.region != nil }
  private static let isWaiting: @Sendable (EditorState) -> Bool = {
    $0.suggestionRequest != nil || $0.tempoRequest != nil
  }

  private static let hasOpenTempo: @Sendable (EditorState) -> Bool = { state in
    state.sync?.ghosts.contains { $0.status == .open } == true
  }

  /// The rest of a proposal is asked for at every correction; to offer to give that up would flicker.
  private static let isWaitingForReview: @Sendable (EditorState) -> Bool = {
    $0.suggestionRequest?.purpose.isAwaited == true || $0.tempoRequest != nil
  }

  private static let table: [Mode: [Offer]] = [
    .edit: [
      Offer("cancel", label: "give up", when: isWaiting),
      Offer("new-chart", label: "new chart") { $0.chart == nil },
      Offer("sync", label: "tempo") { $0.chart == nil },
      Offer("ask", when: hasChart),
      Offer("play", label: "stop") { $0.playback.isPlaying },
      Offer("play") { !$0.playback.isPlaying },
      Offer("help"),
      Offer("lane 1", label: "put", when: { hasChart($0) && !hasRegion($0) }),
      Offer("mark", label: "region") { hasChart($0) && $0.regionAnchor == nil && !hasRegion($0) },
      Offer("mark", label: "region's end") { $0.regionAnchor != nil },
      Offer("ask-panels", label: "panels", when: hasRegion),
      Offer("ask-fill", label: "fill", when: hasRegion),
      Offer("copy", when: hasRegion), Offer("cut", when: hasRegion), Offer("delete", when: hasRegion),
      Offer("mirror", when: hasRegion), Offer("quantise", when: hasRegion),
      Offer("play-region", label: "loop", when: hasRegion),
      Offer("select-none", label: "let go", when: hasRegion),
      Offer("paste") { hasChart($0) && !$0.clipboard.isEmpty },
      Offer("undo") { $0.history.undoName != nil },
      Offer("snap-coarser", "snap-finer", label: "snap", when: hasChart),
      Offer("next-kind", label: "kind", when: { hasChart($0) && !hasRegion($0) }),
      Offer("save", when: \.isDirty),
      Offer("sync", label: "tempo", when: hasChart),
      Offer("charts", when: hasChart), Offer("prompt"), Offer("quit"), Offer("open"),
    ],
    .review: [
      Offer("cancel", label: "give up", when: isWaitingForReview),
      Offer("help"), Offer("take-all-and-ask"), Offer("type 1", label: "type over"), Offer("refuse"),
      Offer("next-proposal", "previous-proposal", label: "row"), Offer("next-unsure"),
      Offer("next-near", "previous-near", label: "likely row"),
      Offer("undecide"), Offer("other"), Offer("also 1", label: "and panel"), Offer("take"),
      Offer("take-measure", label: "measure"), Offer("take-all", label: "all"), Offer("leave"),
      Offer("denser", "thinner", label: "denser/thinner"),
      Offer("type-longer", "type-shorter", label: "tail"),
      Offer("note-left", "note-right", label: "note"),
      Offer("play-region", label: "hear"), Offer("ask-again", label: "again"),
    ],
    .sync: [
      Offer("cancel", label: "give up", when: isWaiting),
      Offer("help"), Offer("keep-tempo"), Offer("take-all-tempo", label: "take all", when: hasOpenTempo),
      Offer("take-tempo", label: "take", when: hasOpenTempo),
      Offer("next-event", label: "next", when: hasOpenTempo),
      Offer("next-reading", label: "reading", when: hasOpenTempo), Offer("next-candidate"),
      Offer("earlier", "later", label: "∓1 ms"),
      Offer("earlier 10", "later 10", label: "∓10"), Offer("bpm-down", "bpm-up", label: "BPM ∓.01"),
      Offer("half-beat", label: "half-beat"), Offer("double", "halve", label: "×2 ÷2"), Offer("tap"),
      Offer("pin"), Offer("fewer", "tighter", label: "fewer/tighter"),
      Offer("play"), Offer("drop-tempo"),
    ],
  ]
}
