import Chart

/// A marked stretch of rows, the end not included, and which of its notes are meant.
package struct Selection: Hashable, Sendable {
  package var rows: Range<Row>
  package var filter: NoteFilter
  /// Whether pasting marked it: it is for what is done to the notes next, and nobody meant a hold over it.
  var isPasted: Bool

  package init(rows: Range<Row>, filter: NoteFilter = .all) {
    self.init(rows: rows, filter: filter, isPasted: false)
  }

  init(rows: Range<Row>, filter: NoteFilter = .all, isPasted: Bool) {
    self.rows = rows
    self.filter = filter
    self.isPasted = isPasted
  }

  /// Whether a lane key at a row fills it with a hold. Its end counts: that is where the cursor is once it is marked.
  func isFilled(from row: Row) -> Bool { !isPasted && rows.lowerBound <= row && row <= rows.upperBound }

  /// The notes meant: those that start inside and pass the filter.
  package func notes(in list: NoteList) -> [Note] {
    list[rows].filter(filter.matches)
  }
}

/// Which notes of a region are meant. An empty set asks for nothing in particular.
package struct NoteFilter: Hashable, Sendable {
  package var lanes: Set<Lane> = []
  package var kinds: Set<EntryKind> = []
  package var quantisations: Set<Snap> = []

  package static let all = NoteFilter()

  package init(lanes: Set<Lane> = [], kinds: Set<EntryKind> = [], quantisations: Set<Snap> = []) {
    self.lanes = lanes
    self.kinds = kinds
    self.quantisations = quantisations
  }

  package func matches(_ note: Note) -> Bool {
    (lanes.isEmpty || lanes.contains(note.lane))
      && (kinds.isEmpty || kinds.contains(EntryKind(note.kind)))
      && (quantisations.isEmpty || quantisations.contains(Snap.quantisation(of: note.row)))
  }
}

/// The kinds of notes without their ends: what the palette offers and a conversion names.
package enum EntryKind: String, Hashable, Sendable, CaseIterable {
  case tap, hold, roll, mine, lift, fake, keysound

  /// The kinds that a digit can put; keysounds are kept but not authored here.
  package static let palette: [EntryKind] = [.tap, .hold, .roll, .mine, .lift, .fake]

  package init(_ kind: Note.Kind) {
    switch kind {
    case .tap: self = .tap
    case .hold: self = .hold
    case .roll: self = .roll
    case .mine: self = .mine
    case .lift: self = .lift
    case .fake: self = .fake
    case .keysound: self = .keysound
    }
  }

  package var isLong: Bool { self == .hold || self == .roll }

  /// The kind with an end; a long kind without one is a tap.
  func kind(end: Row?) -> Note.Kind {
    switch self {
    case .tap: .tap
    case .hold: end.map { .hold(end: $0) } ?? .tap
    case .roll: end.map { .roll(end: $0) } ?? .tap
    case .mine: .mine
    case .lift: .lift
    case .fake: .fake
    case .keysound: .keysound
    }
  }
}

/// A hold whose head was put and whose tail is awaited.
package struct OpenHold: Hashable, Sendable {
  package var row: Row
  package var kind: EntryKind

  package init(row: Row, kind: EntryKind) {
    self.row = row
    self.kind = kind
  }
}

/// Notes taken out or copied, their rows counted from the start of the region they came from.
package struct Clipboard: Hashable, Sendable {
  package var notes: [Note] = []
  /// The length of the region, so that a rest at its end is copied too.
  package var rows = 0

  package init(notes: [Note] = [], rows: Int = 0) {
    self.notes = notes
    self.rows = rows
  }

  package var isEmpty: Bool { rows == 0 }
}

/// Rows jumped from, to go back to.
struct JumpList: Hashable, Sendable {
  private var rows: [Row] = []
  private var position = 0

  mutating func push(_ row: Row) {
    rows.removeSubrange(position...)
    if rows.last != row { rows.append(row) }
    position = rows.count
  }

  mutating func back(from row: Row) -> Row? {
    guard position > 0 else { return nil }
    if position == rows.count { rows.append(row) }
    position -= 1
    return rows[position]
  }

  mutating func forward() -> Row? {
    guard position + 1 < rows.count else { return nil }
    position += 1
    return rows[position]
  }
}
