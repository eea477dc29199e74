import Chart

/// One way to put panels on the rows of a rhythm, while it grows and when it is done.
struct PanelCandidate {
  /// The panels of the step before the next.
  var previous: PanelRow?
  /// Until which row each lane is held.
  private(set) var heldUntil: [Row?]
  /// The proposed notes, with the chance of each row's panels.
  private(set) var notes: [(note: Note, probability: Double)] = []
  var feet = FootFrontier()
  /// Its own chances, so that no candidate depends on how many others there are.
  var random = RandomSource(seed: 0)
  /// Below 1 the likeliest rows are chosen more often than their chance.
  var temperature = 1.0
  /// Whether it is what the author is likeliest to write, as far as the networks tell.
  var isGuess = false
  var logLikelihood = 0.0
  /// What the feet are asked beyond the ordinary.
  var strain = 0.0
  var choices = 0
  var spent: StepBudget.Spent
  /// What the network made of each row, as it walked there.
  var readings: [RowReading] = []

  init(lanes: Int) {
    heldUntil = [Row?](repeating: nil, count: lanes)
    spent = StepBudget.Spent(lanes: lanes)
  }

  /// The lanes whose holds end after a row: they keep a foot busy there.
  func held(over row: Row) -> PanelSet { lanes { $0 > row } }

  /// The lanes in which nothing can start at a row.
  func occupied(at row: Row) -> PanelSet { lanes { $0 >= row } }

  private func lanes(_ isTaken: (Row) -> Bool) -> PanelSet {
    var set = PanelSet()
    for (lane, end) in heldUntil.enumerated() {
      if let end, isTaken(end) { set.formUnion(PanelSet(Lane(lane))) }
    }
    return set
  }

  mutating func hold(_ lane: Lane, until end: Row) { heldUntil[lane.index] = end }

  mutating func append(_ note: Note, probability: Double) {
    notes.append((note, probability))
    if let end = note.end { heldUntil[note.lane.index] = end }
  }

  /// Ends the proposed holds that would last over a row just before it. Kept holds stay.
  mutating func releaseHolds(before row: Row) {
    for index in notes.indices {
      guard let end = notes[index].note.end, end >= row else { continue }
      let note = notes[index].note
      // Two slots before the row, so that the foot is free in time.
      let cut = row - 2 * BeatGrid.rowsPerSlot
      notes[index].note.kind = cut > note.row ? .hold(end: cut) : .tap
      heldUntil[note.lane.index] = cut > note.row ? cut : nil
    }
  }

  /// What ranks candidates of one rhythm: easy feet, and likely panels. Likelihood counts little: the likeliest chart
  /// of many is duller than any that people write.
  var score: Double {
    guard choices > 0 else { return 0 }
    return (logLikelihood * Self.likelihoodWeight - strain) / Double(choices)
  }

  private static let likelihoodWeight = 0.3
}
