import Chart

/// The start of a sound, and how strongly it sets in.
package struct Onset: Hashable, Sendable {
  package var time: Seconds
  /// More than 0; comparable within one song only.
  package var strength: Double

  package init(time: Seconds, strength: Double) {
    self.time = time
    self.strength = strength
  }
}
