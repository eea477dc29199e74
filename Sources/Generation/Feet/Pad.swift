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
  /// All places, by which feet are told. The first two stand for the start, before either foot has stepped.
  package let places: [Place]
  /// For each set of panels, as its mask says, the place of a foot on exactly these; -1 where no foot covers them.
  private let indices: [Int16]
  /// Between the centres of two places: row-major, places × places.
  private let distances: [Double]
  /// The feet on two places, left and right: row-major, places × places.
  private let stances: [Stance]

  static let startLeft = 0
  static let startRight = 1

  /// - Returns: nil for a type whose pad is not known.
  package init?(_ stepsType: StepsType) {
    guard let panels = stepsType.stage else { return nil }
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
    var indices = [Int16](repeating: -1, count: 1 << panels.count)
    for (index, place) in places.enumerated().dropFirst(2) {
      indices[Int(place.panels.rawValue)] = Int16(index)
    }
    self.indices = indices
    distances = places.flatMap { place in places.map { place.centre.distance(to: $0.centre) } }
    stances = places.flatMap { left in places.map { Stance(left: left.centre, right: $0.centre) } }
  }

  /// The place of a foot on exactly these panels; nil when no foot covers them.
  func place(on panels: PanelSet) -> Int? {
    let mask = Int(panels.rawValue)
    guard mask < indices.count, indices[mask] >= 0 else { return nil }
    return Int(indices[mask])
  }

  /// How far it is from one place to another, in panels.
  func distance(from place: Int, to other: Int) -> Double { distances[place * places.count + other] }

  func stance(of state: FootState) -> Stance { stances[Int(state.left) * places.count + Int(state.right)] }
}
