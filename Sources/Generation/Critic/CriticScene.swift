import Chart
import Foundation

/// A region with what stands around it and what the placement network says of it: what drafts for it are judged in.
struct CriticScene {
  private static let exitRows = 6

  let context: SuggestionContext
  /// The log-odds of a row at each slot of the region.
  private let odds: [Double]
  private let chances: [Double]
  private let isHeard: Bool
  private let surroundings: Surroundings

  /// - Returns: nil for a region that is longer than the critic can tell anything of.
  init?(_ context: SuggestionContext, _ decoder: RhythmDecoder, motifs: MotifMemory?) {
    guard context.isShort else { return nil }
    self.context = context
    chances = decoder.probabilities
    odds = decoder.probabilities.map { max(-12, min(12, log(max(1e-9, $0) / max(1e-9, 1 - $0)))) }
    isHeard = motifs != nil
    surroundings = Surroundings(context, motifs: motifs)
  }

  /// The region as it would be with a draft in it.
  private struct Region {
    var rows: [(row: Row, panels: PanelRow)]
    var labels: ArraySlice<FootStride>
    var exit: ArraySlice<FootStride>
    var readings: [RowReading]
    var exitReadings: [RowReading]
  }

  func traits(of candidate: PanelCandidate) -> CriticTraits {
    let region = region(with: candidate)
    var traits = CriticTraits()
    guard !region.rows.isEmpty else { return traits }
    panels(region, &traits)
    rhythm(region, &traits)
    feet(region, &traits)
    against(region, &traits)
    circumstances(region, &traits)
    return traits
  }

  private func region(with candidate: PanelCandidate) -> Region {
    let range = context.request.region
    let inside = context.kept[range].steps(judgedBy: context.timing)
    let notes = (inside + candidate.notes.map(\.note)).sorted()
    let lanes = context.pad.panels.count
    let rows = Dictionary(grouping: notes.filter { $0.lane.index < lanes }, by: \.row)
      .sorted { $0.key < $1.key }.map { (row: $0.key, panels: PanelRow($0.value, lanes: lanes)) }
    let feet = surroundings.before + FootRow.rows(of: notes, timing: context.timing) + surroundings.after
    let labels = FootStride.strides(over: feet, on: context.pad)
    let first = min(labels.count, surroundings.before.count)
    let last = max(first, labels.count - surroundings.after.count)
    return Region(
      rows: rows, labels: labels[first..<last], exit: labels[last...].prefix(Self.exitRows),
      readings: candidate.readings.filter { range.contains($0.row) },
      exitReadings: candidate.readings.filter { $0.row >= range.upperBound })
  }

  private func panels(_ region: Region, _ traits: inout CriticTraits) {
    let chances = region.readings.map(\.logChance)
    guard !chances.isEmpty else { return }
    traits[.panels] = chances.mean
    let lowest = chances.sorted()
    traits[.panelsWorst] = lowest[0]
    traits[.panelsThreeWorst] = Array(lowest.prefix(3)).mean
    traits[.panelsAgainstExpected] = region.readings.map { $0.logChance - $0.expected }.mean
    traits[.panelsEntrance] = Array(chances.prefix(2)).mean
    traits[.panelsFarFetched] = chances.map { $0 < -4 ? 1 : 0 }.mean
    traits[.panelsWorstAgainstExpected] = region.readings.map { $0.logChance - $0.expected }.min() ?? 0
    let bars = region.readings.indices.filter {
      $0 == 0 || region.readings[$0].row.measure != region.readings[$0 - 1].row.measure
    }
    traits[.panelsAtBars] = bars.map { chances[$0] - region.readings[$0].expected }.mean
    traits[.recalled] = region.readings.map(\.recalled).mean
    traits[.recalledFirst] = region.readings.map { $0.isRecalledFirst ? 1 : 0 }.mean
    let exit = region.exitReadings.map { $0.logChance - $0.expected }
    traits[.panelsExit] = exit.mean
    traits[.panelsExitWorst] = exit.min() ?? 0
  }

  private func rhythm(_ region: Region, _ traits: inout CriticTraits) {
    let first = context.region.lowerBound
    let slots = region.rows.compactMap { context.grid.slot(of: $0.row) }.filter(context.region.contains)
    guard !slots.isEmpty else { return }
    let own = slots.map { odds[$0 - first] }
    let lowest = own.sorted()
    traits[.rows] = own.mean
    traits[.rowsWorst] = lowest[0]
    traits[.rowsThreeWorst] = Array(lowest.prefix(3)).mean
    let taken = Set(slots)
    var left = 0.0
    var worst = -12.0
    var expected = 0.0
    for slot in context.region {
      expected += chances[slot - first]
      guard !taken.contains(slot) else { continue }
      left += log(max(1e-6, 1 - chances[slot - first]))
      worst = max(worst, odds[slot - first])
    }
    traits[.rowsLeftOut] = left / Double(slots.count)
    traits[.rowsLeftOutWorst] = worst
    let best = Array(odds.sorted(by: >).prefix(slots.count))
    traits[.rowsAgainstBest] = own.mean - best.mean
    traits[.rowsAgainstCount] = log(Double(slots.count) / max(0.5, expected))
  }

