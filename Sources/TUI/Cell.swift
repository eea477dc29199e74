/// One character cell of the screen: a grapheme of one or two columns and how it is drawn.
package struct Cell: Hashable, Sendable {
  package var text: Character
  package var style: Style

  package init(_ text: Character = " ", style: Style = Style()) {
    self.text = text
    self.style = style
  }
}
