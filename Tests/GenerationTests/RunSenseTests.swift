import Testing

@testable import Generation

/// 16ths come in runs, and are chosen so.
struct RunSenseTests {
  /// Eight measures whose 16ths are hardly likely, but in the second measure, where every second one is.
  private let region = 0..<8 * 96
  private var chances: [Double] {
    region.map { slot in
      guard slot % 12 == 6 else { return slot % 12 == 0 ? 0.6 : 0.01 }
      return (96..<192).contains(slot) ? (slot % 24 == 6 ? 0.5 : 0.2) : 0.05
    }
  }
  private var shift: [Double] { RunSense.shift(region, chances) { _ in true } }

  @Test func a16thAmongLikelyOnesGains() {
    #expect(shift[96 + 18] > 0.5, "though it is not likely itself")
  }

  @Test func a16thAmongUnlikelyOnesLoses() {
    #expect(shift[6 * 96 + 6] < -0.2)
  }

  @Test func othersStayAsTheyAre() {
    #expect(region.filter { $0 % 12 != 6 }.allSatisfy { shift[$0] == 0 })
  }

  @Test func whereNothingMayStandNothingIsHeard() {
    let closed = RunSense.shift(region, chances) { !(96..<192).contains($0) }
    #expect(closed.allSatisfy { abs($0) < 1e-9 }, "all 16ths that are left are alike")
    #expect(RunSense.shift(0..<0, []) { _ in true }.isEmpty)
  }
}
