/// A line of text that is typed, with the place of the next character in it.
package struct TextLine: Hashable, Sendable {
  package private(set) var text: String
  /// In characters from the start.
  package private(set) var cursor: Int

  package init(_ text: String = "") {
    self.text = text
    cursor = text.count
  }

  mutating func insert(_ character: Character) {
    text.insert(character, at: text.index(text.startIndex, offsetBy: cursor))
    // It may have joined the one before it, as an accent does.
    cursor = min(cursor + 1, text.count)
  }

  mutating func erase(before: Bool) {
    let position = before ? cursor - 1 : cursor
    guard position >= 0, position < text.count else { return }
    text.remove(at: text.index(text.startIndex, offsetBy: position))
    cursor = position
  }

  mutating func move(by step: Int) { cursor = min(max(cursor + step, 0), text.count) }
  mutating func moveToStart() { cursor = 0 }
  mutating func moveToEnd() { cursor = text.count }
}
