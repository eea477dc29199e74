import Chart

/// The line typed after `:`, or a question that wants a text for an answer.
package struct Prompt: Hashable, Sendable {
  package var text: String
  /// Where the next character goes, in characters from the start.
  package var cursor: Int
  /// What the text may become, for the last word typed.
  package var completions: [Completion] = []
  /// The completion last put in by Tab.
  package var chosen: Int?
  /// How far back in the lines typed before.
  var recall: Int?

  package init(text: String = "") {
    self.text = text
    cursor = text.count
  }
}

/// One way a command line may go on.
package struct Completion: Hashable, Sendable {
  /// The whole line with the completion in it.
  package var line: String
  /// The word completed.
  package var word: String
  package var doc: String
}

/// A form for a new chart, or for what an existing one says of itself.
package struct ChartForm: Hashable, Sendable {
  package enum Field: Int, Hashable, Sendable, CaseIterable {
    case stepsType, level, difficulty, description
    package var title: String {
      switch self {
      case .stepsType: "steps type"
      case .level: "level"
      case .difficulty: "difficulty"
      case .description: "description"
      }
    }
  }

  /// The chart described; nil for a new one.
  package var chartIndex: Int?
  package var stepsType: StepsType
  package var level: String
  package var difficulty: Difficulty
  package var text: String
  package var field: Field
  /// Whether the next digit begins the level anew: it does after the field was gone to.
  var isFresh = true

  package init(
    chartIndex: Int? = nil, stepsType: StepsType = .pumpSingle, level: String = "10",
    difficulty: Difficulty = .edit, text: String = ""
  ) {
    self.chartIndex = chartIndex
    self.stepsType = stepsType
    self.level = level
    self.difficulty = difficulty
    self.text = text
    // The steps type of an existing chart cannot be changed.
    field = chartIndex == nil ? .stepsType : .level
  }

  /// What a field shows.
  package func value(of field: Field) -> String {
    switch field {
    case .stepsType: stepsType.name
    case .level: level
    case .difficulty: difficulty.rawValue
    case .description: text
    }
  }
}

/// The charts of the song to choose from.
package struct ChartList: Hashable, Sendable {
  package var selected: Int
  package init(selected: Int) { self.selected = selected }
}

/// Pages of help made from the command table, for the mode that was left.
package struct HelpPage: Hashable, Sendable {
  package var mode: Mode
  package var firstLine = 0
  /// Only what contains this text is shown.
  package var search = ""
  /// Whether keys are typed into `search`.
  package var isSearching = false
  package init(mode: Mode) { self.mode = mode }
}

/// Something that has to be answered before anything else.
package struct Question: Hashable, Sendable {
  package enum Subject: Hashable, Sendable { case quitUnsaved, deleteChart(Int), dropTempo, dropReview }
  package var subject: Subject
  package var text: String
  /// Key and what it answers.
  package var answers: [Answer]

  package struct Answer: Hashable, Sendable {
    package var key: Character
    package var label: String
  }
}
