import Chart

@testable import Generation

extension DrawnPatterns {
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
}
