/// How many beats were followed.
package enum BeatMatch {
  /// Seconds by which a beat may be off.
  package static let tolerance = 0.015

  /// The part of the true beats that have a found beat within the tolerance. Found beats beyond the number of true
  /// ones in the same stretch count against it. Both lists ascend.
  package static func share(of truth: [Double], in found: [Double]) -> Double {
    guard let first = truth.first, let last = truth.last else { return 0 }
    let inside = found.count { $0 > first - 0.1 && $0 < last + 0.1 }
    var position = 0
    var hits = 0
    for beat in truth {
      while position + 1 < found.count, abs(found[position + 1] - beat) <= abs(found[position] - beat) {
        position += 1
      }
      if position < found.count, abs(found[position] - beat) <= tolerance { hits += 1 }
    }
    return Double(hits) / Double(max(truth.count, inside))
  }
}
