import Chart

/// Something that the editor can do, by a name that keys, the command line, help and the manual share.
package struct Command: Sendable {
  package typealias Body = @Sendable (inout EditorState, CommandInput) throws(Refusal) -> [Effect]

  /// The kinds of commands, as help groups them.
  package enum Family: String, Hashable, Sendable, CaseIterable {
    case movement, notes, selection, clipboard, transforms, history, suggestion, review, timing, sync
    case playback, charts, file, view
  }

  package let name: String
  package let family: Family
  /// One line, without a full stop.
  package let doc: String
  /// A word or two for the bottom line.
  package let label: String
  package let arguments: [ArgumentSpec]
  package let modes: Set<Mode>
  /// Whether `.` does it again.
  package let isRepeatable: Bool
  let body: Body

  init(
    _ name: String, _ family: Family, _ doc: String, label: String? = nil, arguments: [ArgumentSpec] = [],
    in modes: Set<Mode> = [.edit], isRepeatable: Bool = false, _ body: @escaping Body
  ) {
    self.name = name
    self.family = family
    self.doc = doc
    self.label = label ?? name.replacing("-", with: " ")
    self.arguments = arguments
    self.modes = modes
    self.isRepeatable = isRepeatable
    self.body = body
  }

  /// The name with its arguments, as help shows it.
  package var usage: String {
    ([name] + arguments.map { $0.isOptional ? "[\($0.name)]" : $0.name }).joined(separator: " ")
  }
}

/// What may stand after a command's name.
package struct ArgumentSpec: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case choice([String])
    case word
    /// All the rest of the line.
    case text
    /// The same, as the path of a file.
    case path(PathPurpose)

    var takesRest: Bool {
      switch self {
      case .text, .path: true
      case .integer, .number, .choice, .word: false
      }
    }
  }

  package let name: String
  package let kind: Kind
  package let isOptional: Bool
  /// What is offered to complete the argument, where its kind does not tell.
  let usual: [String]

  init(_ name: String, _ kind: Kind, optional: Bool = false, usual: [String] = []) {
    self.name = name
    self.kind = kind
    isOptional = optional
    self.usual = usual
  }

  /// Parts of a measure: any number, the usual ones offered.
  static func snap(optional: Bool = false) -> ArgumentSpec {
    ArgumentSpec(
      "parts", .integer(Snap.divisions), optional: optional, usual: Snap.all.map { String($0.division) })
  }
}

/// A command called with arguments that fit it.
package struct CommandInput: Hashable, Sendable {
  enum Value: Hashable, Sendable {
    case integer(Int)
    case number(Double)
    case text(String)
  }

  /// How often, as typed before the key; nil when nothing was typed.
  var count: Int?
  var values: [Value] = []
  var moment = Moment()

  /// How often to do it, at least once.
  var times: Int { max(1, count ?? 1) }

  func integer(_ index: Int = 0) -> Int? {
    if case .integer(let value)? = value(index) { value } else { nil }
  }

  func number(_ index: Int = 0) -> Double? {
    if case .number(let value)? = value(index) { value } else { nil }
  }

  func text(_ index: Int = 0) -> String? {
    if case .text(let value)? = value(index) { value } else { nil }
  }

  private func value(_ index: Int) -> Value? { index < values.count ? values[index] : nil }
}

/// A command's name with its arguments as written: what a key is bound to.
package struct Invocation: Hashable, Sendable {
  package var command: String
  package var arguments: [String]

  package init(command: String, arguments: [String] = []) {
    self.command = command
    self.arguments = arguments
  }

  /// Reads `name argument…`; nil for an empty line. Of blanks in a row one parts two words; the others stand before
  /// the second as empty words, for a path may have them.
  package init?(_ line: String) {
    let text = line.drop { $0 == " " }
    guard let last = text.lastIndex(where: { $0 != " " }) else { return nil }
    let words = text[...last].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    self.init(command: words[0], arguments: Array(words.dropFirst()))
  }

  package var line: String { ([command] + arguments).joined(separator: " ") }
}

extension Command {
  /// The arguments as values, or what is wrong with them.
  func parse(_ words: [String]) throws(Refusal) -> [CommandInput.Value] {
    var values: [CommandInput.Value] = []
    var rest = words[...]
    for spec in arguments {
      rest = rest.drop(while: \.isEmpty)
      if spec.kind.takesRest {
        if rest.isEmpty, !spec.isOptional { throw Refusal("\(name): \(spec.name) is missing (\(usage))") }
        if !rest.isEmpty { values.append(.text(rest.joined(separator: " "))) }
        return values
      }
      guard let word = rest.popFirst() else {
        if spec.isOptional { return values }
        throw Refusal("\(name): \(spec.name) is missing (\(usage))")
      }
      values.append(try parse(word, as: spec))
    }
    if let extra = rest.first(where: { !$0.isEmpty }) {
      throw Refusal("\(name): “\(extra)” is too much (\(usage))")
    }
    return values
  }

  private func parse(_ word: String, as spec: ArgumentSpec) throws(Refusal) -> CommandInput.Value {
    switch spec.kind {
    case .integer(let range):
      guard let value = Int(word), range.contains(value) else {
        throw Refusal(
          "\(name): \(spec.name) is a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return .integer(value)
    case .number(let range):
      guard let value = Double(word), range.contains(value) else {
        throw Refusal("\(name): \(spec.name) is a number from \(range.lowerBound) to \(range.upperBound)")
      }
      return .number(value)
    case .choice(let words):
      let word = word.lowercased()
      let fits = words.contains(word) ? [word] : words.filter { $0.hasPrefix(word) }
      guard fits.count == 1 else {
        throw Refusal("\(name): \(spec.name) is one of \(words.joined(separator: ", "))")
      }
      return .text(fits[0])
    case .word, .text, .path:
      return .text(word)
    }
  }
}
