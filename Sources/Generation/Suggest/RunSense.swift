import Foundation

/// 16ths come in runs. Slot by slot every 8th is likelier than the 16th beside it, so that the likeliest slots alone would
/// scatter a few 16ths over the whole song: on training songs, level 8 and above, 61 in a hundred of them would stand
/// without another an 8th away, of people's on the same songs 44. So a 16th is the likelier, the likelier 16ths around it are.
///
/// Where much is written already the network hears as much from what stands beside.
enum RunSense {
  /// The share of the neighbours' log-odds that is added, and how far they reach (the deviation of a Gaussian), fitted to
  /// charts of training songs: lone 16ths as rare as may be, at .001 of F1.
  private static let strength = 0.6
  private static let reach = 1.5
  /// From one slot between 8ths to the next.
  private static let step = BeatGrid.slotsPerBeat / 2
  private static let first = BeatGrid.slotsPerBeat / 4
  /// Chances below count as this much.
  private static let least = 1e-4

  /// What the log-odds of each slot gain.
  /// - Parameters:
  ///   - region: slots.
  ///   - probabilities: of the region's slots.
  ///   - isOpen: whether a row may stand on a slot.
  static func shift(_ region: Range<Int>, _ probabilities: [Double], isOpen: (Int) -> Bool) -> [Double] {
    var shift = [Double](repeating: 0, count: region.count)
    let places = region.filter { $0 % step == first && isOpen($0) }
    let chances = places.map { probabilities[$0 - region.lowerBound] }
    let mean = chances.reduce(0, +) / Double(max(1, chances.count))
    for (index, place) in places.enumerated() {
      let around = around(index, places, chances)
      shift[place - region.lowerBound] = strength * log(max(least, around) / max(least, mean))
    }
    return shift
  }

  /// The mean chance of the 16ths around one, itself among them.
  private static func around(_ index: Int, _ places: [Int], _ chances: [Double]) -> Double {
    let deviation = reach * Double(BeatGrid.slotsPerBeat)
    var (sum, total) = (0.0, 0.0)
    func add(_ other: Int) -> Bool {
      let distance = Double(places[other] - places[index]) / deviation
      guard abs(distance) < 4 else { return false }
      let weight = exp(-distance * distance / 2)
      sum += weight * chances[other]
      total += weight
      return true
    }
    for other in index..<places.count where !add(other) { break }
    for other in (0..<index).reversed() where !add(other) { break }
    return sum / total
  }
}
