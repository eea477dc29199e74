/// What one cell shows: a printable Unicode scalar and at most two combining marks.
///
/// The only way into a `Grid`. Nothing that could steer a terminal can be expressed: controls, escapes and
/// direction overrides become visible stand-ins, whatever file the text came from.
package struct Glyph: Hashable, Sendable {
  package private(set) var base: UInt32
  /// Combining marks, 0 where there is none. More than two on one character are dropped.
  package private(set) var marks: (UInt32, UInt32)

  package static let space = Glyph(base: 0x20)
  package static let replacement = Glyph(base: 0xFFFD)

  private init(base: UInt32) {
    self.base = base
    marks = (0, 0)
  }

  /// The glyph for a scalar that starts a cell, or nil for one that only shapes its neighbours (a joiner or a
  /// variation selector), which has no cell of its own.
  package init?(scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20..<0x7F: self.init(base: scalar.value)
    case 0..<0x20: self.init(base: 0x2400 + scalar.value)
    case 0x7F: self.init(base: 0x2421)
    case 0x200C, 0x200D, 0xFE00...0xFE0F, 0xE0100...0xE01EF: return nil
    default: self.init(base: Glyph.isPrintable(scalar) ? scalar.value : 0xFFFD)
    }
  }

  /// The first scalar of a character that a program wrote itself: `Glyph("▐")`.
  package init(_ character: Character) {
    self = character.unicodeScalars.first.flatMap { Glyph(scalar: $0) } ?? .replacement
  }

  /// Adds a combining mark.
  package mutating func combine(_ mark: Unicode.Scalar) {
    if marks.0 == 0 { marks.0 = mark.value } else if marks.1 == 0 { marks.1 = mark.value }
  }

  /// Columns that the glyph takes: 1 or 2.
  package var width: Int { WideCharacters.contains(base) ? 2 : 1 }

  package var string: String {
    var scalars = String.UnicodeScalarView()
    for value in [base, marks.0, marks.1] where value != 0 {
      scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    return String(scalars)
  }

  /// Whether a scalar is drawn onto the one before it.
  package static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x300 { return false }
    if (0x1160...0x11FF).contains(scalar.value) { return true }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return true
    default: return false
    }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }

  package static func == (lhs: Glyph, rhs: Glyph) -> Bool {
    lhs.base == rhs.base && lhs.marks == rhs.marks
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(base)
    hasher.combine(marks.0)
    hasher.combine(marks.1)
  }
}

extension String {
  /// The text as cells show it, with the columns of each glyph.
  var glyphs: [Glyph] {
    var result: [Glyph] = []
    result.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      if Glyph.isCombining(scalar) {
        if result.isEmpty { result.append(.space) }
        result[result.count - 1].combine(scalar)
      } else if let glyph = Glyph(scalar: scalar) {
        result.append(glyph)
      }
    }
    return result
  }

  /// Columns that the text takes on a screen.
  package var columns: Int {
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : glyphs.reduce(0) { $0 + $1.width }
  }

  /// As much of the text as fits, with an ellipsis where something had to go.
  package func clipped(to width: Int) -> String {
    guard columns > width else { return self }
    guard width > 0 else { return "" }
    var used = 1
    var kept = ""
    for glyph in glyphs {
      used += glyph.width
      if used > width { break }
      kept += glyph.string
    }
    return kept + "…"
  }

  /// The text in lines of a width, broken between words. What does not fit goes from the middle, for a message begins
  /// with what happened and ends with the way out.
  package func wrapped(to width: Int, lines limit: Int) -> [String] {
    guard width > 0, limit > 0 else { return [] }
    let words = split(separator: " ").map(String.init)
    let lines = String.filled(words, width)
    guard lines.count > limit else { return lines.isEmpty ? [""] : lines.map { $0.clipped(to: width) } }
    // One line for both begins with half of it.
    let tail = String.tail(of: words, in: limit == 1 ? max(1, width / 2) : width)
    if limit == 1 { return [clipped(to: max(1, width - tail.columns + 1)).dropEllipsis + tail] }
    return lines.prefix(limit - 1).map { $0.clipped(to: width) } + [tail]
  }

  private var dropEllipsis: String { hasSuffix("…") ? String(dropLast()) : self }

  /// The last words that fit after an ellipsis, or the end of the last where that alone does not.
  private static func tail(of words: [String], in width: Int) -> String {
    var end: [String] = []
    for word in words.reversed() {
      guard (["…", word] + end).joined(separator: " ").columns <= width else { break }
      end.insert(word, at: 0)
    }
    return end.isEmpty
      ? "…" + (words.last?.ending(in: width - 1) ?? "") : (["…"] + end).joined(separator: " ")
  }

  /// As much of the end of the text as fits.
  private func ending(in width: Int) -> String {
    var used = 0
    return glyphs.reversed().prefix { glyph in
      used += glyph.width
      return used <= width
    }.reversed().map(\.string).joined()
  }

  /// Words put one after another into lines of a width.
  private static func filled(_ words: [String], _ width: Int) -> [String] {
    var lines: [String] = []
    for word in words {
      if let last = lines.last, last.columns + 1 + word.columns <= width {
        lines[lines.count - 1] = last + " " + word
      } else if word.columns > width {
        // A path that fits no line is broken where the line ends, so that its end is seen too.
        lines = broken((lines.popLast().map { $0 + " " } ?? "") + word, width, after: lines)
      } else {
        lines.append(word)
      }
    }
    return lines
  }

  private static func broken(_ text: String, _ width: Int, after lines: [String]) -> [String] {
    var lines = lines + [""]
    for glyph in text.glyphs {
      let last = lines[lines.count - 1]
      if last.columns + glyph.width > width, !last.isEmpty {
        lines.append(glyph.string)
      } else {
        lines[lines.count - 1] = last + glyph.string
      }
    }
    return lines
  }
}
