import Chart

/// A set of panels as a bit mask, lane 0 in the lowest bit.
package struct PanelSet: Hashable, Sendable, OptionSet {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }
  package init(_ lane: Lane) { rawValue = 1 << UInt16(lane.index) }

  package var count: Int { rawValue.nonzeroBitCount }

  /// The lanes of the set from left to right.
  package var lanes: [Lane] {
    (0..<UInt16.bitWidth).filter { rawValue & (1 << UInt16($0)) != 0 }.map(Lane.init)
  }
}

/// A point of the stage in panel widths: x to the player's right, y towards the screen.
package struct StagePoint: Hashable, Sendable {
  package var x: Double
  package var y: Double

  func distance(to other: StagePoint) -> Double {
    let dx = other.x - x
    let dy = other.y - y
    return (dx * dx + dy * dy).squareRoot()
  }
}

/// Where the panels of a steps type lie, and the places that one foot can take on them.
package struct Pad: Sendable {
  /// Panels whose centres are this near can be pressed by one foot, heel on one and toe on the other.
  static let bracketReach = 2.0.squareRoot() + 0.01

  /// What one foot can stand on: one panel, or two that it brackets.
  package struct Place: Sendable {
    package let panels: PanelSet
    /// The middle of the foot.
    package let centre: StagePoint
  }

  package let stepsType: StepsType
  /// The panels' centres by lane.
  package let panels: [StagePoint]
  /// All places; `PlaceIndex` counts them. The first two stand for the start, before either foot has stepped.
  package let places: [Place]
  private let indices: [PanelSet: Int]

  static let startLeft = 0
  static let startRight = 1

  /// - Returns: nil for a type whose pad is not known.
  package init?(_ stepsType: StepsType) {
    guard let panels = Pad.layouts[stepsType] else { return nil }
    self.stepsType = stepsType
    self.panels = panels
    let middle = panels.map(\.x).reduce(0, +) / Double(panels.count)
    var places = [
      Place(panels: [], centre: StagePoint(x: middle - 0.7, y: 0)),
      Place(panels: [], centre: StagePoint(x: middle + 0.7, y: 0)),
    ]
    for (lane, point) in panels.enumerated() {
      places.append(Place(panels: PanelSet(Lane(lane)), centre: point))
    }
    for (first, a) in panels.enumerated() {
      for (second, b) in panels.enumerated() where first < second && a.distance(to: b) <= Pad.bracketReach {
        let centre = StagePoint(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2)
        places.append(
          Place(panels: PanelSet(Lane(first)).union(PanelSet(Lane(second))), centre: centre))
      }
    }
    self.places = places
    indices = Dictionary(
      uniqueKeysWithValues: places.enumerated().dropFirst(2).map { ($1.panels, $0) })
  }

  /// The place of a foot on exactly these panels; nil when no foot covers them.
  func place(on panels: PanelSet) -> Int? { indices[panels] }

  /// Whether one foot can press all these panels at once.
  package func isBracket(_ panels: PanelSet) -> Bool { panels.count == 2 && indices[panels] != nil }

  private static let layouts: [StepsType: [StagePoint]] = {
    // A Pump pad: the corners and the centre; a dance pad: left, down, up, right.
    let pump = [(-1.0, -1.0), (-1, 1), (0, 0), (1, 1), (1, -1)]
    let dance = [(-1.0, 0.0), (0, -1), (0, 1), (1, 0)]
    func pads(_ panels: [(Double, Double)], at centres: [Double]) -> [StagePoint] {
      centres.flatMap { centre in panels.map { StagePoint(x: centre + $0.0, y: $0.1) } }
    }
    // Two pads stand so that their neighbouring panels are one panel apart.
    let pumpDouble = pads(pump, at: [-1.5, 1.5])
    return [
      .pumpSingle: pads(pump, at: [0]),
      .pumpDouble: pumpDouble,
      .pumpHalfDouble: Array(pumpDouble[2..<8]),
      .danceSingle: pads(dance, at: [0]),
      .danceDouble: pads(dance, at: [-1.5, 1.5]),
    ]
  }()
}
