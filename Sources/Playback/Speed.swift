/// How fast music is played, in hundredths of its own speed: a ratio of integers, so that each frame of music has one
/// place in what is heard, however often the speed changes.
package struct Speed: Hashable, Sendable {
  package let hundredths: Int

  package static let normal = Speed(1)

  /// The nearest there is to `factor`.
  package init(_ factor: Double) {
    self.init(hundredths: Int((min(max(factor, 0.01), 100) * 100).rounded()))
  }

  init(hundredths: Int) { self.hundredths = hundredths }

  package var factor: Double { Double(hundredths) / 100 }

  /// The frame of what is heard that is nearest to a frame of the music, which is not negative.
  func played(_ frame: Int) -> Int { (200 * frame + hundredths) / (2 * hundredths) }
}
