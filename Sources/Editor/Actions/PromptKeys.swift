import Chart

extension EditorState {
  mutating func pressPrompt(_ prompt: Prompt, _ event: KeyEvent) -> [Effect] {
    var prompt = prompt
    switch event.key {
    case .escape:
      overlay = nil
      return []
    case .enter:
      overlay = nil
      promptHistory.append(prompt.text)
      return run(line: prompt.text)
    case .tab where !prompt.isInsideOnlyFolder:
      prompt.complete(by: event.shift ? -1 : 1)
      overlay = .prompt(prompt)
      return []
    case .tab: break
    case .up: recall(&prompt, by: 1)
    case .down: recall(&prompt, by: -1)
    case .left: prompt.line.move(by: -1)
    case .right: prompt.line.move(by: 1)
    case .home: prompt.line.moveToStart()
    case .end: prompt.line.moveToEnd()
    case .backspace where prompt.text.isEmpty:
      overlay = nil
      return []
    case .backspace: prompt.line.erase(before: true)
    case .delete: prompt.line.erase(before: false)
    default:
      if let typed = event.typed, !typed.isNewline { prompt.line.insert(typed) }
      if event.control, event.key == .character("u") { prompt = Prompt() }
    }
    let effects = prompt.offer(in: sessionMode)
    overlay = .prompt(prompt)
    return effects
  }

  /// Text pasted into the terminal goes where text is typed, up to its first line's end; anywhere else it would be
  /// taken for keys, which nobody means.
  mutating func pasted(_ text: String) -> [Effect] {
    let line = text.prefix { !$0.isNewline }
    switch overlay {
    case .prompt(var prompt):
      for character in line where character.isTypable { prompt.line.insert(character) }
      let effects = prompt.offer(in: sessionMode)
      overlay = .prompt(prompt)
      return effects
    case .form(var form):
      form.edit { field in for character in line { field.type(character) } }
      overlay = .form(form)
    default:
      message = Message("pasted text is not taken for keys; after : it goes into the command line")
    }
    return []
  }

  /// The mode under the sheet.
  package var sessionMode: Mode {
    if sync != nil { return .sync }
    return review == nil ? .edit : .review
  }

  private func recall(_ prompt: inout Prompt, by step: Int) {
    let back = (prompt.recall ?? 0) + step
    guard back > 0 else {
      prompt = Prompt()
      return
    }
    guard back <= promptHistory.count else { return }
    prompt = Prompt(text: promptHistory[promptHistory.count - back])
    prompt.recall = back
  }
}

extension Prompt {
  /// Whether a folder was completed that nothing else begins like: what is in it comes next.
  var isInsideOnlyFolder: Bool {
    completions.count == 1 && chosen != nil && text.hasSuffix("/") && completions.first?.line == text
  }

  /// Looks anew how the line may go on. What of a path is there, others have to look up.
  mutating func offer(in mode: Mode) -> [Effect] {
    chosen = nil
    guard let path = CommandTable.path(in: text) else {
      completions = CommandTable.completions(of: text, in: mode)
      return []
    }
    completions = []
    return [.listPaths(path.query)]
  }

  mutating func complete(by step: Int) {
    guard !completions.isEmpty else { return }
    let first = step > 0 ? 0 : completions.count - 1
    let next = chosen.map { ($0 + step + completions.count) % completions.count } ?? first
    chosen = next
    line = TextLine(completions[next].line)
  }
}

extension CommandTable {
  /// How a line may go on: command names for its first word, what an argument may be for the others.
  package static func completions(of line: String, in mode: Mode) -> [Completion] {
    var words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let last = words.popLast() ?? ""
    guard let name = words.first else {
      let known = all.filter { $0.modes.contains(mode) }
      // A palette too: after the names that begin so, those that have it inside, then what is said of them.
      let begun = known.filter { $0.name.hasPrefix(last) }
      let inside = known.filter { !$0.name.hasPrefix(last) && $0.name.contains(last) }
      let said = known.filter { !$0.name.contains(last) && $0.doc.lowercased().contains(last.lowercased()) }
      return (begun + inside + (last.count > 2 ? said : []))
        .map { Completion(line: $0.arguments.isEmpty ? $0.name : $0.name + " ", word: $0.name, doc: $0.doc) }
    }
    guard let command = command(named: name) else { return [] }
    let before = words.joined(separator: " ") + " "
    return values(of: command, after: Array(words.dropFirst()))
      .filter { $0.word.hasPrefix(last) }
      .map { Completion(line: before + $0.word, word: $0.word, doc: $0.doc) }
  }

  private static func values(of command: Command, after words: [String]) -> [(word: String, doc: String)] {
    if command.name == "set" {
      guard let setting = words.first else { return Setting.all.map { ($0.name, $0.doc) } }
      return Setting.named(setting)?.values.map { ($0, "") } ?? []
    }
    guard words.count < command.arguments.count else { return [] }
    let spec = command.arguments[words.count]
    if case .choice(let values) = spec.kind { return values.map { ($0, "") } }
    return spec.usual.map { ($0, "") }
  }
}
