/// Which panels one foot can press together, and so how many feet a set of panels needs.
struct PanelReach {
  /// Where a pad's panels lie, in panel widths.
  private let places: [(x: Double, y: Double)]
  /// The greatest distance between two panels under one foot: a side of a pump pad, a corner of a dance pad.
  private let reach: Double

  private static let pump: [(x: Double, y: Double)] = [(0, 2), (0, 0), (1, 1), (2, 0), (2, 2)]
  private static let dance: [(x: Double, y: Double)] = [(0, 1), (1, 2), (1, 0), (2, 1)]

  /// Nil for types whose pads are not known, and for those of several players.
  init?(_ type: StepsType) {
    switch type {
    case .pumpSingle: places = PanelReach.pump
    case .pumpDouble: places = PanelReach.pair(PanelReach.pump)
    case .pumpHalfDouble: places = Array(PanelReach.pair(PanelReach.pump)[2..<8])
    case .danceSingle: places = PanelReach.dance
    case .danceDouble: places = PanelReach.pair(PanelReach.dance)
    default: return nil
    }
    reach = type.isPump ? 2 : 1.5
  }

  private static func pair(_ pad: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    pad + pad.map { ($0.x + 3, $0.y) }
  }

  /// The fewest feet that press all of some lanes, two lanes at most to a foot.
  func feet(for lanes: [Lane]) -> Int {
    fewest(Array(Set(lanes.map(\.index))).filter(places.indices.contains).sorted())
  }

  private func fewest(_ lanes: [Int]) -> Int {
    guard let first = lanes.first else { return 0 }
    let rest = Array(lanes.dropFirst())
    // Two lanes to a foot at most, so with five or more no pairing can help.
    if lanes.count > 4 { return (lanes.count + 1) / 2 }
    let paired = rest.indices.filter { canPress(first, rest[$0]) }.map { index in
      fewest(rest.enumerated().filter { $0.offset != index }.map(\.element))
    }
    return 1 + min(paired.min() ?? .max - 1, fewest(rest))
  }

  private func canPress(_ one: Int, _ other: Int) -> Bool {
    let (x, y) = (places[one].x - places[other].x, places[one].y - places[other].y)
    return x * x + y * y <= reach * reach
  }
}
