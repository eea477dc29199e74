/// One chart: for whom it is, its own timing where it has one, and its notes.
package struct StepChart: Hashable, Sendable, Codable {
  package var header: ChartHeader
  /// The chart's own timing; nil when it follows the song's.
  package var timing: TimingData?
  package var notes: NoteList

  package init(header: ChartHeader, timing: TimingData? = nil, notes: NoteList = NoteList()) {
    self.header = header
    self.timing = timing
    self.notes = notes
  }
}

/// What a chart says of itself.
package struct ChartHeader: Hashable, Sendable, Codable {
  package var stepsType: StepsType
  package var description: String
  package var name: String
  package var style: String
  package var difficulty: Difficulty
  /// The level; Pump packs write 99 for an unknown one.
  package var meter: Int
  package var credit: String
  /// Music of its own; empty when the chart uses the song's.
  package var music: String
  /// The chart's other tags, in file order.
  package var extras: [ExtraTag]

  package init(
    stepsType: StepsType, description: String = "", name: String = "", style: String = "",
    difficulty: Difficulty = .edit, meter: Int = 1, credit: String = "", music: String = "",
    extras: [ExtraTag] = []
  ) {
    self.stepsType = stepsType
    self.description = description
    self.name = name
    self.style = style
    self.difficulty = difficulty
    self.meter = meter
    self.credit = credit
    self.music = music
    self.extras = extras
  }
}

extension ChartHeader {
  /// The level; nil where it is Pump's 99, which says that it is not known.
  package var knownLevel: Int? { stepsType.isPump && meter == 99 ? nil : meter }

  /// The level after Pump's own letters where there are any: `S12`, `D??`, `9`.
  package var levelName: String {
    let letters: [StepsType: String] = [
      .pumpSingle: "S", .pumpDouble: "D", .pumpHalfDouble: "HD", StepsType("pump-couple"): "C",
      StepsType("pump-routine"): "R",
    ]
    return (letters[stepsType] ?? "") + (meter == 99 ? "??" : "\(meter)")
  }
}

/// StepMania's difficulty slots. A song holds one chart of each steps type in a slot, but any number of edits.
package enum Difficulty: String, Hashable, Sendable, CaseIterable, Codable {
  case beginner = "Beginner"
  case easy = "Easy"
  case medium = "Medium"
  case hard = "Hard"
  case challenge = "Challenge"
  case edit = "Edit"
}
