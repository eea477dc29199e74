import Chart

/// An author who wants the human chart and uses the model to type less: what the keys come to, with it and by hand.
///
/// The cost model, in keys. To reach a row: one for each beat, one for each step of the snap beyond it, and one to
/// change the snap where the row needs another. By hand: to reach each row, one for each tap, two for a hold (its head,
/// its tail). With the model, measure by measure from the start, everything before it written: one to ask, one to look
/// at each further alternative, one to accept; then what is wrong is put right: to reach each row that differs, one for
/// each panel that has to go or come, two for a hold, one for a tail alone. Where that costs more than typing the
/// measure, the author refuses (one to ask, one to refuse) and types; and after two refusals running types the next
/// measure without asking.
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
      let byHand = TypedKeys.byHand(truth, from: region.lowerBound)
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
      let best = answers.enumerated().map {
        2 + $0.offset + TypedKeys.toMend($0.element, into: truth, from: region.lowerBound)
      }.min()
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

private struct TypedKeys {
  private var row: Row
  private var snap = Row.perBeat
  private var count = 0

  static func byHand(_ notes: [Note], from start: Row) -> Int {
    var keys = TypedKeys(row: start)
    for note in notes {
      keys.reach(note.row)
      keys.count += note.end == nil ? 1 : 2
    }
    return keys.count
  }

  static func toMend(_ answer: SuggestionAlternative, into truth: [Note], from start: Row) -> Int {
    let proposed = Dictionary(grouping: answer.notes.map(\.note), by: \.row)
    let wanted = Dictionary(grouping: truth, by: \.row)
    var keys = TypedKeys(row: start)
    for row in Set(proposed.keys).union(wanted.keys).sorted() {
      let changes = changes(from: proposed[row] ?? [], to: wanted[row] ?? [])
      guard changes > 0 else { continue }
      keys.reach(row)
      keys.count += changes
    }
    return keys.count
  }

  private mutating func reach(_ next: Row) {
    let rows = row.distance(to: next)
    guard rows > 0 else { return }
    let beats = rows / Row.perBeat
    let rest = rows - beats * Row.perBeat
    count += beats
    row = next
    guard rest > 0 else { return }
    // The coarsest grid that an author would step along: 8ths, 12ths, 16ths, 24ths and so on.
    let needed = [24, 16, 12, 8, 6, 4, 3, 2].first { rest % $0 == 0 } ?? 1
    if snap != needed { count += 1 }
    snap = needed
    count += rest / needed
  }

  private static func changes(from own: [Note], to wanted: [Note]) -> Int {
    var count = 0
    for note in own where !wanted.contains(where: { $0.lane == note.lane }) { count += 1 }
    for note in wanted {
      guard let old = own.first(where: { $0.lane == note.lane }) else {
        count += note.end == nil ? 1 : 2
        continue
      }
      // Another length, or a tap for a hold, is one key at the tail or the head.
      if old.end != note.end { count += 1 }
    }
    return count
  }
}
