import Chart

/// Keys to commands for each mode that has any, as a trie, and back again.
package struct Keymap: Sendable {
  /// What a key leads to.
  package indirect enum Node: Sendable {
    case command(Invocation)
    case prefix(name: String, [KeyEvent: Node])
  }

  package private(set) var roots: [Mode: [KeyEvent: Node]] = [:]
  private var keys: [Mode: [String: [[KeyEvent]]]] = [:]
  /// What is wrong with the tables or the author's own bindings, one line each.
  package private(set) var problems: [String] = []

  package init(preset: KeyPreset, overrides: [KeyOverride] = [], shiftedDigits: String = "!@#$%^&*()") {
    for binding in preset.bindings { bind(binding, shiftedDigits, replaces: false) }
    for override in overrides { apply(override, shiftedDigits) }
    sortKeys()
  }

  package func node(_ keys: [KeyEvent], in mode: Mode) -> Node? {
    guard let first = keys.first, var node = roots[mode]?[first] else { return nil }
    for key in keys.dropFirst() {
      guard case .prefix(_, let children) = node, let next = children[key] else { return nil }
      node = next
    }
    return node
  }

  /// The keys of a command line in a mode, shortest first.
  package func keys(for line: String, in mode: Mode) -> [[KeyEvent]] { keys[mode]?[line] ?? [] }

  /// The keys of a command in a mode whatever its arguments, shortest first.
  package func keys(forCommand name: String, in mode: Mode) -> [(keys: [KeyEvent], line: String)] {
    (keys[mode] ?? [:]).filter { $0.key == name || $0.key.hasPrefix(name + " ") }
      .flatMap { line, all in all.map { (keys: $0, line: line) } }
      .sorted {
        ($0.line, $0.keys.count, Keymap.text($0.keys)) < ($1.line, $1.keys.count, Keymap.text($1.keys))
      }
  }

  package static func text(_ keys: [KeyEvent]) -> String { keys.map(\.description).joined(separator: " ") }

  private mutating func apply(_ override: KeyOverride, _ shiftedDigits: String) {
    guard let keys = KeyEvent.sequence(override.keys) else {
      problems.append("“\(override.keys)” is not a key (write ctrl+s, alt+1, F5, j s)")
      return
    }
    guard let line = override.line else {
      unbind(keys, in: override.mode)
      return
    }
    guard let invocation = Invocation(line), let command = CommandTable.command(named: invocation.command)
    else {
      problems.append("\(override.keys): no command “\(line)”")
      return
    }
    guard command.modes.contains(override.mode) else {
      problems.append("\(override.keys): “\(command.name)” does nothing in \(override.mode.rawValue) mode")
      return
    }
    do throws(Refusal) {
      _ = try command.parse(invocation.arguments)
    } catch {
      problems.append("\(override.keys): \(error.reason)")
      return
    }
    bind(KeyBinding(override.mode, override.keys, line), shiftedDigits, replaces: true)
  }

  private mutating func bind(_ binding: KeyBinding, _ shiftedDigits: String, replaces: Bool) {
    guard let keys = KeyEvent.sequence(binding.keys), let invocation = Invocation(binding.line) else {
      problems.append("“\(binding.keys)” cannot be read")
      return
    }
    var spellings = [keys]
    if keys.count == 1, let typed = Keymap.character(of: keys[0], shiftedDigits) { spellings.append([typed]) }
    for (index, spelling) in spellings.enumerated() {
      if replaces || index > 0 { unbind(spelling, in: binding.mode) }
      if Keymap.insert(.command(invocation), at: spelling[...], into: &roots[binding.mode, default: [:]]) {
        self.keys[binding.mode, default: [:]][invocation.line, default: []].append(spelling)
      } else {
        problems.append("\(Keymap.text(spelling)) is bound twice in \(binding.mode.rawValue) mode")
      }
    }
  }

  /// What a shifted digit types on the author's keyboard, for terminals that send no modifiers with it.
  private static func character(of key: KeyEvent, _ shiftedDigits: String) -> KeyEvent? {
    guard case .character(let digit) = key.key, key.shift, !key.control, !key.alt,
      let value = digit.wholeNumberValue, shiftedDigits.count == 10
    else { return nil }
    let index = shiftedDigits.index(shiftedDigits.startIndex, offsetBy: (value + 9) % 10)
    return KeyEvent(.character(shiftedDigits[index]))
  }

  private mutating func unbind(_ keys: [KeyEvent], in mode: Mode) {
    Keymap.remove(keys[...], from: &roots[mode, default: [:]])
    self.keys[mode] = self.keys[mode, default: [:]].mapValues { $0.filter { !$0.starts(with: keys) } }
      .filter { !$0.value.isEmpty }
  }

  private mutating func sortKeys() {
    keys = keys.mapValues { $0.mapValues { $0.sorted { Keymap.rank($0) < Keymap.rank($1) } } }
  }

  /// Single plain keys come before chords, function keys and sequences.
  private static func rank(_ keys: [KeyEvent]) -> Int {
    keys.reduce(0) { sum, event in
      var cost = event.control || event.alt ? 2 : 1
      if case .function = event.key { cost += 2 }
      return sum + cost
    }
  }

  private static func insert(_ node: Node, at keys: ArraySlice<KeyEvent>, into level: inout [KeyEvent: Node])
    -> Bool
  {
    guard let first = keys.first else { return false }
    let rest = keys.dropFirst()
    if rest.isEmpty {
      guard level[first] == nil else { return false }
      level[first] = node
      return true
    }
    var name = PrefixName.name(of: first)
    var children: [KeyEvent: Node] = [:]
    switch level[first] {
    case .command: return false
    case .prefix(let known, let others): (name, children) = (known, others)
    case nil: break
    }
    guard insert(node, at: rest, into: &children) else { return false }
    level[first] = .prefix(name: name, children)
    return true
  }

  private static func remove(_ keys: ArraySlice<KeyEvent>, from level: inout [KeyEvent: Node]) {
    guard let first = keys.first else { return }
    let rest = keys.dropFirst()
    guard !rest.isEmpty, case .prefix(let name, var children)? = level[first] else {
      level[first] = nil
      return
    }
    remove(rest, from: &children)
    level[first] = children.isEmpty ? nil : .prefix(name: name, children)
  }
}

/// A key bound to a command line in a mode.
package struct KeyBinding: Hashable, Sendable {
  package let mode: Mode
  package let keys: String
  package let line: String

  init(_ mode: Mode, _ keys: String, _ line: String) {
    self.mode = mode
    self.keys = keys
    self.line = line
  }
}

/// The author's own binding, as a settings file gives it. Without a line the key is freed.
package struct KeyOverride: Hashable, Sendable {
  package var mode: Mode
  package var keys: String
  package var line: String?

  package init(mode: Mode, keys: String, line: String?) {
    self.mode = mode
    self.keys = keys
    self.line = line
  }
}

/// Keys pressed that mean nothing yet: the beginning of a sequence, or a count.
package struct PendingKeys: Hashable, Sendable {
  package var keys: [KeyEvent] = []
  package var count: Int?
  /// Whether digits count although they are bound to something else.
  package var isCounting = false

  package init() {}

  package var isEmpty: Bool { keys.isEmpty && count == nil && !isCounting }
}
