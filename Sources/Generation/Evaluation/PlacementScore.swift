import Chart

/// How well the rhythm of a human chart is found.
package struct PlacementScore: Hashable, Sendable {
  /// Measures that were hidden, the rest of the chart known or only what comes before.
  package struct Gap: Hashable, Sendable {
    package var measures: Int
    package var isPastOnly: Bool
  }

  package static let gaps =
    [2, 4, 8].map { Gap(measures: $0, isPastOnly: false) }
    + [1, 4].map { Gap(measures: $0, isPastOnly: true) }

  /// F1 within 20 ms, from the chart's first row to its last, of the rows above the threshold, of as many rows as the
  /// author wrote, and of as many without the sound.
  package var byThreshold: Double
  package var byCount: Double
  package var blind: Double
  /// F1 of as many rows as the author wrote, asked for from the start of the song to its end.
  package var wholeSong: Double
  /// The first two where the song's other charts are known; nil where it has none.
  package var byThresholdBeside: Double?
  package var byCountBeside: Double?
  /// F1 on exact slots inside hidden measures, the number of rows given.
  package var infill: [Gap: [Double]]
}

/// Compares proposed rhythms with a human's.
struct PlacementJudge {
  private static let tolerance = 0.020
  private static let gapsPerChart = 10
  private static let fewestRows = 4

  let model: Suggester
  let human: HumanChart
  let features: SongFeatures
  let companions: [CompanionChart]

  func score() throws(ModelError) -> PlacementScore {
    let count = human.rows.count
    let start = human.rows.first ?? .zero
    let steps = start..<(human.rows.last ?? start) + 1
    let song = .zero..<max(human.map.beat(at: features.duration).row, steps.upperBound)
    var infill: [PlacementScore.Gap: [Double]] = [:]
    for gap in PlacementScore.gaps { infill[gap] = try fill(gap) }
    var score = PlacementScore(
      byThreshold: matched(try rhythm(in: steps, count: nil)),
      byCount: matched(try rhythm(in: steps, count: count)),
      blind: matched(try rhythm(in: steps, count: count, hears: false)),
      wholeSong: matched(try rhythm(in: song, count: count)), infill: infill)
    if !companions.isEmpty {
      score.byThresholdBeside = matched(try rhythm(in: steps, count: nil, beside: companions))
      score.byCountBeside = matched(try rhythm(in: steps, count: count, beside: companions))
    }
    return score
  }

  /// A rhythm for a part of the song, nothing known.
  private func rhythm(
    in region: Range<Row>, count: Int?, hears: Bool = true, beside companions: [CompanionChart] = []
  ) throws(ModelError) -> [Row] {
    var empty = human.chart
    empty.notes = NoteList()
    let request = SuggestionRequest(
      chart: empty, timing: human.timing, region: region, level: human.level, scope: .placement,
      rowCount: count, companions: companions)
    return try model.rhythm(request, features: hears ? features : nil)
  }

  /// F1 of times within the tolerance, one to one.
  private func matched(_ rows: [Row]) -> Double {
    let times = human.map.seconds(atSorted: rows).map(\.value)
    var hits = 0
    var own = 0
    var theirs = 0
    while own < times.count, theirs < human.seconds.count {
      let difference = times[own] - human.seconds[theirs]
      if abs(difference) <= Self.tolerance { hits += 1 }
      if difference <= Self.tolerance { own += 1 }
      if difference >= -Self.tolerance { theirs += 1 }
    }
    return 2 * Double(hits) / Double(max(1, times.count + human.seconds.count))
  }

  /// Up to ten gaps of a length, drawn for this chart in the same way each time.
  private func fill(_ gap: PlacementScore.Gap) throws(ModelError) -> [Double] {
    guard let first = human.rows.first, let last = human.rows.last else { return [] }
    let earliest = first.measure + (gap.isPastOnly ? 8 : 1)
    let latest = last.measure - gap.measures
    guard earliest < latest else { return [] }
    var random = RandomSource(seed: UInt64(gap.measures) &+ UInt64(human.rows.count) &* 1009)
    var scores: [Double] = []
    for start in Array(earliest..<latest).shuffled(using: &random) where scores.count < Self.gapsPerChart {
      let region = Row.measure(start)..<Row.measure(start + gap.measures)
      let truth = human.rows.filter(region.contains)
      guard truth.count >= Self.fewestRows else { continue }
      var chart = human.chart
      if gap.isPastOnly {
        chart.notes = NoteList(sorted: chart.notes.filter { $0.lastRow < region.lowerBound })
      }
      let request = SuggestionRequest(
        chart: chart, timing: human.timing, region: region, level: human.level, scope: .placement,
        rowCount: truth.count)
      let rows = try model.rhythm(request, features: features)
      let slots = Set(truth.map { $0.index.dividedDown(by: BeatGrid.rowsPerSlot) })
      let hits = rows.count { slots.contains($0.index.dividedDown(by: BeatGrid.rowsPerSlot)) }
      scores.append(2 * Double(hits) / Double(max(1, rows.count + truth.count)))
    }
    return scores
  }
}

extension Suggester {
  /// How well the model finds the rhythm of a chart of a song that it has heard.
  /// - Parameter companions: the song's other charts, for the figures in which they are known.
  package func place(
    _ chart: HumanChart, features: SongFeatures, companions: [CompanionChart]
  ) throws(ModelError) -> PlacementScore {
    try PlacementJudge(model: self, human: chart, features: features, companions: companions).score()
  }

  /// The first rhythm that would be proposed.
  func rhythm(_ request: SuggestionRequest, features: SongFeatures?) throws(ModelError) -> [Row] {
    var request = request
    request.alternatives = 1
    let context = try SuggestionContext(request, features: features)
    let input = input(context, features: features)
    let rhythms = try rhythms(context, input, Guidance(styles: request.styles)) { false }.rhythms
    return rhythms[0].beats.map(\.row)
  }
}
