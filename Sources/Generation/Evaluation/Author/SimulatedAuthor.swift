import Chart

extension Suggester {
  /// Writes a human chart with the model's help, stretch by stretch, and counts the keys.
  /// - Parameters:
  ///   - features: nil for a song that is not heard.
  ///   - companions: charts of the song that are written already.
  package func write(
    _ human: HumanChart, features: SongFeatures?, beside companions: [CompanionChart] = []
  ) throws(ModelError) -> AuthorKeys {
    var author = SimulatedAuthor(human, model: self, features: features, companions: companions)
    return try author.keys()
  }
}

/// An author who wants the human chart and uses the model to type less.
///
/// Everything before a stretch is written. The author asks for it (no key where `take-all-and-ask` was the last one),
/// reads the proposal from left to right, goes to the first row that is wrong, puts it right, and reads on in what
/// is proposed for the rest then, which knows all up to that row. What is left is right and is taken. After two
/// stretches running that took more keys than typing them, the next is typed.
private struct SimulatedAuthor {
  /// As many as the editor asks for unless told otherwise.
  private static let measures = 4
  private static let patience = 2

  private let human: HumanChart
  private let model: Suggester
  private let features: SongFeatures?
  private let companions: [CompanionChart]
  private let steps: [Note]
  private let wanted: [Row: [Note]]
  private var result = AuthorKeys()
  /// The usual hand, one that advances by hand, one whose cursor never moves by itself.
  private var hands: [ReviewKeys] = []
  private let styles: [TypingStyle] = [.staying, .advancing, .staying]

  init(_ human: HumanChart, model: Suggester, features: SongFeatures?, companions: [CompanionChart]) {
    self.human = human
    self.model = model
    self.features = features
    self.companions = companions
    steps = human.chart.notes.filter(\.isStep)
    wanted = Dictionary(grouping: steps, by: \.row)
  }

  mutating func keys() throws(ModelError) -> AuthorKeys {
    guard let first = steps.first, let last = steps.last else { return result }
    let start = Row.measure(first.row.measure)
    hands = [true, true, false].map { ReviewKeys(at: start, goesOn: $0) }
    result.rows = wanted.count
    var disappointments = 0
    var isAsked = false
    var next = start.measure
    while next <= last.row.measure {
      let region = Row.measure(next)..<Row.measure(next + Self.measures)
      guard hasNotes(in: region.lowerBound..<region.lowerBound + Row.perMeasure) else {
        next += 1
        continue
      }
      next += Self.measures
      guard disappointments < Self.patience else {
        type(region)
        disappointments = 0
        isAsked = false
        continue
      }
      let before = hands[0].count
      for index in hands.indices {
        if isAsked {
          hands[index].arrive(at: region.lowerBound)
        } else {
          hands[index].go(to: region.lowerBound)
          hands[index].press()
        }
      }
      try review(region)
      let byHand = TypingByHand(notes(in: region), style: .staying).keys(
        from: GridKeys(row: region.lowerBound))
      disappointments = hands[0].count - before > byHand.keys ? disappointments + 1 : 0
      // Taking all asks for what follows, where there is anything to be written.
      isAsked = hasNotes(in: region.upperBound..<region.upperBound + Row.perMeasure)
    }
    return counted(from: start)
  }

  private func counted(from start: Row) -> AuthorKeys {
    var result = result
    let byHand = styles.map { TypingByHand(steps, style: $0).keys(from: GridKeys(row: start)).keys }
    result.usual = AuthorKeys.Count(byHand: byHand[0], withModel: hands[0].count)
    result.advancing = AuthorKeys.Count(byHand: byHand[1], withModel: hands[1].count)
    result.staying = AuthorKeys.Count(byHand: byHand[2], withModel: hands[2].count)
    return result
  }

  private func notes(in rows: Range<Row>) -> [Note] { steps.filter { rows.contains($0.row) } }

  private func hasNotes(in rows: Range<Row>) -> Bool { steps.contains { rows.contains($0.row) } }

