/// Which panels one foot can press together, and so how many feet a set of panels needs.
struct PanelReach {
  private let panels: [StagePoint]
  /// The greatest distance between two panels under one foot that anyone manages: a side of a pump pad, a corner of a dance
  /// pad. Wider than what the foot model takes for a bracket, because here only the impossible is meant.
  private let reach: Double

  /// Nil for types whose pads are not known, and for those of several players.
  init?(_ type: StepsType) {
    guard let panels = type.stage else { return nil }
    self.panels = panels
    reach = type.isPump ? 2 : 1.5
  }

  /// The fewest feet that press all of some lanes, two lanes at most to a foot.
  func feet(for lanes: [Lane]) -> Int {
    fewest(Array(Set(lanes.map(\.index))).filter(panels.indices.contains).sorted())
  }

  private func fewest(_ lanes: [Int]) -> Int {
    guard let first = lanes.first else { return 0 }
    let rest = Array(lanes.dropFirst())
    // Two lanes to a foot at most, so with five or more no pairing can help.
    if lanes.count > 4 { return (lanes.count + 1) / 2 }
    let paired = rest.indices.filter { panels[first].distance(to: panels[rest[$0]]) <= reach }.map { index in
      fewest(rest.enumerated().filter { $0.offset != index }.map(\.element))
    }
    return 1 + min(paired.min() ?? .max - 1, fewest(rest))
  }
}
