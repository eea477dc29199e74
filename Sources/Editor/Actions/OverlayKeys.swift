import Chart

extension EditorState {
  /// A key for the sheet that is open.
  mutating func pressOverlay(_ overlay: Overlay, _ event: KeyEvent) -> [Effect] {
    switch overlay {
    case .prompt(let prompt): return pressPrompt(prompt, event)
    case .form(let form): return pressForm(form, event)
    case .charts(let list): return pressCharts(list, event)
    case .help(let page): return pressHelp(page, event)
    case .question(let question): return pressQuestion(question, event)
    }
  }

  private mutating func pressCharts(_ list: ChartList, _ event: KeyEvent) -> [Effect] {
    var list = list
    let count = document.charts.count
    switch event.key {
    case .down, .character("j"): list.selected = min(list.selected + 1, count - 1)
    case .up, .character("k"): list.selected = max(list.selected - 1, 0)
    case .home: list.selected = 0
    case .end: list.selected = count - 1
    case .enter:
      overlay = nil
      return run(line: "chart \(list.selected + 1)")
    case .character("n"):
      overlay = nil
      return run(line: "new-chart")
    case .escape, .character("q"):
      overlay = nil
      return []
    default: break
    }
    overlay = .charts(list)
    return []
  }

  private mutating func pressHelp(_ page: HelpPage, _ event: KeyEvent) -> [Effect] {
    var page = page
    if page.isSearching {
      guard search(&page, event) else { return [] }
    } else {
      switch event.key {
      case .down, .character("j"): page.firstLine += 1
      case .up, .character("k"): page.firstLine -= 1
      case .pageDown, .space: page.firstLine += 20
      case .pageUp: page.firstLine -= 20
      case .home: page.firstLine = 0
      case .end: page.firstLine = .max
      case .character("/"): page.isSearching = true
      default:
        overlay = nil
        return []
      }
    }
    let count = HelpText.lines(for: page.mode, keymap: keymap, containing: page.search).count
    page.firstLine = min(max(page.firstLine, 0), max(0, count - 1))
    overlay = .help(page)
    return []
  }

  /// A key typed into the search of the help. Returns false when it closed the page.
  private mutating func search(_ page: inout HelpPage, _ event: KeyEvent) -> Bool {
    switch event.key {
    case .enter, .down: page.isSearching = false
    case .escape where page.search.isEmpty:
      overlay = nil
      return false
    case .escape:
      page.search = ""
      page.isSearching = false
    case .backspace: page.search = String(page.search.dropLast())
    default: if let typed = event.typed, page.search.count < 40 { page.search.append(typed) }
    }
    page.firstLine = 0
    return true
  }

  private mutating func pressQuestion(_ question: Question, _ event: KeyEvent) -> [Effect] {
    let typed = event.typed.flatMap { $0.lowercased().first }
    let isKnown = question.answers.contains { $0.key == typed }
    guard isKnown || event.key == .escape else { return [] }
    overlay = nil
    switch (question.subject, typed) {
    case (.leaveUnsaved(let departure), "s"):
      let effects = leaveReview() + keepTempoAsAsked(makesChart: false)
      return effects + save(for: departure)
    case (.leaveUnsaved(let departure), "d"): return depart(for: departure)
    case (.deleteChart(let index), "y"): return deleteChart(index)
    case (.dropTempo, "k"): return keepTempoAsAsked()
    case (.dropTempo, "d"): return dropTempo(unasked: true)
    case (.dropReview, "d"): return dropReview(unasked: true)
    default: return []
    }
  }
}

extension EditorState {
  /// Keeps the tempo in answer to a question, for which no command is there to say what is against it.
  private mutating func keepTempoAsAsked(makesChart: Bool = true) -> [Effect] {
    do throws(Refusal) {
      return try keepTempo(makesChart: makesChart)
    } catch {
      message = Message(error.reason, weight: .warning)
      return []
    }
  }
}