  private func feet(_ region: Region, _ traits: inout CriticTraits) {
    guard !region.labels.isEmpty else { return }
    let costs = region.labels.map { min($0.cost, 2000) }
    let highest = costs.sorted(by: >)
    traits[.cost] = log(20 + costs.mean)
    traits[.costWorst] = log(20 + highest[0])
    traits[.costThreeWorst] = log(20 + Array(highest.prefix(3)).mean)
    traits[.costExit] = log(20 + region.exit.map { min($0.cost, 2000) }.mean)
    func share(_ finding: FootLabel.Finding) -> Double {
      region.labels.map { $0.findings.contains(finding) ? 1 : 0 }.mean
    }
    traits[.doubleSteps] = share(.doubleStep)
    traits[.crossovers] = share(.crossover)
    traits[.twists] = share(.twistOver90)
    traits[.jacks] = share(.jack)
    traits[.footSwitches] = share(.footSwitch)
    traits[.spins] = share(.spin)
    traits[.stretches] = share(.stretch)
    let used = region.rows.reduce(into: PanelSet()) { $0.formUnion($1.panels.all) }
    traits[.lanesUnused] = 1 - Double(used.count) / Double(context.pad.panels.count)
  }

  /// The region beside what stands around it.
  private func against(_ region: Region, _ traits: inout CriticTraits) {
    let range = context.request.region
    let seconds =
      (context.timing.seconds(at: range.upperBound) - context.timing.seconds(at: range.lowerBound))
      .value
    let own = Habits(region.rows, seconds: seconds, labels: Array(region.labels))
    traits[.density] = log(max(0.1, own.density))
    traits[.jumps] = own.jumps
    let repeats = surroundings.measures.repeats(region.rows)
    traits[.rhythmRepeats] = repeats.rhythm
    traits[.panelsRepeat] = repeats.panels
    traits[.panelsRepeatUnmirrored] = repeats.unmirrored
    traits[.panelsRepeatInOrder] = repeats.inOrder
    if let heard = repeats.asHeard {
      traits[.hasAlike] = 1
      traits[.rhythmAsHeard] = heard.rhythm
      traits[.panelsAsHeard] = heard.panels
    }
    guard let around = surroundings.habits else { return }
    traits[.densityAgainstAround] = log(max(0.1, own.density) / max(0.1, around.density))
    traits[.quartersAgainstAround] = own.quarters - around.quarters
    traits[.eighthsAgainstAround] = own.eighths - around.eighths
    traits[.sixteenthsAgainstAround] = own.sixteenths - around.sixteenths
    traits[.oddPlaces] =
      region.rows.map { surroundings.places.contains($0.row.index % Row.perBeat) ? 0 : 1 }.mean
    traits[.costAgainstAround] = log((20 + own.cost) / (20 + around.cost))
    traits[.jumpsAgainstAround] = own.jumps - around.jumps
    traits[.holdsAgainstAround] = own.holds - around.holds
    let findings: [(CriticTrait, FootLabel.Finding)] = [
      (.doubleStepsAgainstAround, .doubleStep), (.jacksAgainstAround, .jack),
      (.footSwitchesAgainstAround, .footSwitch), (.twistsAgainstAround, .twistOver90),
      (.bracketsAgainstAround, .bracket),
    ]
    for (trait, finding) in findings { traits[trait] = own[finding] - around[finding] }
  }

  private func circumstances(_ region: Region, _ traits: inout CriticTraits) {
    let range = context.request.region
    traits[.isHeard] = isHeard ? 1 : 0
    traits[.isWrittenBefore] = context.keptRows.first.map { $0 < range.lowerBound } ?? false ? 1 : 0
    traits[.isWrittenAfter] = context.keptRows.last.map { $0 >= range.upperBound } ?? false ? 1 : 0
    traits[.level] = Double(context.request.level ?? 0) / 10
    traits[.isLevelKnown] = context.request.level == nil ? 0 : 1
    traits[.rowCount] = log(Double(region.rows.count))
    let types: [StepsType: CriticTrait] = [
      .pumpSingle: .isPumpSingle, .pumpDouble: .isPumpDouble, .pumpHalfDouble: .isHalfDouble,
      .danceSingle: .isDanceSingle, .danceDouble: .isDanceDouble,
    ]
    if let trait = types[context.stepsType] { traits[trait] = 1 }
  }
}

extension Array where Element == Double {
  /// 0 of nothing.
  fileprivate var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }
}
