import Testing

@testable import Generation

/// A level guessed from what a chart asks.
struct LevelGuessTests {
  /// Charts of two traits; the level rises with their product as well.
  private static let charts: [[Double]] = stride(from: 0.0, to: 3, by: 0.1).flatMap { first in
    stride(from: 0.0, to: 3, by: 0.1).map { second in [first, second] }
  }
  private static let guess = LevelGuess(traits: charts, levels: charts.map(level))

  private static func level(_ traits: [Double]) -> Double { 4 + 2 * traits[0] + 3 * traits[0] * traits[1] }

  @Test(arguments: [[0.55, 2.05], [2.4, 0.35], [1.5, 1.5]])
  func itFollowsWhatPeopleCallLevels(traits: [Double]) throws {
    let level = try #require(Self.guess.level(of: traits))
    #expect(abs(level - Self.level(traits)) < 0.6)
  }

  @Test func aStrangeChartIsNoStrangerThanTheFarthest() throws {
    let far = try #require(Self.guess.level(of: [20, 1.5]))
    #expect(far == Self.guess.level(of: [2000, 1.5]))
  }

  @Test func otherTraitsGetNoGuess() {
    #expect(Self.guess.level(of: [1, 2, 3]) == nil)
  }
}
