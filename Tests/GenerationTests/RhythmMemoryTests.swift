import Chart
import Testing

@testable import Generation

/// What a chart's own rhythm says where there is no sound.
struct RhythmMemoryTests {
  /// Six measures: beats, beats with an 8th, in turn; the first five of them written.
  private func known(measures: Int) -> KnownSlots {
    var known = KnownSlots(slots: 6 * 96)
    for measure in 0..<measures {
      for beat in 0..<4 { known.hasNotes[measure * 96 + beat * 24] = true }
      if measure % 2 == 1 { known.hasNotes[measure * 96 + 12] = true }
    }
    return known
  }

  @Test func whatFollowedBeforeIsLikelyAgain() throws {
    let memory = try #require(RhythmMemory(known(measures: 5), region: 5 * 96..<6 * 96))
    let chances = memory.blended(with: [Double](repeating: 0.5, count: 96))
    #expect(chances[0] > 0.8)
    #expect(chances[12] > 0.6, "after such measures came one with an 8th")
    #expect(chances[36] < 0.2)
  }

  @Test func theNetworkIsHeardToo() throws {
    let memory = try #require(RhythmMemory(known(measures: 5), region: 5 * 96..<6 * 96))
    #expect(memory.blended(with: [Double](repeating: 0.99, count: 96))[36] > 0.5)
  }

  @Test func littleWrittenSaysNothing() {
    #expect(RhythmMemory(known(measures: 1), region: 96..<192) == nil)
    #expect(RhythmMemory(KnownSlots(slots: 576), region: 480..<576) == nil)
  }
}
