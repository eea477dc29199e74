import Chart

@testable import Generation

extension DrawnPatterns {
  static let dance: [DrawnPattern] = [
    DrawnPattern(
      "dance: left and right", .danceSingle, without: [.doubleStep, .crossover],
      """
      x... L
      ...x R (forced)
      x... L
      ...x R
      """),
    DrawnPattern(
      "dance: the stairs up", .danceSingle, without: [.doubleStep, .crossover],
      """
      x... L
      .x.. R
      ..x. L
      ...x R
      """),
    DrawnPattern(
      "dance: the other stairs up", .danceSingle, without: [.doubleStep, .crossover],
      """
      x... L
      ..x. R
      .x.. L
      ...x R
      """),
    DrawnPattern(
      "dance: the stairs down", .danceSingle, without: [.doubleStep, .crossover],
      """
      ...x R
      ..x. L
      .x.. R
      x... L
      """),
    DrawnPattern(
      "dance: the other stairs down", .danceSingle, without: [.doubleStep, .crossover],
      """
      ...x R
      .x.. L
      ..x. R
      x... L
      """),
    DrawnPattern(
      "dance: down between the sides", .danceSingle, without: [.doubleStep],
      """
      x... L
      ...x R
      .x.. L
      ...x R
      """),
    DrawnPattern(
      "dance: up between the sides", .danceSingle, without: [.doubleStep],
      """
      ...x R
      x... L
      ..x. R
      x... L
      """),
    DrawnPattern(
      "dance: down, then across", .danceSingle, without: [.doubleStep],
      """
      x... L
      .x.. R
      ...x L crossover
      .x.. R
      x... L
      """),
    DrawnPattern(
      "dance: up, then across", .danceSingle, without: [.doubleStep],
      """
      x... L
      ..x. R
      ...x L crossover
      ..x. R
      x... L
      """),
    DrawnPattern(
      "dance: across to the left", .danceSingle, without: [.doubleStep],
      """
      ...x R
      .x.. L
      x... R crossover
      .x.. L
      ...x R
      """),
    DrawnPattern(
      "dance: across by the upper panel", .danceSingle, without: [.doubleStep],
      """
      ...x R
      ..x. L
      x... R crossover
      ..x. L
      ...x R
      """),
    DrawnPattern(
      "dance: down and up in turn", .danceSingle, without: [.doubleStep],
      """
      ..x. -
      .x.. - twist90
      ..x. - twist90
      .x.. - twist90
      """),
    DrawnPattern(
      "dance: left and right together", .danceSingle, without: [.bracket],
      """
      x..x LR jump
      """),
    DrawnPattern(
      "dance: down and up together", .danceSingle, without: [.bracket],
      """
      .xx. -- jump
      """),
    DrawnPattern(
      "dance: three panels", .danceSingle, without: [.impossible],
      """
      xx.x --- bracket
      """),
    DrawnPattern(
      "dance: all four", .danceSingle, without: [.impossible],
      """
      xxxx ---- bracket
      """),
    DrawnPattern(
      "dance: two panels apart beside a hold", .danceSingle, without: [.impossible],
      """
      ox.. --
      |.xx -- bracket
      """),
    DrawnPattern(
      "dance: a jack between steps", .danceSingle, without: [.doubleStep, .footSwitch],
      """
      x... L
      ...x R
      ...x R jack
      x... L
      """),
    DrawnPattern(
      "dance: the left panel held", .danceSingle, without: [.doubleStep, .impossible],
      """
      o... L
      |..x R
      |.x. R
      |x.. R
      """),
    DrawnPattern(
      "dance: wide steps are forced", .danceSingle,
      """
      x... L (forced)
      ...x R (forced)
      x... L (forced)
      """),
    DrawnPattern(
      "up and down may be begun with either foot", .danceSingle,
      """
      ..x. - (either)
      .x.. - (either)
      ..x. - (either)
      """),
    DrawnPattern(
      "dance: the circle makes the feet give way", .danceSingle, without: [.impossible],
      """
      x... -
      .x.. -
      ...x -
      ..x. -
      x... -
      .x.. -
      ...x -
      ..x. -
      """),
    DrawnPattern(
      "held apart: no double-step although one foot repeats", .danceSingle, without: [.doubleStep],
      """
      o..x LR
      |.x. R
      |..x R
      |.x. R
      """),
    DrawnPattern(
      "dance: two sides by one foot is worse than a turn", .danceSingle, without: [.doubleStep],
      """
      x... L
      .x.. R
      x... L
      ..x. R
      ...x L crossover
      """),
  ]
}
