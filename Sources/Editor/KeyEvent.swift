/// A key as the author pressed it, free of any terminal's encoding.
package struct KeyEvent: Hashable, Sendable {
  /// The key itself.
  package enum Key: Hashable, Sendable {
    case character(Character)
    case function(Int)
    case enter, tab, escape, space, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
  }

  package var key: Key
  package var control: Bool
  package var alt: Bool
  package var shift: Bool

  package init(_ key: Key, control: Bool = false, alt: Bool = false, shift: Bool = false) {
    self.key = key
    self.control = control
    self.alt = alt
    self.shift = shift
  }
}
