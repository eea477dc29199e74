import Chart

/// What keys mean at the moment. It follows from the state's sessions and overlays and is never stored.
package enum Mode: String, Hashable, Sendable, CaseIterable {
  case edit, review, sync
  case prompt, form, charts, help, question

  /// The modes whose keys are bound to commands; in the others an overlay takes the keys itself.
  package static let bound: [Mode] = [.edit, .review, .sync]
}

/// A sheet over the note field that takes the keys until it is closed.
package enum Overlay: Hashable, Sendable {
  case prompt(Prompt)
  case form(Form)
  case charts(ChartList)
  case help(HelpPage)
  case question(Question)

  package var mode: Mode {
    switch self {
    case .prompt: .prompt
    case .form: .form
    case .charts: .charts
    case .help: .help
    case .question: .question
    }
  }
}

/// A line that tells what happened. It stays until the next key.
package struct Message: Hashable, Sendable {
  package enum Weight: Hashable, Sendable { case note, warning, error }

  package var text: String
  package var weight: Weight

  package init(_ text: String, weight: Weight = .note) {
    self.text = text
    self.weight = weight
  }
}

/// Why a command did nothing: one line for the author, with the way out where there is one.
package struct Refusal: Error, Hashable, Sendable {
  package let reason: String
  package init(_ reason: String) { self.reason = reason }

  static let musicIsBeingRead = Refusal("the music is still being read")
}

/// When something was pressed: the program's own clock, and the music's time when it was playing.
package struct Moment: Hashable, Sendable {
  package var clock: Seconds
  package var playhead: Seconds?

  package init(clock: Seconds = .zero, playhead: Seconds? = nil) {
    self.clock = clock
    self.playhead = playhead
  }
}
