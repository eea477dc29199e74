/// Notes as the cells that stand for them in a file, layer by layer.
struct CellLayers {
  struct PlacedCell: Hashable, Comparable {
    var row: Row
    var lane: Int
    var cell: NoteCell

    static func < (lhs: PlacedCell, rhs: PlacedCell) -> Bool {
      lhs.row != rhs.row ? lhs.row < rhs.row : lhs.lane < rhs.lane
    }
  }

  /// One layer for each player of layered note data, else a single one; each sorted by row and lane.
  private(set) var layers: [[PlacedCell]] = [[]]

  /// Notes before beat 0 or beyond the lanes have no place in a file and are left out.
  init(_ notes: NoteList, lanes: Int, isLayered: Bool) {
    for note in notes where note.row >= .zero && note.lane.index < lanes {
      var modifiers = note.modifiers
      let layer = isLayered ? min(max(modifiers.player ?? 0, 0), 15) : 0
      if isLayered || !note.canSayPlayer { modifiers.player = nil }
      while layers.count <= layer { layers.append([]) }
      let head = NoteCell(symbol: note.kind.symbol, modifiers: modifiers)
      layers[layer].append(PlacedCell(row: note.row, lane: note.lane.index, cell: head))
      if let end = note.end {
        modifiers.keysound = nil
        modifiers.player = nil
        let tail = NoteCell(symbol: .tail, modifiers: modifiers)
        layers[layer].append(PlacedCell(row: end, lane: note.lane.index, cell: tail))
      }
    }
    for layer in layers.indices { layers[layer].sort() }
  }

  /// Whether a new file needs a layer for each player: in a routine chart whose every note has one.
  static func needsLayers(_ chart: StepChart) -> Bool {
    chart.header.stepsType.name.hasSuffix("-routine") && !chart.notes.isEmpty
      && chart.notes.allSatisfy { $0.modifiers.player != nil }
  }
}

extension Note {
  /// Whether a letter tells the note's player where layers do not: only taps and holds of three players have one.
  /// The fourth player's are plain.
  var canSayPlayer: Bool {
    switch kind {
    case .tap, .hold: (0..<3).contains(modifiers.player ?? 0)
    case .roll, .mine, .lift, .fake, .keysound: modifiers.player == nil
    }
  }
}

extension Note.Kind {
  /// The letter of the kind's head.
  fileprivate var symbol: NoteCell.Symbol {
    switch self {
    case .tap: .tap
    case .hold: .holdHead
    case .roll: .rollHead
    case .mine: .mine
    case .lift: .lift
    case .fake: .fake
    case .keysound: .keysound
    }
  }
}