  private mutating func type(_ region: Range<Row>) {
    result.typed += 1
    for index in hands.indices {
      let typed = TypingByHand(notes(in: region), style: styles[index]).keys(from: hands[index].cursor)
      hands[index].move(to: typed.end, keys: typed.keys)
    }
  }

  private mutating func review(_ region: Range<Row>) throws(ModelError) {
    result.asked += 1
    var proposal = try propose(region)
    var from = region.lowerBound
    while let row = firstWrong(in: proposal, from: from) {
      let rows = ReviewProposal(
        rows: written(in: region.lowerBound..<from) + proposal.rows.filter { $0 >= from },
        unsure: proposal.unsure.filter { $0 >= from }, near: proposal.near.filter { $0 >= from },
        held: held(before: row))
      let empty = emptyStretch(at: row, in: rows)
      for index in hands.indices {
        hands[index].reach(row, in: rows)
        if let empty {
          hands[index].refuse(empty, in: rows)
        } else {
          hands[index].correct(proposal.notes[row] ?? [], into: wanted[row] ?? [], in: rows)
        }
      }
      count(proposal.notes[row], wanted[row])
      from = empty?.upperBound ?? row + 1
      guard from < region.upperBound else { break }
      proposal = try propose(from..<region.upperBound, isRest: true)
    }
    for index in hands.indices { hands[index].press() }
  }

  /// The measure or the beat of a row where several rows are proposed and none is wanted: one key refuses them all.
  private func emptyStretch(at row: Row, in proposal: ReviewProposal) -> Range<Row>? {
    [Row.perMeasure, Row.perBeat].map { row.gridFloor($0)..<row.gridFloor($0) + $0 }.first { stretch in
      !hasNotes(in: stretch) && proposal.rows.count(where: stretch.contains) > 1
    }
  }

  private mutating func count(_ proposed: [Note]?, _ wanted: [Note]?) {
    if proposed == nil {
      result.missing += 1
    } else if wanted == nil {
      result.superfluous += 1
    } else {
      result.wrong += 1
    }
  }

  private func written(in rows: Range<Row>) -> [Row] { human.rows.filter(rows.contains) }

  /// What the model proposes for rows, everything before them written.
  private func propose(_ rows: Range<Row>, isRest: Bool = false) throws(ModelError) -> Answer {
    var chart = human.chart
    chart.notes = NoteList(sorted: human.chart.notes.filter { $0.row < rows.lowerBound })
    var request = SuggestionRequest(
      chart: chart, timing: human.timing, region: rows, level: human.level, alternatives: 1,
      companions: companions)
    request.mayBeEmpty = isRest
    return Answer(try model.suggest(request, features: features).first, in: rows)
  }

  /// The length of the last hold before a row.
  private func held(before row: Row) -> Int? {
    steps.last { $0.row < row && $0.end != nil }.map { $0.row.distance(to: $0.lastRow) }
  }

  private func firstWrong(in answer: Answer, from start: Row) -> Row? {
    let rows = Set(answer.notes.keys).union(human.rows.filter(answer.region.contains))
    return rows.sorted().first { row in
      row >= start && !Self.areEqual(answer.notes[row] ?? [], wanted[row] ?? [])
    }
  }

  private static func areEqual(_ own: [Note], _ other: [Note]) -> Bool {
    own.count == other.count
      && own.allSatisfy { note in other.contains { $0.lane == note.lane && $0.end == note.end } }
  }

  /// A proposal by rows.
  private struct Answer {
    let region: Range<Row>
    let notes: [Row: [Note]]
    let rows: [Row]
    let unsure: [Row]
    let near: [Row]

    init(_ alternative: SuggestionAlternative?, in region: Range<Row>) {
      let proposed = alternative?.notes ?? []
      self.region = region
      near = alternative?.nearRows ?? []
      notes = Dictionary(grouping: proposed.map(\.note), by: \.row)
      rows = notes.keys.sorted()
      let scale = ConfidenceScale(proposed)
      unsure = Set(
        proposed.filter { scale.confidence(of: $0) < ConfidenceScale.unsure }.map(\.note.row)
      ).sorted()
    }
  }
}
