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
    #expect(request.departure == .quit)
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

  /// Everything that an author does in a song of several timings, answers of the model included: the song changes
  /// exactly when the journal is written to, its numbers follow each other, the grid is that of the timing in
  /// force, and a session that is killed at any moment comes back with all that was decided.
  @Test(arguments: UInt64(1)...16)
  func nothingIsLostWhateverHappens(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var state = EditorState(document: HistoryTests.severalTimings)
    let first = state.document
    var journal: [JournalEntry] = []
    var questions: [Effect] = []
    for step in 0..<600 {
      if let effect = questions.popLast(), Int.random(in: 0..<2, using: &random) == 0 {
        journal += entries(StubAnswers.answer(effect, &state, &random))
      }
      let before = (document: state.document, mark: state.history.mark, cursor: state.cursor)
      let line = RandomCommands.line(&random, in: state.mode)
      let effects = state.overlay == nil ? state.run(line) : answerQuestion(&state)
      questions += effects
      let written = entries(effects).filter { $0.draft == nil }
      #expect((state.document != before.document) == !written.isEmpty, "seed \(seed), step \(step): \(line)")
      if state.message?.weight == .warning, effects.isEmpty {
        #expect(state.history.mark == before.mark && state.cursor == before.cursor, "\(line) refused")
      }
      journal += entries(effects)
      #expect(state.timingMap == TimingMap(state.timing), "seed \(seed), step \(step): \(line)")
      if step % 100 == 99 {
        try expectRecovery(of: state, from: journal, over: first, "seed \(seed), step \(step)")
      }
    }
    let numbers = journal.filter { $0.draft == nil }.map(\.sequence)
    #expect(numbers == numbers.indices.map { $0 + 1 })
  }

  /// Whatever the question is, one of the keys answers it.
  private func answerQuestion(_ state: inout EditorState) -> [Effect] {
    var effects: [Effect] = []
    for key in ["s", "y", "d", "esc"] where state.overlay != nil { effects += state.press(key) }
    return effects
  }

  private static let severalTimings: Simfile = {
    let song = TimingData(offset: .zero, bpm: 120)
    let notes = NoteList((0..<40).map { Note(row: Row($0 * 24), lane: Lane($0 % 5)) })
    let charts = [song, TimingData(offset: .zero, bpm: 30), nil, nil].map {
      StepChart(header: ChartHeader(stepsType: .pumpSingle, meter: 7), timing: $0, notes: notes)
    }
    return Simfile(timing: song, charts: charts)
  }()

  /// What the next session makes of the journal is the song as leaving the review would leave it.
  private func expectRecovery(
    of state: EditorState, from journal: [JournalEntry], over first: Simfile, _ place: Comment
  ) throws {
    var left = state
    if left.overlay != nil { left.press("esc") }
    left.run("leave")
    var replayed = EditorState(document: first)
    let lines = try journal.map { try JSONEncoder().encode($0) }
    let entries = JournalEntry.standing(
      try lines.map { try JSONDecoder().decode(JournalEntry.self, from: $0) })
    #expect(replayed.recover(entries) == entries.count, place)
    #expect(replayed.document == left.document, place)
  }

  /// A file has six decimals of a tempo. After a save the journal goes on from the file, the session from what it holds.
  @Test func editsOfTheTempoComeBackOverASavedFile() throws {
    var state = EditorState(document: HistoryTests.severalTimings)
    state.run("bpm 123.45678912")
    let bytes = SimfileDocument.serialize(state.document, as: .ssc).bytes
    let saved = try SimfileDocument(bytes: bytes, name: "a.ssc").simfile
    #expect(saved.timing != state.document.timing)
    let effects = ["offset-by 0.01", "lane 1", "delete-chart", "lane 2"].flatMap { line in
      var effects = state.run(line)
      if state.overlay != nil { effects += state.press("y") }
      return effects
    }
    let first = state.journalled - entries(effects).count
    var replayed = EditorState(document: saved)
    let count = replayed.recover(
      entries(effects).map { JournalEntry(sequence: $0.sequence - first, transaction: $0.transaction) })
    #expect(count == entries(effects).count && count >= 3)
    #expect(replayed.notes == state.notes && replayed.document.charts.count == state.document.charts.count)
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

/// Answers to what the editor asks of the world outside.
enum StubAnswers {
  static func answer(_ effect: Effect, _ state: inout EditorState, _ random: inout SplitMix) -> [Effect] {
    switch effect {
    case .suggest(let id, let request):
      let notes = (0..<8).map { _ in
        let row = request.region.lowerBound + Int.random(in: 0..<max(1, request.region.count), using: &random)
        let kind: Note.Kind = Bool.random(using: &random) ? .tap : .hold(end: row + 24)
        return ProposedNote(
          note: Note(row: row, lane: Lane(Int.random(in: 0..<5, using: &random)), kind: kind),
          probability: 0.5)
      }
      return state.reduce(.suggestionArrived(id, [SuggestionAlternative(notes: notes, score: 0)]))
    case .detectTempo(let id, _):
      return state.reduce(
        .tempoArrived(
          id,
          TempoEstimate(
            candidates: [TempoCandidate(bpm: 130, offset: .zero, confidence: 0.9)],
            segments: [TempoSegment(row: .zero, start: .zero, bpm: 130)])))
    case .save(let request): return state.reduce(.saveFailed(request, "the disk is full"))
    default: return []
    }
  }
}

/// Command lines that an author might run, at random.
enum RandomCommands {
  private static let asking = [
    "ask", "ask-fill", "ask-panels", "ask-song", "sync", "offset 0.2 this", "put-bpm 80 this", "prune",
    "save",
    "go 0", "select-rows 0 8",
  ]
  private static let review = [
    "take", "take", "refuse", "take-beat", "take-measure", "take-all", "take-all-and-ask", "type 1", "type 3",
    "also 2", "type-hold 4", "type-longer", "type-shorter", "undecide", "leave", "drop", "refuse-all",
    "ask-again", "save", "next-proposal", "note-right", "other", "denser", "down", "go 0", "quit",
  ]
  private static let sync = [
    "later 5", "bpm-up 1", "double", "put-bpm 100", "notes-keep", "keep-tempo", "keep-tempo",
    "keep-tempo this",
    "drop-tempo", "undo-tempo", "go 2", "pin", "slide 10", "quit", "listen",
  ]

  /// Of the commands that a mode has.
  static func line(_ random: inout SplitMix, in mode: Mode) -> String {
    switch mode {
    case .review: review[Int.random(in: 0..<review.count, using: &random)]
    case .sync: sync[Int.random(in: 0..<sync.count, using: &random)]
    default:
      Int.random(in: 0..<4, using: &random) == 0
        ? asking[Int.random(in: 0..<asking.count, using: &random)] : line(&random)
    }
  }

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
