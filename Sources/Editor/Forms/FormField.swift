import Chart

/// One value of a form.
package struct FormField: Hashable, Sendable {
  package enum Name: Hashable, Sendable {
    case chart(ChartProperty)
    case song(SongTag)
  }

  package enum Kind: Hashable, Sendable {
    /// One of some texts, taken with left and right.
    case choice([String])
    /// A chart's level, from 1 to 99.
    case level
    case text
    /// A file in the song's folder.
    case file
    case seconds
    case number
    /// What the game shows as the tempo: a number, two with a `:` between, or `*`.
    case shownTempo
  }

  package let name: Name
  package let title: String
  package let kind: Kind
  package private(set) var line: TextLine
  /// What the song says.
  let original: String
  /// Whether the next digit begins a level anew: it does after the field was gone to.
  var isFresh = true

  init(_ name: Name, _ title: String, _ kind: Kind, _ text: String) {
    self.name = name
    self.title = title
    original = text
    line = TextLine(text)
    // What no list foresees is kept until it is changed.
    if case .choice(let words) = kind, !words.contains(text) {
      self.kind = .choice([text] + words)
    } else {
      self.kind = kind
    }
  }

  package var isChoice: Bool { if case .choice = kind { true } else { false } }
  /// Whether left and right change the value.
  var isStepped: Bool { isChoice || kind == .level }
  var isChanged: Bool { line.text != original }

  /// The text without blanks at its ends, which files do not keep.
  private var trimmed: String {
    guard let first = line.text.firstIndex(where: { !$0.isWhitespace }),
      let last = line.text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(line.text[first...last])
  }
}

// MARK: - Filling in

extension FormField {
  private static let levels = 1...99
  /// Longer than any title, and short enough for any file.
  private static let mostCharacters = 400

  mutating func type(_ character: Character) {
    switch kind {
    case .choice(let words): if character == " " { choose(by: 1, of: words) }
    case .level: typeDigit(character)
    case .text, .file, .seconds, .number, .shownTempo:
      guard line.text.count < FormField.mostCharacters, character.isTypable else { return }
      line.insert(character)
    }
  }

  private mutating func typeDigit(_ character: Character) {
    guard character.isASCII, character.isNumber else { return }
    if isFresh { line = TextLine() }
    if line.text.count < 2 { line.insert(character) }
    isFresh = false
  }

  mutating func erase(before: Bool) {
    isFresh = false
    if !isChoice { line.erase(before: before) }
  }

  mutating func clear() {
    isFresh = false
    if !isChoice { line = TextLine() }
  }

  /// Left and right: another choice, another level, or another place in the text.
  mutating func step(by step: Int) {
    switch kind {
    case .choice(let words): choose(by: step, of: words)
    case .level:
      let level = (Int(line.text) ?? FormField.levels.lowerBound) + step
      line = TextLine(String(min(max(level, FormField.levels.lowerBound), FormField.levels.upperBound)))
    case .text, .file, .seconds, .number, .shownTempo: line.move(by: step)
    }
  }

  mutating func moveToStart() { if !isChoice { line.moveToStart() } }
  mutating func moveToEnd() { if !isChoice { line.moveToEnd() } }

  private mutating func choose(by step: Int, of words: [String]) {
    let index = words.firstIndex(of: line.text) ?? 0
    line = TextLine(words[(index + step + words.count) % words.count])
  }
}

extension Character {
  /// Whether it may stand in a line of text: nothing that would steer a terminal.
  var isTypable: Bool {
    !isNewline
      && unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && $0.value != 0x7F }
  }
}

// MARK: - What may be kept

extension FormField {
  /// The value as a file has it, or why it cannot be kept. Emptied, a tag says nothing, which most may.
  func value() throws(FormRefusal) -> String {
    let text = trimmed
    if text.isEmpty, kind != .level { return "" }
    switch kind {
    case .choice, .text: return text
    case .level:
      guard let level = Int(text), FormField.levels.contains(level) else {
        throw refusal("a whole number from 1 to 99")
      }
      return String(level)
    case .file:
      guard text.staysInFolder else {
        throw refusal("a file in the song's folder, by its name")
      }
      return text
    case .seconds:
      guard let value = FormField.seconds(text) else { throw refusal("seconds, as 62.5, or 1:02.5") }
      return value
    case .number:
      guard FormField.isNumber(text) else { throw refusal("a number that is not below 0") }
      return text
    case .shownTempo:
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard text == "*" || (parts.count <= 2 && parts.allSatisfy(FormField.isNumber)) else {
        throw refusal("a BPM as 150, a range as 90:180, or * to hide it")
      }
      return text
    }
  }

  private func refusal(_ wanted: String) -> FormRefusal {
    FormRefusal(field: name, reason: "\(title): \(wanted)")
  }

  private static func isNumber(_ text: some StringProtocol) -> Bool {
    guard let value = Double(text), value >= 0, value < Seconds.furthest else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
  }

  /// Seconds as they were typed, minutes turned into them.
  private static func seconds(_ text: String) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.allSatisfy(isNumber) else { return nil }
    if parts.count == 1 { return text }
    guard parts.count == 2, let minutes = Int(parts[0]), let rest = Double(parts[1]), rest < 60 else {
      return nil
    }
    return DecimalText.fixed(Double(minutes * 60) + rest, decimals: 3)
  }
}
