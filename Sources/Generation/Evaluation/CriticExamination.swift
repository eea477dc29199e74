import Chart

/// A region of a human chart and what it became when it was spoilt, as the critic sees them.
package struct CriticCase: Sendable {
  /// What the critic looked at, and its verdict: the log-odds that a person wrote it.
  package struct Version: Sendable {
    package var traits: [Float]
    package var score: Double
  }

  package var human: Version
  package var corrupted: [Corruption: Version]
}

/// Draws regions from a human chart, spoils them, and has both judged.
struct CriticExaminer {
  private static let fewestRows = 8
  private static let lengths = 2...4

  let model: Suggester
  let human: HumanChart
  let features: SongFeatures?

  func cases(_ count: Int) throws(ModelError) -> [CriticCase] {
    let steps = human.chart.notes.steps(judgedBy: human.map)
    guard let first = steps.first, let last = steps.last else { return [] }
    var random = RandomSource(seed: UInt64(human.rows.count) &* 7919 &+ UInt64(human.level ?? 0))
    var cases: [CriticCase] = []
    let earliest = first.row.measure + 1
    for start in Array(min(earliest, last.row.measure)...last.row.measure).shuffled(using: &random)
    where cases.count < count {
      let region = Row.measure(start)..<Row.measure(start + Int.random(in: Self.lengths, using: &random))
      guard region.upperBound <= last.row, let own = whole(region, of: steps),
        Set(own.map(\.row)).count >= Self.fewestRows
      else { continue }
      // Every second region is judged as an author who writes from the left has it: nothing after it. Only there can
      // another stretch take its place: one that the critic has not seen, or it would tell copies instead.
      let isPastOnly = cases.count % 2 == 1
      let elsewhere = isPastOnly ? stretches(after: region, of: steps, to: last.row.measure) : []
      var versions: [(Corruption?, [Note])] = [(nil, own)]
      for corruption in Corruption.allCases {
        let spoilt = corruption.spoil(
          own, region: region, type: human.stepsType, elsewhere: elsewhere, random: &random)
        if let spoilt, spoilt.count > 2 { versions.append((corruption, spoilt)) }
      }
      if let judged = try judge(versions, region, isPastOnly: isPastOnly) { cases.append(judged) }
    }
    return cases
  }

  /// The steps of a region; nil where a hold passes its edge.
  private func whole(_ region: Range<Row>, of steps: [Note]) -> [Note]? {
    var own: [Note] = []
    for note in steps where note.row < region.upperBound && note.lastRow >= region.lowerBound {
      guard note.row >= region.lowerBound, note.lastRow < region.upperBound else { return nil }
      own.append(note)
    }
    return own
  }

  private func stretches(after region: Range<Row>, of steps: [Note], to last: Int) -> [[Note]] {
    let length = region.upperBound.measure - region.lowerBound.measure
    let measures = stride(from: region.upperBound.measure, through: last - length, by: 1)
    return measures.compactMap { measure -> [Note]? in
      let other = Row.measure(measure)..<Row.measure(measure + length)
      guard let notes = whole(other, of: steps), notes.count >= Self.fewestRows else { return nil }
      return notes.map { $0.shifted(by: other.lowerBound.distance(to: region.lowerBound)) }
    }
  }

  private func judge(
    _ versions: [(Corruption?, [Note])], _ region: Range<Row>, isPastOnly: Bool
  ) throws(ModelError) -> CriticCase? {
    var chart = human.chart
    chart.notes = NoteList(
      sorted: chart.notes.filter { !region.contains($0.row) && (!isPastOnly || $0.row < region.lowerBound) })
    let request = SuggestionRequest(chart: chart, timing: human.timing, region: region, level: human.level)
    let judged = try model.judge(versions.map(\.1), for: request, features: features)
    guard let own = judged.first else { return nil }
    var result = CriticCase(human: own, corrupted: [:])
    for (version, verdict) in zip(versions, judged) {
      if let corruption = version.0 { result.corrupted[corruption] = verdict }
    }
    return result
  }
}

extension Suggester {
  package static var criticTraits: [String] { CriticTrait.allCases.map(\.rawValue) }

  /// What the critic says of some regions of a human chart and of the same ones spoilt; the same ones each time.
  /// - Parameter count: how many regions at most.
  package func examine(
    _ human: HumanChart, features: SongFeatures?, regions count: Int
  ) throws(ModelError) -> [CriticCase] {
    try CriticExaminer(model: self, human: human, features: features).cases(count)
  }

  /// The critic's verdicts on notes as they would stand in a request's region.
  func judge(
    _ versions: [[Note]], for request: SuggestionRequest, features: SongFeatures?
  ) throws(ModelError) -> [CriticCase.Version] {
    let context = try SuggestionContext(request, features: features)
    let input = input(context, features: features)
    let guidance = Guidance(styles: [:])
    let condition = try context.condition(placement)
    let decoder = try decoder(context, input, condition, guidance) { false }
    let rhythms = versions.map { notes in
      Rhythm(beats: Set(notes.map(\.row)).sorted().map { Rhythm.Beat(row: $0, probability: 1) })
    }
    var search = try PanelSearch(
      selection, context: context, guidance: guidance, budget: nil,
      companions: decoder.companions)
    let candidates = try search.candidates(
      0..<1, rhythms: rhythms, scripts: versions, condition: condition, seed: 0
    ) { false }
    guard let scene = CriticScene(context, decoder, motifs: input.motifs) else { return [] }
    return candidates.map { candidates in
      let traits = scene.traits(of: candidates[0])
      return CriticCase.Version(traits: traits.values, score: critic.score(traits))
    }
  }
}
