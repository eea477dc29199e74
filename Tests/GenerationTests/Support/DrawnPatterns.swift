import Chart

@testable import Generation

/// Patterns annotated by hand: what a player who knows the game does with them.
enum DrawnPatterns {
  static let all: [DrawnPattern] = pump + doubles + dance

  static let pump: [DrawnPattern] = [
    DrawnPattern(
      "the lower corners in turn", .pumpSingle, without: [.doubleStep, .crossover, .jack],
      """
      x.... L
      ....x R (forced)
      x.... L
      ....x R
      """),
    DrawnPattern(
      "the upper corners in turn", .pumpSingle, without: [.doubleStep, .crossover],
      """
      .x... L
      ...x. R (forced)
      .x... L
      ...x. R
      """),
    DrawnPattern(
      "one diagonal", .pumpSingle, without: [.doubleStep, .crossover],
      """
      x.... L
      ...x. R
      x.... L
      ...x. R
      """),
    DrawnPattern(
      "the other diagonal", .pumpSingle, without: [.doubleStep, .crossover],
      """
      .x... L
      ....x R
      .x... L
      ....x R
      """),
    DrawnPattern(
      "round the corners", .pumpSingle, without: [.doubleStep, .crossover],
      """
      x.... L
      ...x. R
      .x... L
      ....x R
      """),
    DrawnPattern(
      "centre and right", .pumpSingle, without: [.doubleStep],
      """
      ..x.. L
      ....x R
      ..x.. L
      ....x R
      """),
    DrawnPattern(
      "centre and left", .pumpSingle, without: [.doubleStep],
      """
      ..x.. R
      x.... L
      ..x.. R
      x.... L
      """),
    DrawnPattern(
      "left corner, centre, left corner", .pumpSingle, without: [.doubleStep],
      """
      .x... L
      ..x.. R
      x.... L
      ..x.. R
      """),
    DrawnPattern(
      "right corner, centre, right corner", .pumpSingle, without: [.doubleStep],
      """
      ...x. R
      ..x.. L
      ....x R
      ..x.. L
      """),
    DrawnPattern(
      "both sides with the centre between", .pumpSingle, without: [.doubleStep],
      """
      x.... L
      ....x R
      ..x.. L
      ...x. R
      .x... L
      ....x R
      """),
    DrawnPattern(
      "a fast run keeps alternating", .pumpSingle, pace: 12, without: [.doubleStep],
      """
      x.... L
      ....x R
      ..x.. L
      ....x R
      .x... L
      ...x. R
      """),
    DrawnPattern(
      "left corners in turn: a quarter turn", .pumpSingle, without: [.doubleStep],
      """
      x.... -
      .x... - twist90
      x.... - twist90
      .x... - twist90
      """),
    DrawnPattern(
      "right corners in turn: a quarter turn", .pumpSingle, without: [.doubleStep],
      """
      ....x -
      ...x. - twist90
      ....x - twist90
      ...x. - twist90
      """),
    DrawnPattern(
      "the left side, then away to the right", .pumpSingle, without: [.doubleStep],
      """
      ....x R
      x.... L
      .x... R twist90
      x.... L
      ....x R
      """),
    DrawnPattern(
      "the right side, then away to the left", .pumpSingle, without: [.doubleStep],
      """
      x.... L
      ....x R
      ...x. L twist90
      ....x R
      x.... L
      """),
    DrawnPattern(
      "a jump to the lower corners", .pumpSingle, without: [.bracket, .impossible],
      """
      x...x LR jump
      """),
    DrawnPattern(
      "jumps in a row", .pumpSingle, without: [.bracket, .impossible],
      """
      x...x LR jump
      .x.x. LR jump
      x...x LR jump
      """),
    DrawnPattern(
      "centre and two corners: one foot takes two", .pumpSingle, without: [.impossible],
      """
      x.x.x --- bracket jump
      """),
    DrawnPattern(
      "both left corners and the centre", .pumpSingle, without: [.impossible],
      """
      xxx.. --- bracket
      """),
    DrawnPattern(
      "a bracket while the other foot holds", .pumpSingle, without: [.impossible],
      """
      o.... L
      |.xx. RR bracket
      """),
    DrawnPattern(
      "all five panels", .pumpSingle,
      """
      xxxxx !!!!! impossible (impossible)
      """),
    DrawnPattern(
      "three corners", .pumpSingle,
      """
      xx.x. !!! impossible (impossible)
      """),
    DrawnPattern(
      "all four corners", .pumpSingle,
      """
      xx.xx !!!! impossible (impossible)
      """),
    DrawnPattern(
      "four panels with one centre", .pumpSingle,
      """
      x.xxx !!!! impossible (impossible)
      """),
    DrawnPattern(
      "two corners while the other foot holds", .pumpSingle,
      """
      o.... -
      |..xx !! impossible
      """),
    DrawnPattern(
      "a corner too far from both holds", .pumpSingle,
      """
      o...o LR
      |..x| ! impossible
      """),
    DrawnPattern(
      "the centre again and again, slowly", .pumpSingle, pace: 4, without: [.footSwitch, .doubleStep],
      """
      ..x.. -
      ..x.. - jack
      ..x.. - jack
      """),
    DrawnPattern(
      "a corner again and again", .pumpSingle, without: [.footSwitch, .doubleStep],
      """
      x.... L
      x.... L jack
      x.... L jack
      """),
    DrawnPattern(
      "too fast for one foot: the other takes over", .pumpSingle, pace: 13, without: [.doubleStep, .jack],
      """
      ..x.. -
      ..x.. - footSwitch
      ..x.. - footSwitch
      ..x.. - footSwitch
      """),
    DrawnPattern(
      "a jumped jack", .pumpSingle, without: [.bracket],
      """
      x...x LR jump
      x...x LR jump jack
      """),
    DrawnPattern(
      "so slow that it is no jack", .pumpSingle, pace: 2, without: [.jack, .doubleStep],
      """
      x.... L
      x.... L
      """),
    DrawnPattern(
      "one foot holds, the other does all", .pumpSingle, without: [.doubleStep, .impossible],
      """
      o.... L
      |...x R
      |..x. R
      |...x R
      |..x. R
      """),
    DrawnPattern(
      "the right foot holds", .pumpSingle, without: [.doubleStep, .impossible],
      """
      ....o R
      x...| L
      .x..| L
      x...| L
      """),
    DrawnPattern(
      "both held, the centre by a bracket", .pumpSingle, without: [.impossible],
      """
      o...o LR
      |.x.| - bracket
      """),
    DrawnPattern(
      "after the hold the feet go on in turn", .pumpSingle, without: [.doubleStep],
      """
      o.... L
      |...x R
      |..x. R
      .x... L
      ....x R
      """),
    DrawnPattern(
      "a lone centre: either foot", .pumpSingle,
      """
      ..x.. - (either)
      """),
    DrawnPattern(
      "a lone pair of lower corners is forced", .pumpSingle,
      """
      x.... L (forced)
      ....x R (forced)
      x.... L (forced)
      ....x R (forced)
      """),
  ]
}
