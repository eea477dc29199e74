import Chart
import Testing

@Suite("Lists of notes")
struct NoteListTests {
  /// Putting and taking many notes at once is the same as one after another, whatever collides.
  @Test(arguments: 1...60)
  func manyAtOnceAreAsOneByOne(seed: Int) {
    var random = Congruence(state: UInt64(seed))
    let old = NoteList(random.notes(40))
    let new = random.notes(30).sorted()
    var together = old
    together.insert(contentsOf: new)
    var oneByOne = old
    for note in new { oneByOne.insert(note) }
    #expect(together == oneByOne)
    #expect(together.invariantsHold)

    let going = together.filter { _ in random.below(2) == 0 } + random.notes(10)
    var rest = together
    rest.remove(contentsOf: going)
    for note in going { oneByOne.remove(note) }
    #expect(rest == oneByOne)
  }
}

/// A small generator, so that a failure can be repeated.
private struct Congruence {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }

  mutating func notes(_ count: Int) -> [Note] {
    (0..<count).map { _ in
      let row = Row(below(60))
      let kind: Note.Kind = below(3) == 0 ? .hold(end: row + 1 + below(20)) : .tap
      return Note(row: row, lane: Lane(below(4)), kind: kind)
    }
  }
}
