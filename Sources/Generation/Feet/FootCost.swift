import Chart
import Foundation

/// What makes a movement costly, in words for the author.
package enum FootCost: Int, Hashable, Sendable, CaseIterable {
  case travel, jack, footSwitch, doubleStep, facing, spin, bracket, holdSwitch, stretch, impossible

  /// A movement's cost as a clause: "the other foot would have to …".
  package var clause: String {
    switch self {
    case .travel: "travel further"
    case .jack: "repeat its panel at speed"
    case .footSwitch: "take over the other foot's panel"
    case .doubleStep: "double-step"
    case .facing: "turn the body away"
    case .spin: "spin around"
    case .bracket: "bracket two panels"
    case .holdSwitch: "take over a hold"
    case .stretch: "stretch the legs"
    case .impossible: "do what two feet cannot"
    }
  }
}

/// What each movement costs. The unit is arbitrary: a step to the next corner at 8 steps a second costs about 100, and
/// a double-step 850. The kinds of cost and their proportions follow the parity models of SMEditor and ITGmania, fitted
/// anew to Pump pads, where brackets and full twists are ordinary.
enum FootCosts {
  static let impossible = 100_000.0

  private static let doubleStep = 850.0
  private static let travelPerPanelSecond = 6.0
  private static let jackPerHertz = 45.0
  private static let jackLimitHertz = 7.0
  private static let footSwitch = 60.0
  private static let slowFootSwitch = 325.0
  private static let cornerFootSwitch = 70.0
  private static let facing = 600.0
  private static let spin = 1000.0
  private static let bracket = 200.0
  private static let slowBracket = 300.0
  private static let holdBracket = 400.0
  private static let twistedBracket = 200.0
  private static let holdSwitch = 150.0
  private static let stretchLimit = 3.2
  private static let stretchPerPanelSquared = 120.0

  /// One movement, as everything that its cost depends on.
  struct Move {
    var before: FootState
    var after: FootState
    var assignment: FootAssignment
    var steps: PanelSet
    var held: PanelSet
    /// Seconds since the row before, at least 0.02.
    var elapsed: Double
  }

  /// Reports each part of a movement's cost.
  @inline(__always)
  static func visit(_ move: Move, on pad: Pad, _ add: (FootCost, Double) -> Void) {
    for foot in Foot.allCases where !move.assignment[foot].isEmpty {
      visitFoot(foot, move, pad, add)
    }
    visitBody(move, pad, add)
  }

  /// A movement's whole cost.
  static func total(_ move: Move, on pad: Pad) -> Double {
    var sum = 0.0
    visit(move, on: pad) { sum += $1 }
    return sum
  }

  @inline(__always)
  private static func visitFoot(
    _ foot: Foot, _ move: Move, _ pad: Pad, _ add: (FootCost, Double) -> Void
  ) {
    let old = pad.places[move.before[foot]]
    let new = pad.places[move.after[foot]]
    let distance = pad.distance(from: move.before[foot], to: move.after[foot])
    let others = pad.places[move.before[foot.other]].panels
    let own = move.assignment[foot]
    let taken = own.intersection(move.held).subtracting(old.panels)
    if !taken.isEmpty, !taken.isDisjoint(with: others) {
      add(.holdSwitch, holdSwitch + 55 * distance)
    }
    guard move.after.didMove(foot) else { return }
    let hertz = 1 / move.elapsed
    add(.travel, travelPerPanelSecond * distance * hertz)
    if isFootSwitch(foot, move, others) {
      let slowness = min(0.5, max(0, (move.elapsed - 0.2) / move.elapsed))
      add(.footSwitch, footSwitch + slowFootSwitch * slowness)
      if abs(new.centre.y) == 1 && abs(new.centre.x) > 0.4 { add(.footSwitch, cornerFootSwitch) }
    } else if !old.panels.isDisjoint(with: own.intersection(move.steps)) {
      if move.before.didMove(foot) { add(.jack, jackPerHertz * max(0, hertz - jackLimitHertz)) }
    } else if isDoubleStep(foot, move) {
      // Slow double-steps are a matter of taste; below two a second they hardly count.
      add(.doubleStep, doubleStep * min(1, 0.3 * hertz))
    }
    if own.count == 2 { visitBracket(foot, move, add) }
  }

  @inline(__always)
  private static func visitBracket(_ foot: Foot, _ move: Move, _ add: (FootCost, Double) -> Void) {
    if !move.assignment[foot].isDisjoint(with: move.held) {
      add(.bracket, holdBracket)
    } else if move.assignment[foot.other].isEmpty {
      add(.bracket, bracket + slowBracket * min(0.5, max(0, move.elapsed - 0.15)))
    } else {
      add(.bracket, bracket / 2)
    }
  }

  /// What the whole body does: which way it faces, how far the legs reach, whether it spins.
  @inline(__always)
  private static func visitBody(_ move: Move, _ pad: Pad, _ add: (FootCost, Double) -> Void) {
    let before = pad.stance(of: move.before)
    let after = pad.stance(of: move.after)
    if after.isTurned {
      add(.facing, facing * after.back)
      if move.assignment.left.count == 2 || move.assignment.right.count == 2 { add(.bracket, twistedBracket) }
    }
    if before.isSpin(to: after) { add(.spin, spin) }
    let excess = max(0, after.width - stretchLimit)
    if excess > 0 { add(.stretch, stretchPerPanelSquared * excess * excess) }
  }

  /// The same foot twice running on different panels while the other was free to step.
  static func isDoubleStep(_ foot: Foot, _ move: Move) -> Bool {
    move.before.didMove(foot) && !move.before.didMove(foot.other) && !move.after.didMove(foot.other)
      && move.assignment[foot.other].isDisjoint(with: move.held)
  }

  /// The panel that the other foot has just hit, taken over by this one, be it for the first time or in turn.
  static func isFootSwitch(_ foot: Foot, _ move: Move, _ others: PanelSet) -> Bool {
    move.before.didMove(foot.other)
      && !others.isDisjoint(with: move.assignment[foot].intersection(move.steps))
  }
}

/// The line from the left foot to the right.
struct Stance: Sendable {
  let dx: Double
  let dy: Double
  let width: Double
  /// Whether the body faces away from the screen at all.
  let isTurned: Bool
  /// How uncomfortably it does, from 0 to 1: hardly at a quarter turn and a bit, wholly with the back to the screen.
  let back: Double

  init(left: StagePoint, right: StagePoint) {
    dx = right.x - left.x
    dy = right.y - left.y
    width = (dx * dx + dy * dy).squareRoot()
    // The cosine of the body's turn: 1 facing the screen, 0 sideways, -1 facing away.
    let facing = width > 0 ? dx / width : 1
    isTurned = facing < 0
    back = pow(max(0, -facing), 7.2)
  }

  /// Whether going on turns the body past its back, from one side to the other.
  func isSpin(to next: Stance) -> Bool {
    dx < 0 && next.dx <= 0 && dy * next.dy < 0 || dx <= 0 && next.dx < 0 && dy * next.dy < 0
  }
}
