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
      ..x.. -
      ..x.. -
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

  static let doubles: [DrawnPattern] = [
    DrawnPattern(
      "doubles: the left pad's corners", .pumpDouble, without: [.doubleStep, .crossover],
      """
      x......... L
      ....x..... R
      x......... L
      ....x..... R
      """),
    DrawnPattern(
      "doubles: the four panels in the middle", .pumpDouble, without: [.doubleStep, .crossover],
      """
      ...x...... L
      ......x... R
      ....x..... L
      .....x.... R
      """),
    DrawnPattern(
      "doubles: from one pad to the other", .pumpDouble, without: [.doubleStep, .crossover],
      """
      ..x....... L
      ....x..... R
      ...x...... L
      .....x.... R
      ....x..... L
      .......x.. R
      """),
    DrawnPattern(
      "half-doubles: centre to centre by the middle", .pumpHalfDouble, without: [.doubleStep, .crossover],
      """
      x..... L
      ..x... R
      .x.... L
      ...x.. R
      ..x... L
      .....x R
      """),
    DrawnPattern(
      "half-doubles: the inner corners", .pumpHalfDouble, without: [.doubleStep, .crossover],
      """
      .x.... L
      ....x. R
      ..x... L
      ...x.. R
      """),
    DrawnPattern(
      "dance doubles: from pad to pad", .danceDouble, without: [.doubleStep],
      """
      x....... L
      .x...... R
      ..x..... L
      ....x... R
      ...x.... L
      .....x.. R
      """),
    DrawnPattern(
      "dance doubles: right and left between the pads", .danceDouble, without: [.doubleStep, .crossover],
      """
      ...x.... L
      ....x... R
      ...x.... L
      ....x... R
      """),
    DrawnPattern(
      "doubles: a jump over the pads", .pumpDouble, without: [.bracket],
      """
      ...x..x... LR jump
      """),
    DrawnPattern(
      "doubles: two brackets", .pumpDouble, without: [.impossible],
      """
      ..xx..xx.. LLRR bracket
      """),
    DrawnPattern(
      "half-doubles: a bracket over the pads", .pumpHalfDouble, without: [.impossible],
      """
      xx..x. --- bracket
      """),
    DrawnPattern(
      "half-doubles: a bracket on the right and a step on the left", .pumpHalfDouble,
      without: [.impossible],
      """
      x..x.x LRR bracket
      """),
    DrawnPattern(
      "half-doubles: three that no foot joins", .pumpHalfDouble,
      """
      .xx..x !!! impossible
      """),
    DrawnPattern(
      "doubles: corners of both pads and a third", .pumpDouble,
      """
      x...x....x !!! impossible
      """),
    DrawnPattern(
      "doubles: held in the middle", .pumpDouble, without: [.impossible, .doubleStep],
      """
      .....o.... -
      ..x..|.... -
      ....x|.... -
      ...x.|.... -
      """),
  ]

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
