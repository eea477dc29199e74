/// One note of a chart: where it stands, what it is, and the rarer things that some packs say about it.
package struct Note: Hashable, Sendable, Codable {
  /// What a note asks of the player. The end of a hold or roll is the row of its tail, after its head.
  package enum Kind: Hashable, Sendable, Codable {
    case tap
    case hold(end: Row)
    case roll(end: Row)
    case mine
    case lift
    case fake
    case keysound
  }

  // In this order a note takes the least memory.
  package var row: Row
  package var kind: Kind
  package var modifiers: NoteModifiers
  package var lane: Lane

  package init(row: Row, lane: Lane, kind: Kind = .tap, modifiers: NoteModifiers = .plain) {
    self.row = row
    self.lane = lane
    self.kind = kind
    self.modifiers = modifiers
  }

  /// The row of a hold's or roll's tail; nil for the other kinds.
  package var end: Row? {
    switch kind {
    case .hold(let end), .roll(let end): end
    case .tap, .mine, .lift, .fake, .keysound: nil
    }
  }

  /// The last row that the note occupies in its lane.
  package var lastRow: Row { end ?? row }

  /// Whether a foot has to step here (a tap, a lift or a head; not a mine, a fake or a keysound).
  package var isStep: Bool {
    if modifiers.isFake { return false }
    switch kind {
    case .tap, .hold, .roll, .lift: return true
    case .mine, .fake, .keysound: return false
    }
  }

  /// The same note some rows later, tail included.
  package func shifted(by rows: Int) -> Note {
    var note = self
    note.row += rows
    switch kind {
    case .hold(let end): note.kind = .hold(end: end + rows)
    case .roll(let end): note.kind = .roll(end: end + rows)
    case .tap, .mine, .lift, .fake, .keysound: break
    }
    return note
  }
}

/// What StepF2 and StepP1 cells, routine layers and keysound brackets add to a note.
package struct NoteModifiers: Hashable, Sendable {
  /// How a note shows itself while it scrolls (StepF2's attribute letter).
  package enum Visibility: String, Hashable, Sendable, Codable { case normal, sudden, vanish, hidden }

  package static let plain = NoteModifiers()

  package var visibility: Visibility
  package var isFake: Bool
  // Small, because charts hold many; -1 stands for none.
  private var playerNumber: Int8 = -1
  private var keysoundNumber: Int32 = -1

  /// The player of a co-op or routine chart, from 0 to 127; nil where the chart has one player.
  package var player: Int? {
    get { playerNumber < 0 ? nil : Int(playerNumber) }
    set { playerNumber = newValue.map { Int8(clamping: $0) } ?? -1 }
  }

  /// The number of the sound that the note plays, from 0.
  package var keysound: Int? {
    get { keysoundNumber < 0 ? nil : Int(keysoundNumber) }
    set { keysoundNumber = newValue.map { Int32(clamping: $0) } ?? -1 }
  }

  package init(
    visibility: Visibility = .normal, isFake: Bool = false, player: Int? = nil, keysound: Int? = nil
  ) {
    self.visibility = visibility
    self.isFake = isFake
    self.player = player
    self.keysound = keysound
  }
}

extension NoteModifiers: Codable {
  private enum CodingKeys: String, CodingKey { case visibility, isFake, player, keysound }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      visibility: try values.decode(Visibility.self, forKey: .visibility),
      isFake: try values.decode(Bool.self, forKey: .isFake),
      player: try values.decodeIfPresent(Int.self, forKey: .player),
      keysound: try values.decodeIfPresent(Int.self, forKey: .keysound))
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(visibility, forKey: .visibility)
    try values.encode(isFake, forKey: .isFake)
    try values.encodeIfPresent(player, forKey: .player)
    try values.encodeIfPresent(keysound, forKey: .keysound)
  }
}

extension Note: Comparable {
  /// Reading order: by row, then by lane.
  package static func < (lhs: Note, rhs: Note) -> Bool {
    lhs.row != rhs.row ? lhs.row < rhs.row : lhs.lane < rhs.lane
  }
}
