/// A point of the stage in panel widths: x to the player's right, y towards the screen.
package struct StagePoint: Hashable, Sendable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  package func distance(to other: StagePoint) -> Double {
    let dx = other.x - x
    let dy = other.y - y
    return (dx * dx + dy * dy).squareRoot()
  }
}

extension StepsType {
  /// The centres of the panels by lane; nil for a type whose pad is not known.
  package var stage: [StagePoint]? { StepsType.stages[self] }

  private static let stages: [StepsType: [StagePoint]] = {
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
