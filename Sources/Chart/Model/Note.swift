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

  package var row: Row
  package var lane: Lane
  package var kind: Kind
  package var modifiers: NoteModifiers

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
package struct NoteModifiers: Hashable, Sendable, Codable {
  /// How a note shows itself while it scrolls (StepF2's attribute letter).
  package enum Visibility: String, Hashable, Sendable, Codable { case normal, sudden, vanish, hidden }

  package static let plain = NoteModifiers()

  package var visibility: Visibility
  package var isFake: Bool
  /// The player of a co-op or routine chart, from 0; nil where the chart has one player.
  package var player: Int?
  package var keysound: Int?

  package init(
    visibility: Visibility = .normal, isFake: Bool = false, player: Int? = nil, keysound: Int? = nil
  ) {
    self.visibility = visibility
    self.isFake = isFake
    self.player = player
    self.keysound = keysound
  }
}

extension Note: Comparable {
  /// Reading order: by row, then by lane.
  package static func < (lhs: Note, rhs: Note) -> Bool {
    lhs.row != rhs.row ? lhs.row < rhs.row : lhs.lane < rhs.lane
  }
}
