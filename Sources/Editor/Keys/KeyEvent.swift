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

  /// The same key in the one way that key tables know it: a shifted letter is a capital, Ctrl knows no capitals.
  package var normalized: KeyEvent {
    guard case .character(let character) = key else { return self }
    var event = self
    if character == " " { event.key = .space }
    guard character.isLetter else { return event }
    if control {
      event.key = .character(Character(character.lowercased().prefix(1).description))
    } else {
      if shift { event.key = .character(Character(character.uppercased().prefix(1).description)) }
      event.shift = false
    }
    return event
  }

  /// The character that the key types, when it types one.
  package var typed: Character? {
    if control || alt { return nil }
    switch key {
    case .character(let character): return character
    case .space: return " "
    default: return nil
    }
  }

  /// The digit on the key.
  var digit: Int? {
    guard case .character(let character) = key, character.isASCII, !control, !alt, !shift else { return nil }
    return character.wholeNumberValue
  }
}

// MARK: - Written form

extension KeyEvent: CustomStringConvertible {
  private static let names: [(name: String, key: Key)] = [
    ("space", .space), ("enter", .enter), ("tab", .tab), ("esc", .escape), ("backspace", .backspace),
    ("del", .delete), ("ins", .insert), ("up", .up), ("down", .down), ("left", .left), ("right", .right),
    ("home", .home), ("end", .end), ("pageup", .pageUp), ("pagedown", .pageDown), ("plus", .character("+")),
  ]

  /// Reads `ctrl+shift+up`, `alt+1`, `F5`, `a`, `A`, `esc`. The character `+` may be written `plus`.
  package init?(_ text: some StringProtocol) {
    var parts = String(text).split(separator: "+" as Character, omittingEmptySubsequences: false).map(
      String.init)
    if text == "+" { parts = ["+"] }
    guard let last = parts.popLast() else { return nil }
    self.init(.escape)
    for modifier in parts {
      switch modifier.lowercased() {
      case "ctrl": control = true
      case "alt": alt = true
      case "shift": shift = true
      default: return nil
      }
    }
    if last.count == 1, let character = last.first {
      key = .character(character)
    } else if let named = KeyEvent.names.first(where: { $0.name == last.lowercased() }) {
      key = named.key
    } else if last.uppercased().hasPrefix("F"), let number = Int(last.dropFirst()), (1...24).contains(number)
    {
      key = .function(number)
    } else {
      return nil
    }
    self = normalized
  }

  package var description: String {
    let modifiers = (control ? "ctrl+" : "") + (alt ? "alt+" : "") + (shift ? "shift+" : "")
    switch key {
    case .character(let character):
      return modifiers + (character == "+" && !modifiers.isEmpty ? "plus" : String(character))
    case .function(let number): return modifiers + "F\(number)"
    default: return modifiers + (KeyEvent.names.first { $0.key == key }?.name ?? "")
    }
  }

  /// Reads keys pressed one after another, written with spaces between: `j s`.
  package static func sequence(_ text: String) -> [KeyEvent]? {
    let words = text.split(separator: " ")
    let keys = words.compactMap { KeyEvent($0) }
    return keys.count == words.count && !keys.isEmpty ? keys : nil
  }
}
