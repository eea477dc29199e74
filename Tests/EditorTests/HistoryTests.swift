import Chart
import Editor
import Foundation
import Testing

@Suite("History and the journal")
struct HistoryTests {
  @Test func undoAndRedoNameTheirStepsAndGoToThem() {
    var state = Drawing.editor("> .....")
    state.press("1 down down 2 end u")
    #expect(state.message?.text == "undone: put tap")
    #expect(state.cursor == Row(24))
    #expect(state.notes.count == 1)
    state.press("u")
    #expect(state.notes.isEmpty && !state.isDirty)
    state.press("ctrl+y ctrl+y")
    #expect(state.notes.count == 2 && state.isDirty)
    state.press("ctrl+y")
    #expect(state.message?.text == "nothing to redo")
  }

  @Test func savingMarksTheStateThatWasWritten() {
    var state = Drawing.editor("> .....")
    state.press("1")
    guard case .save(let request)? = state.press("ctrl+s").first else {
      Issue.record("ctrl+s saves")
      return
    }
    state.press("2")
    _ = state.reduce(.saved(request, path: "song.ssc"))
    #expect(state.isDirty, "the second note came after what was written")
    state.press("u")
    #expect(!state.isDirty)
    state.press("u")
    #expect(state.isDirty)
  }

  @Test func leavingWithChangesAsks() {
    var state = Drawing.editor("> .....")
    #expect(state.press("ctrl+q") == [.quit])
    state.press("1")
    #expect(state.press("ctrl+q").isEmpty)
    #expect(state.mode == .question)
    #expect(state.press("j").isEmpty, "only an answer closes the question")
    state.press("n")
    #expect(state.mode == .edit)
    state.press("ctrl+q")
    guard case .save(let request)? = state.press("s").first else {
      Issue.record("s saves first")
      return
    }
    #expect(request.thenQuits)
    #expect(state.reduce(.saveFailed(request, "the disk is full")).isEmpty)
    #expect(state.message?.weight == .error)
    #expect(state.isDirty)
    #expect(state.reduce(.saved(request, path: "song.ssc")) == [.quit])
  }

  /// Random sequences of everything that edits: undoing all gives the song back, redoing all what it became, and the
  /// journal replayed over the first song gives the last.
  @Test(arguments: UInt64(1)...12)
  func undoRedoAndReplayAreExact(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var state = Drawing.editor(
      """
      >*1....
       *.2...
        .|1..
        .3..4
        M...|
        ....3
      """)
    let first = state.document
    var journal: [JournalEntry] = []
    for _ in 0..<400 {
      let effects = state.run(RandomCommands.line(&random))
      if state.overlay != nil { journal += entries(state.press("y")) }
      journal += entries(effects)
      #expect(state.notes.invariantsHold)
    }
    let last = state.document
    var replayed = EditorState(document: first)
    let lines = try journal.map { try JSONEncoder().encode($0) }
    let count = try replayed.recover(lines.map { try JSONDecoder().decode(JournalEntry.self, from: $0) })
    #expect(count == journal.count)
    #expect(replayed.document == last)
    #expect(count == 0 || replayed.isDirty)

    let steps = state.history.names.count
    state.run("undo-to 0")
    #expect(state.document == first, "seed \(seed)")
    state.run("undo-to \(steps)")
    #expect(state.document == last, "seed \(seed)")
  }

  @Test func aJournalThatDoesNotFitStopsWhereItDoesNot() {
    var state = Drawing.editor("> .....")
    var journal = entries(state.press("1 down 2 1"))
    let stranger = Drawing.editor("> ....1")
    var fresh = stranger
    journal.remove(at: 1)
    #expect(fresh.recover(journal) == 1)
    #expect(fresh.notes.count == 2)
  }

  private func entries(_ effects: [Effect]) -> [JournalEntry] {
    effects.compactMap { if case .journal(let entry) = $0 { entry } else { nil } }
  }
}

/// A small seeded generator, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Command lines that an author might run, at random.
enum RandomCommands {
  private static let fixed = [
    "down", "down", "up", "measure-down", "go-start", "next-note", "mark", "mark", "select-measure",
    "select-all",
    "select-none", "copy", "cut", "paste", "paste-merge", "delete", "mirror", "flip", "turn", "shift-later",
    "shift-earlier", "lanes-right", "lanes-left", "quantise", "stretch 2 1", "stretch 1 2", "stretch 3 2",
    "convert roll", "convert tap", "convert mine", "insert-beats 1", "delete-beats 0.5", "insert-beats 1 all",
    "delete-beats 1 all", "undo", "undo", "redo", "repeat", "lengthen", "shorten", "put-bpm 150",
    "remove-bpm",
    "put-stop 0.25", "remove-stop", "put-scroll 0.5", "put-scroll", "put-warp 1", "put-speed 2 4",
    "put-delay 0.1", "offset 0.1", "bpm 99", "label x", "new-chart pump-double 12",
    "new-chart dance-single 5 easy", "duplicate-chart", "delete-chart", "next-chart", "snap-finer",
    "snap-coarser",
    "next-kind", "tag title Song", "extend-down", "extend-up",
  ]

  static func line(_ random: inout SplitMix) -> String {
    switch Int.random(in: 0..<10, using: &random) {
    case 0...3: "lane \(Int.random(in: 1...10, using: &random))"
    case 4: "hold \(Int.random(in: 1...5, using: &random))"
    case 5: "go 0 \(Int.random(in: 1...40, using: &random))"
    default: fixed[Int.random(in: 0..<fixed.count, using: &random)]
    }
  }
}
