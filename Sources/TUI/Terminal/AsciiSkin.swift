/// Stand-ins from ASCII for terminals whose locale or font has nothing better. Each takes as many columns as what
/// it replaces and keeps apart what the original keeps apart.
package enum AsciiSkin {
  /// The stand-in for a glyph: itself when it is ASCII, `?` when nothing better is known.
  package static func replacement(for glyph: Glyph) -> Glyph {
    if glyph.base < 0x80 { return glyph }
    return table[glyph.base] ?? unknown
  }

  private static let unknown = Glyph("?")

  private static let table: [UInt32: Glyph] = {
    var table: [UInt32: Glyph] = [:]
    for (originals, stand) in pairs {
      for scalar in originals.unicodeScalars { table[scalar.value] = Glyph(stand) }
    }
    return table
  }()

  private static let pairs: [(String, Character)] = [
    // Lines and frames
    ("─━╌┄┈╴╶═╍", "-"), ("│┃┊┆╎║╽╿▏▕‖", "|"), ("¦", ":"), ("┇┋⁞", ":"), ("╹╨╻╥", "'"),
    ("┌┐└┘├┤┬┴┼╭╮╯╰╪╫╬┏┓┗┛┣┫┠┨╞╡┝┥╟╢", "+"),
    // Arrows of the lanes; holds and rolls have heads of their own
    ("↙", "/"), ("↖", "\\"), ("↗", "/"), ("↘", "\\"), ("←◀◁◂◃⇐", "<"), ("→▶▷▸▹⇒", ">"), ("↑▴⇑", "^"),
    ("↓▾⇓", "v"),
    ("■●", "O"), ("⇙⇗", "/"), ("⇖⇘", "\\"), ("▣", "O"), ("↯", "%"),
    // Shapes of quantisation and confidence
    ("◆", "4"), ("▲", "8"), ("▼", "3"), ("★", "2"), ("○", "6"), ("·", "."), ("◈", "@"), ("◇", "o"),
    ("⋄", ","),
    // Bars
    ("█▇▆▉▊", "#"), ("▅▄▌▋▐", "="), ("▃▂▍▎", "-"), ("▁", "_"), ("▀▔", "\""),
    ("▘▝▖▗▚▞▛▜▙▟", "#"), ("░", "."), ("▒", ":"), ("▓", "%"),
    // Signs
    ("✱", "*"), ("♪♩♫", "#"), ("…", "."), ("×", "x"), ("÷", "/"), ("±", "~"), ("−–", "-"), ("∓", "~"),
    ("‹⟨", "<"), ("›⟩", ">"), ("«", "{"), ("»", "}"), ("✓", "y"), ("✗", "x"), ("⏎", "<"), ("␣", "_"),
    ("⌫", "<"), ("¶", "P"),
    ("“”", "\""), ("‘’", "'"), ("½", "h"), ("°", "o"), ("⚠", "!"), ("∆", "d"),
  ]
}

extension Grid {
  /// The same grid in ASCII alone.
  package var inASCII: Grid {
    var result = self
    for y in 0..<size.height {
      for x in 0..<size.width where self[x, y].extent != .trailing {
        let cell = self[x, y]
        let stand = AsciiSkin.replacement(for: cell.glyph)
        if stand == cell.glyph { continue }
        result.put(stand, x: x, y: y, style: cell.style)
        if cell.extent == .leading { result.put(stand, x: x + 1, y: y, style: cell.style) }
      }
    }
    return result
  }
}
