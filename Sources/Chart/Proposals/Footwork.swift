/// Which foot steps where, as a player would walk a chart.
package struct Footwork: Hashable, Sendable {
  /// How freely a player may choose the foot.
  package enum Freedom: String, Hashable, Sendable, Codable {
    /// Any other way costs a double-step or worse.
    case forced
    /// Other ways are clearly less comfortable.
    case clear
    /// Another way is as good.
    case either
    /// Two feet cannot do it.
    case impossible
  }

  package enum Side: Hashable, Sendable { case left, right }

  /// What the feet do on one row.
  package struct Step: Hashable, Sendable {
    package var row: Row
    /// The lanes that each foot steps on, two when it brackets.
    package var left: [Lane]
    package var right: [Lane]
    package var freedom: Freedom
    /// What a player notices, in words, the most striking first: `double-step`, `crossover`.
    package var notices: [String]
    /// Whether most players would call it a fault of the chart, or a challenge: a double-step, a spin.
    package var isHard: Bool
    /// Why these feet: what the other way would ask of the player.
    package var reason: String

    package init(
      row: Row, left: [Lane], right: [Lane], freedom: Freedom, notices: [String] = [], isHard: Bool = false,
      reason: String = ""
    ) {
      self.row = row
      self.left = left
      self.right = right
      self.freedom = freedom
      self.notices = notices
      self.isHard = isHard
      self.reason = reason
    }

    /// The foot on a lane; nil when the row does not step on it, or no foot can.
    package func side(on lane: Lane) -> Side? {
      if left.contains(lane) { return .left }
      return right.contains(lane) ? .right : nil
    }
  }

  /// In order of rows.
  package let steps: [Step]

  package init(_ steps: [Step] = []) {
    self.steps = steps
  }

  /// What the feet do on a row; nil when nothing is stepped on there.
  package func step(at row: Row) -> Step? {
    let index = steps.firstIndex(past: { $0.row < row })
    return index < steps.count && steps[index].row == row ? steps[index] : nil
  }
}
