import Chart
import Editor

/// The glyphs by which notes are told apart without any colour.
enum NoteShapes {
  /// The picture of a panel: an arrow, or a dot for types whose panels have no direction.
  static func arrow(of lane: Lane, in type: StepsType) -> Glyph {
    panels(of: type)[safe: lane.index]?.arrow ?? dot
  }

  /// The head of a hold, drawn with double lines.
  static func holdHead(of lane: Lane, in type: StepsType) -> Glyph {
    panels(of: type)[safe: lane.index]?.hold ?? Glyph("▣")
  }

  /// How the panel is coloured when lanes are.
  static func scope(of lane: Lane, in type: StepsType) -> Scope {
    if let panel = panels(of: type)[safe: lane.index] { return panel.scope }
    return [.panelUpper, .panelSide, .panelLower, .panelCentre][lane.index & 3]
  }

  /// The shape of a quantisation: 4th ◆, 8th ▲, 12th ●, 16th ■ and so on.
  static func quantisation(_ snap: Snap) -> (glyph: Glyph, scope: Scope) {
    switch snap.division {
    case 4: (Glyph("◆"), .quant4)
    case 8: (Glyph("▲"), .quant8)
    case 12: (Glyph("●"), .quant12)
    case 16: (Glyph("■"), .quant16)
    case 24: (Glyph("▼"), .quant24)
    case 32: (Glyph("★"), .quant32)
    case 48: (Glyph("○"), .quant48)
    case 64: (Glyph("◇"), .quant64)
    case 96: (Glyph("+"), .quant96)
    default: (Glyph("·"), .quant192)
    }
  }

  /// A ghost's glyph, by how sure the model is of it.
  static func ghost(_ probability: Double) -> Glyph {
    switch probability {
    case 0.75...: Glyph("◈")
    case 0.4..<0.75: Glyph("◇")
    default: Glyph("⋄")
    }
  }

  static let rollHead = Glyph("↯")
  static let mine = Glyph("✱")
  static let keysound = Glyph("♪")

  /// The vertical line of a hold's or roll's body.
  static func body(isRoll: Bool, isGhost: Bool) -> Glyph {
    switch (isRoll, isGhost) {
    case (false, false): Glyph("┃")
    case (true, false): Glyph("┇")
    case (false, true): Glyph("┊")
    case (true, true): Glyph("⁞")
    }
  }

  private struct Panel {
    let arrow: Glyph
    let hold: Glyph
    let scope: Scope
    init(_ arrow: Character, _ hold: Character, _ scope: Scope) {
      self.arrow = Glyph(arrow)
      self.hold = Glyph(hold)
      self.scope = scope
    }
  }

  private static let dot = Glyph("●")
  private static let downLeft = Panel("↙", "⇙", .panelLower)
  private static let upLeft = Panel("↖", "⇖", .panelUpper)
  private static let centre = Panel("■", "▣", .panelCentre)
  private static let upRight = Panel("↗", "⇗", .panelUpper)
  private static let downRight = Panel("↘", "⇘", .panelLower)
  private static let left = Panel("←", "⇐", .panelSide)
  private static let down = Panel("↓", "⇓", .panelLower)
  private static let up = Panel("↑", "⇑", .panelUpper)
  private static let right = Panel("→", "⇒", .panelSide)

  private static let pump = [downLeft, upLeft, centre, upRight, downRight]
  private static let dance = [left, down, up, right]
  private static let tables: [String: [Panel]] = [
    "pump-single": pump, "pump-double": pump + pump, "pump-couple": pump + pump, "pump-routine": pump + pump,
    "pump-halfdouble": [centre, upRight, downRight, downLeft, upLeft, centre],
    "dance-single": dance, "dance-double": dance + dance, "dance-couple": dance + dance,
    "dance-routine": dance + dance, "dance-threepanel": [left, down, right],
    "dance-solo": [left, upLeft, down, up, upRight, right],
  ]

  private static func panels(of type: StepsType) -> [Panel] { tables[type.name] ?? [] }
}

extension Array {
  /// The element at an index, or nil outside the array.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
