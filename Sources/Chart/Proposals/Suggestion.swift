/// What an author asks of the model: a stretch of a chart, and what is wanted there.
package struct SuggestionRequest: Hashable, Sendable {
  /// Which half of the work is wanted.
  package enum Scope: Hashable, Sendable {
    /// When to step and on which panels.
    case both
    /// When to step; panels are chosen all the same, so that the answer is a chart.
    case placement
    /// Panels for the given rows, no row more and no row less.
    case selection(rows: [Row])
  }

  /// The chart as it stands. Notes outside the region are context and never change.
  package var chart: StepChart
  package var timing: TimingData
  /// The song's other charts, to step where they do.
  package var companions: [CompanionChart]
  package var region: Range<Row>
  /// The level aimed at; nil when the author does not say.
  package var level: Int?
  package var scope: Scope
  /// Of given rows, those that keep what they are: so many taps, holds so long.
  package var shapes: [Row: RowShape] = [:]
  /// Whether the notes inside the region stay, and are filled around. Otherwise they count for nothing.
  package var keepsExisting: Bool
  /// Factor on the number of note rows that the model itself would choose.
  package var density: Double
  /// The number of note rows wanted; nil leaves it to level and density.
  package var rowCount: Int?
  /// Whether no row at all is an answer. Otherwise at least one is proposed: an author who asks wants something to look
  /// at.
  package var mayBeEmpty = false
  package var alternatives: Int
  package var seed: UInt64
  /// How strongly a style is wanted (above 0) or unwanted (below 0), by the name of the style.
  package var styles: [String: Double]

  package init(
    chart: StepChart, timing: TimingData, region: Range<Row>, level: Int? = nil, scope: Scope = .both,
    keepsExisting: Bool = false, density: Double = 1, rowCount: Int? = nil, alternatives: Int = 1,
    seed: UInt64 = 1, styles: [String: Double] = [:], companions: [CompanionChart] = []
  ) {
    self.chart = chart
    self.timing = timing
    self.region = region
    self.level = level
    self.scope = scope
    self.keepsExisting = keepsExisting
    self.density = density
    self.rowCount = rowCount
    self.alternatives = alternatives
    self.seed = seed
    self.styles = styles
    self.companions = companions
  }
}

/// A note that the model would write, and how sure it is of it.
package struct ProposedNote: Hashable, Sendable {
  package var note: Note
  /// From 0 to 1: the chance of a step on the row times that of its panels.
  package var probability: Double
  /// Why, in a few words an author can check; empty when there is nothing to say beyond the probability.
  package var reason: String

  package init(note: Note, probability: Double, reason: String = "") {
    self.note = note
    self.probability = probability
    self.reason = reason
  }
}

/// One answer to a request: the notes of the region that are new. Kept notes are not repeated.
package struct SuggestionAlternative: Hashable, Sendable {
  package var notes: [ProposedNote]
  /// For ranking within one answer; higher is better.
  package var score: Double
  /// Rows, ascending, on which a step was likely too, though not likely enough.
  package var nearRows: [Row]

  package init(notes: [ProposedNote], score: Double, nearRows: [Row] = []) {
    self.notes = notes
    self.score = score
    self.nearRows = nearRows
  }
}

/// How sure the notes of a proposal are beside each other: what a model calls likely differs from song to song.
package struct ConfidenceScale: Hashable, Sendable {
  /// Notes of less confidence count as unsure.
  package static let unsure = 0.4
  /// What all have where they are much alike, so that none is singled out.
  private static let alike = 0.7

  /// The probabilities that count as unsure and as sure.
  private let range: ClosedRange<Double>

  package init(_ notes: [ProposedNote]) {
    let sorted = notes.map(\.probability).sorted()
    guard let last = sorted.indices.last else {
      range = 0...1
      return
    }
    range = sorted[last / 20]...sorted[last - last / 20]
  }

  /// From 0 to 1.
  package func confidence(of note: ProposedNote) -> Double {
    let width = range.upperBound - range.lowerBound
    guard width > 0.02 else { return Self.alike }
    return min(max((note.probability - range.lowerBound) / width, 0), 1)
  }
}
