/// A colour of a theme: 24 bits, reduced to what the terminal has when it is drawn.
package struct RGB: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// How a cell is drawn. A missing colour is the terminal's own.
package struct Style: Hashable, Sendable {
  package var foreground: RGB?
  package var background: RGB?
  package var bold = false
  package var dim = false
  package var underline = false
  package var reverse = false

  package init(
    foreground: RGB? = nil, background: RGB? = nil, bold: Bool = false, dim: Bool = false,
    underline: Bool = false, reverse: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.dim = dim
    self.underline = underline
    self.reverse = reverse
  }
}
