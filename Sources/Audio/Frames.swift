/// A count of sample frames: one sample of every channel.
package struct Frames: Hashable, Comparable, Sendable {
  package var count: Int
  package init(_ count: Int) { self.count = count }
  package static func < (lhs: Frames, rhs: Frames) -> Bool { lhs.count < rhs.count }
  package static func + (lhs: Frames, rhs: Frames) -> Frames { Frames(lhs.count + rhs.count) }
  package static func - (lhs: Frames, rhs: Frames) -> Frames { Frames(lhs.count - rhs.count) }
}
