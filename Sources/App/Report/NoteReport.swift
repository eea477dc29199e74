import Chart

/// A note as `info` and `suggest` write it in JSON (`docs/json.md`).
package struct NoteReport: Encodable, Sendable {
  package var row: Int
  package var beat: Double
  package var seconds: Double
  package var lane: Int
  package var kind: String
  /// The row of the tail; written as null where there is none.
  package var endRow: Int?
  package var judged: Bool
  /// Only for proposed notes; left out otherwise.
  package var probability: Double?

  package init(_ note: Note, timing: TimingMap, probability: Double? = nil) {
    self.init(note, at: timing.seconds(at: note.row), timing: timing, probability: probability)
  }

  /// All notes of a chart, their times in one pass.
  package static func list(_ notes: NoteList, timing: TimingMap) -> [NoteReport] {
    zip(notes, timing.seconds(atSorted: notes.lazy.map(\.row))).map { note, time in
      NoteReport(note, at: time, timing: timing, probability: nil)
    }
  }

  private init(_ note: Note, at time: Seconds, timing: TimingMap, probability: Double?) {
    row = note.row.index
    beat = note.row.beat.value
    seconds = time.value
    lane = note.lane.index
    kind = note.kind.name
    endRow = note.end?.index
    judged = timing.isJudged(note.row) && note.isJudgeable
    self.probability = probability
  }

  private enum CodingKeys: String, CodingKey {
    case row, beat, seconds, lane, kind, judged, probability
    case endRow = "end_row"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(row, forKey: .row)
    try container.encode(beat, forKey: .beat)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(lane, forKey: .lane)
    try container.encode(kind, forKey: .kind)
    try container.encode(endRow, forKey: .endRow)
    try container.encode(judged, forKey: .judged)
    try container.encodeIfPresent(probability, forKey: .probability)
  }
}

extension Note.Kind {
  /// The kind's name in JSON and on the command line.
  package var name: String {
    switch self {
    case .tap: "tap"
    case .hold: "hold"
    case .roll: "roll"
    case .mine: "mine"
    case .lift: "lift"
    case .fake: "fake"
    case .keysound: "keysound"
    }
  }
}

extension Note {
  /// Whether the game judges the note where its row is judged: fakes and keysounds never are.
  package var isJudgeable: Bool {
    switch kind {
    case .tap, .hold, .roll, .mine, .lift: !modifiers.isFake
    case .fake, .keysound: false
    }
  }
}
