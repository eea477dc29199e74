import Chart
import Foundation

/// What a chart's own rhythm says of the rows to come, for songs that are not heard: where the last two measures were
/// written much like this before, what followed there is likely to follow again.
///
/// With sound the network is told as much by the motifs.
struct RhythmMemory {
  /// Slots that are compared.
  private static let window = 2 * MotifMemory.slotsPerMeasure
  /// How far back is looked: by beats within a measure, then by measures.
  private static let lags =
    [1, 2].map { $0 * BeatGrid.slotsPerBeat } + (1...32).map { $0 * MotifMemory.slotsPerMeasure }
  private static let fewestRows = 4
  private static let sharpness = 20.0
  /// No memory is surer than this.
  private static let surest = 0.97
  /// The share of the memory's log-odds beside the network's.
  private static let share = 0.5

  /// The chance of a row on each slot of the region.
  private let chances: [Double]

  /// - Returns: nil where too little is written before the region.
  init?(_ known: KnownSlots, region: Range<Int>) {
    let start = region.lowerBound
    guard start >= Self.window else { return nil }
    let recent = start - Self.window..<start
    let count = recent.count { known.hasNotes[$0] }
    guard count >= Self.fewestRows, let first = known.hasNotes.firstIndex(of: true) else { return nil }
    let likeness = Self.lags.compactMap { lag -> (lag: Int, value: Double)? in
      guard recent.lowerBound - lag >= first - MotifMemory.slotsPerMeasure, recent.lowerBound >= lag else {
        return nil
      }
      let both = recent.count { known.hasNotes[$0] && known.hasNotes[$0 - lag] }
      let other = recent.count { known.hasNotes[$0 - lag] }
      return (lag, 2 * Double(both) / Double(count + other))
    }
    guard let best = likeness.map(\.value).max() else { return nil }
    let weights = likeness.map { ($0.lag, exp(Self.sharpness * ($0.value - best))) }
    let sum = weights.reduce(0) { $0 + $1.1 }
    var chances: [Double] = []
    for slot in region {
      let votes = weights.reduce(0) { votes, source in
        let before = slot - source.0
        let chance = before < start ? (known.hasNotes[before] ? 1 : 0) : chances[before - start]
        return votes + source.1 * chance
      }
      chances.append(votes / sum)
    }
    self.chances = chances
  }

  /// The network's chances with the memory's.
  func blended(with probabilities: [Double]) -> [Double] {
    zip(probabilities, chances).map { own, remembered in
      let bounded = min(max(remembered, 1 - Self.surest), Self.surest)
      let odds = (1 - Self.share) * Self.logOdds(own) + Self.share * Self.logOdds(bounded)
      return 1 / (1 + exp(-odds))
    }
  }

  private static func logOdds(_ chance: Double) -> Double {
    let bounded = min(max(chance, 1e-6), 1 - 1e-6)
    return log(bounded / (1 - bounded))
  }
}
