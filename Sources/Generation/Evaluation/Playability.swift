import Chart
import Foundation

/// What a chart asks of its player, counted so that charts of one level can be compared.
package struct Playability: Hashable, Sendable {
  /// What is counted. Shares are rows in a hundred.
  package enum Count: String, CaseIterable, Hashable, Sendable, Codable {
    case rowsPerSecond, jumps, brackets, holds, repeats, jacks, footSwitches, doubleSteps, crossovers,
      twists90, twistsOver90, spins, stretches, costPerRow, travelPerSecond
  }

  package let counts: [Count: Double]
  /// Rows that two feet cannot take.
  package let impossibleRows: Int
  /// Notes on a lane that is still held, and holds of no length.
  package let illegalHolds: Int
  /// What the level is guessed from: the counts, the busiest stretches, the longest run, the hardest rows.
  package let traits: [Double]

  /// - Returns: nil for a type whose pad is not known, or with fewer than two rows.
  package init?(_ chart: StepChart, timing: TimingData) {
    let map = TimingMap(timing)
    guard let labels = FootStride.strides(over: chart, map: map), labels.count > 1 else { return nil }
    let length = max(1, (labels[labels.count - 1].time - labels[0].time).value)
    var counts: [Count: Double] = [:]
    func share(_ finding: FootLabel.Finding) -> Double {
      100 * Double(labels.count { $0.findings.contains(finding) }) / Double(labels.count)
    }
    counts[.rowsPerSecond] = Double(labels.count - 1) / length
    counts[.jumps] = share(.jump)
    counts[.brackets] = share(.bracket)
    let heads = Set(
      chart.notes.lazy.filter { $0.isStep && $0.end != nil && map.isJudged($0.row) }.map(\.row))
    counts[.holds] = 100 * Double(heads.count) / Double(labels.count)
    // The same panels as the row before, however slowly.
    let repeats = zip(labels, labels.dropFirst()).count {
      $0.left.union($0.right) == $1.left.union($1.right)
    }
    counts[.repeats] = 100 * Double(repeats) / Double(labels.count)
    counts[.jacks] = share(.jack)
    counts[.footSwitches] = share(.footSwitch)
    counts[.doubleSteps] = share(.doubleStep)
    counts[.crossovers] = share(.crossover)
    counts[.twists90] = share(.twist90)
    counts[.twistsOver90] = share(.twistOver90)
    counts[.spins] = share(.spin)
    counts[.stretches] = share(.stretch)
    let costs = labels.map { min($0.cost, 2000) }.sorted()
    counts[.costPerRow] = costs.reduce(0, +) / Double(costs.count)
    counts[.travelPerSecond] = labels.reduce(0) { $0 + $1.travel } / length
    self.counts = counts
    impossibleRows = labels.count { $0.isImpossible }
    illegalHolds = Self.illegalHolds(in: chart.notes)
    traits = Self.traits(labels, counts, costs)
  }

  private static func illegalHolds(in notes: NoteList) -> Int {
    var ends: [Lane: Row] = [:]
    var count = 0
    for note in notes where note.isStep {
      if let end = ends[note.lane], note.row <= end { count += 1 }
      if let end = note.end {
        if end <= note.row { count += 1 }
        ends[note.lane] = end
      }
    }
    return count
  }

  /// Seconds between two rows of a run: an 8th at 143 beats a minute.
  private static let longestPause = 0.21

  /// The most rows in any stretch of so many seconds, a second.
  private static func peak(_ labels: [FootStride], seconds: Double) -> Double {
    var first = 0
    var most = 0
    for last in labels.indices {
      while (labels[last].time - labels[first].time).value > seconds { first += 1 }
      most = max(most, last - first)
    }
    return Double(most) / seconds
  }

  private static func traits(_ labels: [FootStride], _ counts: [Count: Double], _ costs: [Double]) -> [Double]
  {
    let density = log(max(0.1, counts[.rowsPerSecond] ?? 0))
    let peaks = [1.0, 4, 16].map { log(max(0.2, peak(labels, seconds: $0))) }
    let hard = log(10 + costs[min(costs.count - 1, costs.count * 9 / 10)])
    let mean = log(10 + (counts[.costPerRow] ?? 0))
    let shares: [Count] = [.jumps, .brackets, .holds, .jacks, .crossovers, .twists90, .twistsOver90]
    let roots = shares.map { (counts[$0] ?? 0).squareRoot() / 10 }
    return [density] + peaks + [hard, mean, log(max(0.1, counts[.travelPerSecond] ?? 0))] + roots
      + [log(Double(labels.count)), log(Double(longestRun(labels)))]
  }

  /// Rows one after the other, each soon after the one before.
  private static func longestRun(_ labels: [FootStride]) -> Int {
    var run = 1
    var longest = 1
    for (before, after) in zip(labels, labels.dropFirst()) {
      run = (after.time - before.time).value < longestPause ? run + 1 : 1
      longest = max(longest, run)
    }
    return longest
  }
}
