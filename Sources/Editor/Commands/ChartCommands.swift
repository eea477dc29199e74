import Chart

extension CommandTable {
  static let chartCommands: [Command] = [
    Command(
      "new-chart", .charts, "Make a new chart; without a type, by a form",
      arguments: [
        ArgumentSpec("type", .choice(StepsType.authored.map(\.name)), optional: true),
        ArgumentSpec("level", .integer(1...99), optional: true),
        ArgumentSpec("description", .text, optional: true),
      ]
    ) { state, input throws(Refusal) in
      guard let type = input.text() else {
        state.openChartForm()
        return []
      }
      return state.addChart(
        ChartHeader(
          stepsType: StepsType(type), description: input.text(2) ?? "", meter: input.integer(1) ?? 10))
    },
    Command("chart-properties", .charts, "Change level, difficulty, description and author of the chart") {
      state, _ throws(Refusal) in
      let index = try state.shownChart()
      state.overlay = .form(.chart(index, state.document.charts[index].header))
      return []
    },
    Command("charts", .charts, "List the charts to choose one") { state, _ throws(Refusal) in
      state.overlay = .charts(ChartList(selected: try state.shownChart()))
      return []
    },
    Command("next-chart", .charts, "Show the next chart") { state, _ throws(Refusal) in
      try state.showChart(try state.shownChart() + 1)
    },
    Command("previous-chart", .charts, "Show the chart before") { state, _ throws(Refusal) in
      try state.showChart(try state.shownChart() - 1)
    },
    Command(
      "chart", .charts, "Show a chart by its number", arguments: [ArgumentSpec("number", .integer(1...999))]
    ) {
      state, input throws(Refusal) in
      guard let number = input.integer(), number <= state.document.charts.count else {
        throw Refusal("the song has \(state.document.charts.count) charts")
      }
      return try state.showChart(number - 1)
    },
    Command("duplicate-chart", .charts, "Make a copy of the chart and show it") { state, _ throws(Refusal) in
      let index = try state.shownChart()
      return state.commit("duplicate chart", [.insertChart(index: index + 1, state.document.charts[index])])
    },
    Command("delete-chart", .charts, "Delete the chart") { state, _ throws(Refusal) in
      let index = try state.shownChart()
      state.overlay = .question(.deleteChart(index, of: state.document))
      return []
    },
  ]
}

extension EditorState {
  /// Asks for what a new chart is to be.
  mutating func openChartForm() {
    overlay = .form(
      .newChart(
        like: ChartHeader(stepsType: chart?.header.stepsType ?? .pumpSingle, meter: level ?? 10)))
  }

  /// A new chart at the end of the list. Pump charts get their own timing, as the game's packs have it.
  mutating func addChart(_ header: ChartHeader) -> [Effect] {
    let chart = StepChart(header: header, timing: header.stepsType.isPump ? document.timing : nil)
    let effects = commit("new chart", [.insertChart(index: document.charts.count, chart)])
    selection = nil
    return cancelRequest() + effects
  }

  /// Shows a chart, round the ends of the list.
  mutating func showChart(_ number: Int) throws(Refusal) -> [Effect] {
    let count = document.charts.count
    guard count > 0 else { throw Refusal("the song has no chart yet") }
    let next = ((number % count) + count) % count
    guard next != chartIndex else {
      if count == 1 { throw Refusal("the song has one chart only") }
      return []
    }
    chartIndex = next
    selection = nil
    regionAnchor = nil
    openHolds.removeAll()
    contentChanged()
    return cancelRequest()
  }

  /// Deletes a chart after the author said so.
  mutating func deleteChart(_ index: Int) -> [Effect] {
    guard document.charts.indices.contains(index) else { return [] }
    return cancelRequest() + commit("delete chart", [.removeChart(index: index, document.charts[index])])
  }
}

extension Question {
  static func deleteChart(_ index: Int, of song: Simfile) -> Question {
    let header = song.charts[index].header
    return Question(
      subject: .deleteChart(index),
      text: "Delete \(header.stepsType.name) \(header.meter) (it can be undone)?",
      answers: [Answer(key: "y", label: "delete"), Answer(key: "n", label: "keep")])
  }

  static func leaveUnsaved(for departure: Departure) -> Question {
    Question(
      subject: .leaveUnsaved(departure), text: "The song has changes that are not saved.",
      answers: [
        Answer(key: "s", label: departure == .quit ? "save and quit" : "save and open"),
        Answer(key: "d", label: "drop the changes"), Answer(key: "n", label: "go on editing"),
      ])
  }

  static let dropTempo = Question(
    subject: .dropTempo, text: "The tempo was changed.",
    answers: [
      Answer(key: "k", label: "keep it"), Answer(key: "d", label: "drop the changes"),
      Answer(key: "n", label: "go on"),
    ])

  static let dropReview = Question(
    subject: .dropReview, text: "Drop what was taken and typed here?",
    answers: [Answer(key: "d", label: "drop it"), Answer(key: "n", label: "go on")])
}
