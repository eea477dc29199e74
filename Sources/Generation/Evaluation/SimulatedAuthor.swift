import Chart

/// An author who wants the human chart and uses the model to type less: what the keys come to, with it and by hand.
///
/// The cost model, in keys. By hand: one to reach each row, one for each tap, two for a hold (its head, its tail), and
/// one to change the snap wherever the next row lies on another division of the beat than the row before. With the
/// model, measure by measure from the start, everything before it written: one to ask, one to look at each further
/// alternative, one to accept; then what is wrong is put right: one to reach each row that differs, one for each panel
/// that has to go or come, two for a hold. Where that costs more than typing the measure, the author refuses (one to
/// ask, one to refuse) and types; and after two refusals running types the next measure without asking.
package struct AuthorKeys: Hashable, Sendable {
  package var byHand = 0
  package var withModel = 0
  package var measures = 0
  /// Measures in which an alternative was accepted.
  package var accepted = 0

  package init() {}

  /// The share of keys that the model saves; nil without keys.
  package var saved: Double? { byHand > 0 ? 1 - Double(withModel) / Double(byHand) : nil }

  package static func += (total: inout Self, other: Self) {
    total.byHand += other.byHand
    total.withModel += other.withModel
    total.measures += other.measures
    total.accepted += other.accepted
  }
}

extension Suggester {
  private static let alternatives = 4

  /// Writes a human chart with the model's help, measure by measure.
  /// - Parameter features: nil for a song that is not heard.
  package func write(_ human: HumanChart, features: SongFeatures?) throws(ModelError) -> AuthorKeys {
    var keys = AuthorKeys()
    let steps = human.chart.notes.filter(\.isStep)
    guard let first = steps.first, let last = steps.last else { return keys }
    var chart = human.chart
    var refusals = 0
    for measure in first.row.measure...last.row.measure {
      let region = Row.measure(measure)..<Row.measure(measure + 1)
      let truth = steps.filter { region.contains($0.row) }
      guard !truth.isEmpty else { continue }
      let byHand = TypedKeys.byHand(truth)
      keys.byHand += byHand
      keys.measures += 1
      guard refusals < 2 else {
        keys.withModel += byHand
        refusals = 0
        continue
      }
      chart.notes = NoteList(sorted: human.chart.notes.filter { $0.row < region.lowerBound })
      let request = SuggestionRequest(
        chart: chart, timing: human.timing, region: region, level: human.level,
        alternatives: Self.alternatives)
      let answers = try suggest(request, features: features)
      let best = answers.enumerated().map { 2 + $0.offset + TypedKeys.toMend($0.element, into: truth) }.min()
      if let best, best < byHand + 2 {
        keys.withModel += best
        keys.accepted += 1
        refusals = 0
      } else {
        keys.withModel += byHand + 2
        refusals += 1
      }
    }
    return keys
  }
}

private enum TypedKeys {
  static func byHand(_ notes: [Note]) -> Int {
    var keys = 0
    var row: Row?
    var snap: Int?
    for note in notes {
      if note.row != row {
        keys += 1
        let own = division(of: note.row)
        if let snap, snap != own { keys += 1 }
        (row, snap) = (note.row, own)
      }
      keys += note.end == nil ? 1 : 2
    }
    return keys
  }

  /// The coarsest grid that an author would step along: 8ths, 12ths, 16ths, 24ths and so on.
  private static func division(of row: Row) -> Int {
    [24, 16, 12, 8, 6, 4, 3, 2].first { row.index % $0 == 0 } ?? 1
  }

  static func toMend(_ answer: SuggestionAlternative, into truth: [Note]) -> Int {
    let proposed = Dictionary(grouping: answer.notes.map(\.note), by: \.row)
    let wanted = Dictionary(grouping: truth, by: \.row)
    var keys = 0
    for row in Set(proposed.keys).union(wanted.keys) {
      let own = proposed[row] ?? []
      let theirs = wanted[row] ?? []
      var differences = 0
      for note in own where !theirs.contains(where: { isSame($0, note) }) { differences += 1 }
      for note in theirs where !own.contains(where: { isSame($0, note) }) {
        // A tap put in another lane's place; a hold needs its tail as well.
        differences += note.end == nil ? 1 : 2
      }
      if differences > 0 { keys += 1 + differences }
    }
    return keys
  }

  private static func isSame(_ a: Note, _ b: Note) -> Bool { a.lane == b.lane && a.end == b.end }
}
