/// A grid as text: for `learnitup render`, golden screens and bug reports.
extension Grid {
  /// The rows without trailing blanks, each ended by a line feed.
  package var text: String {
    var result = ""
    for y in 0..<size.height {
      var line = ""
      for cell in row(y) where cell.extent != .trailing { line += cell.glyph.string }
      while line.last == " " { line.removeLast() }
      result += line + "\n"
    }
    return result
  }

  /// The rows with ANSI colour and attribute sequences, reduced to what a terminal of that depth has.
  package func ansi(depth: ColorDepth = .direct) -> String {
    var result = ""
    for y in 0..<size.height {
      var current: Style?
      for cell in row(y) where cell.extent != .trailing {
        if cell.style != current {
          result += cell.style.escapeSequence(depth: depth)
          current = cell.style
        }
        result += cell.glyph.string
      }
      result += "\u{1B}[0m\n"
    }
    return result
  }
}

extension Style {
  /// Resets, then sets this style (ECMA-48 SGR).
  fileprivate func escapeSequence(depth: ColorDepth) -> String {
    var codes = ["0"]
    if attributes.contains(.bold) { codes.append("1") }
    if attributes.contains(.dim) { codes.append("2") }
    if attributes.contains(.underline) { codes.append("4") }
    if attributes.contains(.reverse) { codes.append("7") }
    if let foreground { codes += Style.codes(foreground, depth: depth, isBackground: false) }
    if let background { codes += Style.codes(background, depth: depth, isBackground: true) }
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }

  private static func codes(_ color: RGB, depth: ColorDepth, isBackground: Bool) -> [String] {
    let shift = isBackground ? 10 : 0
    switch depth {
    case .mono: return []
    case .direct: return ["\(38 + shift)", "2", "\(color.red)", "\(color.green)", "\(color.blue)"]
    case .cube: return ["\(38 + shift)", "5", "\(color.nearestInCube)"]
    case .sixteen, .eight:
      let index = color.nearestOfSixteen
      let isBright = index >= 8 && depth == .sixteen
      return ["\((isBright ? 90 : 30) + index % 8 + shift)"]
    }
  }
}
