import Chart

/// How often something is seen in some rows, so that a region can be held against what stands around it.
struct Habits: Sendable {
  private static let sixteenth = Row.perBeat / 4

  var rows = 0
  var density = 0.0
  var quarters = 0.0
  var eighths = 0.0
  var sixteenths = 0.0
  var jumps = 0.0
  var holds = 0.0
  var cost = 0.0
  var findings: [FootLabel.Finding: Double] = [:]

  init() {}

  /// - Parameters:
  ///   - seconds: what the rows take up.
  ///   - labels: of the same rows.
  init(_ panels: [(row: Row, panels: PanelRow)], seconds: Double, labels: [FootStride]) {
    guard !panels.isEmpty else { return }
    rows = panels.count
    density = Double(rows) / max(0.5, seconds)
    let count = Double(rows)
    for (row, panels) in panels {
      let place = row.index % Row.perBeat
      if place == 0 {
        quarters += 1 / count
      } else if place == Row.perBeat / 2 {
        eighths += 1 / count
      } else if place % Self.sixteenth == 0 {
        sixteenths += 1 / count
      }
      if panels.all.count > 1 { jumps += 1 / count }
      if !panels.heads.isEmpty { holds += 1 / count }
    }
    for label in labels {
      cost += min(label.cost, 2000) / Double(labels.count)
      for finding in label.findings { findings[finding, default: 0] += 1 / Double(labels.count) }
    }
  }

  subscript(finding: FootLabel.Finding) -> Double { findings[finding] ?? 0 }
}

/// What stands around a region, counted once for all candidates.
struct Surroundings: Sendable {
  private static let reach = 4 * Row.perMeasure
  /// So many rows at least make a habit.
  private static let fewest = 8

  /// Nil where hardly anything stands around.
  let habits: Habits?
  /// The places in the beat, in rows, on which the rows around stand.
  let places: Set<Int>
  /// The rows around that the feet of the region are led from and to.
  let before: [FootRow]
  let after: [FootRow]
  let measures: MeasureMemory

  init(_ context: SuggestionContext, motifs: MotifMemory?) {
    let region = context.request.region
    let near = region.lowerBound - Self.reach..<region.upperBound + Self.reach
    let outside = context.keptSteps.filter { near.contains($0.row) && !region.contains($0.row) }
    let notes = context.kept[near].filter { !region.contains($0.row) }
    let feet = FootRow.rows(of: notes, timing: context.timing)
    before = feet.filter { $0.row < region.lowerBound }.suffix(8)
    after = feet.filter { $0.row >= region.upperBound }.prefix(6).map { $0 }
    places = Set(outside.map { $0.row.index % Row.perBeat })
    measures = MeasureMemory(context, motifs: motifs)
    guard outside.count >= Self.fewest else {
      habits = nil
      return
    }
    // Only measures in which something stands count as written.
    let written = Set(outside.map(\.row.measure))
    let seconds = written.reduce(0.0) {
      $0
        + (context.timing.seconds(at: Row.measure($1 + 1)) - context.timing.seconds(at: Row.measure($1)))
        .value
    }
    habits = Habits(
      outside, seconds: seconds, labels: FootStride.strides(over: feet, on: context.pad))
  }
}
