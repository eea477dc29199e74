import Chart

/// The line typed after `:`, or a question that wants a text for an answer.
package struct Prompt: Hashable, Sendable {
  package var line: TextLine
  /// What the text may become, for the last word typed.
  package var completions: [Completion] = []
  /// The completion last put in by Tab.
  package var chosen: Int?
  /// How far back in the lines typed before.
  var recall: Int?

  package init(text: String = "") {
    line = TextLine(text)
  }

  package var text: String { line.text }
}

/// One way a command line may go on.
package struct Completion: Hashable, Sendable {
  /// The whole line with the completion in it.
  package var line: String
  /// The word completed.
  package var word: String
  package var doc: String
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
  package enum Subject: Hashable, Sendable {
    case leaveUnsaved(Departure), deleteChart(Int), dropTempo, dropReview
  }
  package var subject: Subject
  package var text: String
  /// Key and what it answers.
  package var answers: [Answer]

  package struct Answer: Hashable, Sendable {
    package var key: Character
    package var label: String
  }
}
