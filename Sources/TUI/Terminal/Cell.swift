/// One character cell of the screen. A glyph of two columns stands in the first of its cells; the second is
/// `trailing` and has no glyph of its own.
package struct Cell: Hashable, Sendable {
  package enum Extent: UInt8, Sendable { case single, leading, trailing }

  package var glyph: Glyph
  package var style: Style
  package var extent: Extent

  package init(_ glyph: Glyph = .space, style: Style = Style(), extent: Extent = .single) {
    self.glyph = glyph
    self.style = style
    self.extent = extent
  }
}
