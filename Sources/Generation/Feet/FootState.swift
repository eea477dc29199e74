/// Left or right.
package enum Foot: String, Hashable, Sendable, CaseIterable, Codable {
  case left, right

  package var other: Foot { self == .left ? .right : .left }
}

/// Where both feet stand after a row, and which of them stepped on it.
struct FootState: Hashable, Sendable {
  /// Places of the pad. A foot that the other displaced keeps its place: it hovers there.
  var left: UInt8
  var right: UInt8
  /// Bit 0: the left foot stepped; bit 1: the right foot.
  var moved: UInt8

  static let leftBit: UInt8 = 1
  static let rightBit: UInt8 = 2

  static let start = FootState(left: UInt8(Pad.startLeft), right: UInt8(Pad.startRight), moved: 0)

  subscript(foot: Foot) -> Int { Int(foot == .left ? left : right) }

  func didMove(_ foot: Foot) -> Bool {
    moved & (foot == .left ? FootState.leftBit : FootState.rightBit) != 0
  }
}

/// One way to share the panels of a row between the feet.
struct FootAssignment: Hashable, Sendable {
  var left: PanelSet
  var right: PanelSet

  subscript(foot: Foot) -> PanelSet { foot == .left ? left : right }

  /// All ways in which two feet cover `panels`: each panel by one foot, a foot one panel or two that it can bracket.
  /// Empty when two feet are not enough.
  static func all(covering panels: PanelSet, on pad: Pad) -> [FootAssignment] {
    let lanes = panels.lanes
    guard lanes.count <= 4 else { return [] }
    return (0..<(1 << lanes.count)).compactMap { choice in
      var assignment = FootAssignment(left: [], right: [])
      for (bit, lane) in lanes.enumerated() {
        if choice & (1 << bit) != 0 {
          assignment.left.formUnion(PanelSet(lane))
        } else {
          assignment.right.formUnion(PanelSet(lane))
        }
      }
      for foot in Foot.allCases where !assignment[foot].isEmpty {
        if pad.place(on: assignment[foot]) == nil { return nil }
      }
      return assignment
    }
  }
}
