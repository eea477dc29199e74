import Chart
import Editor
import Testing

@Suite("Typing over a proposal")
struct TypingOverTests {
  private let before =
    """
      1....
    >*.....
     *.....
     *.....
     *.....
     *.....
      ....1
    """

  private let proposal =
    """
      .....
     *1....
     *.1...
     *.....
     *...1.
     *....1
      .....
    """

  /// The chart with a drawn proposal under review, whose answers to come are in `id`.
  private func reviewing(_ proposal: String, settings: String...) -> EditorState {
    var state = Drawing.editor(before)
    for line in settings { state.run("set \(line)") }
    guard case .suggest(let id, _)? = state.run("ask").first else {
      Issue.record("ask asks")
      return state
    }
    _ = state.reduce(.suggestionArrived(id, [alternative(proposal)]))
    return state
  }

  private func alternative(_ picture: String, probability: Double = 0.9) -> SuggestionAlternative {
    SuggestionAlternative(
      notes: Drawing.editor(picture).notes.map { ProposedNote(note: $0, probability: probability) }, score: 1)
  }

  private func expectTyped(
    _ keys: String, _ after: String, settings: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var state = reviewing(proposal)
    for line in settings { state.run("set \(line)") }
    state.press(keys)
    state.run("go 0 1")
    #expect(
      lanes(Drawing.picture(state, lines: 7)) == lanes(after), "after \(keys)", sourceLocation: sourceLocation
    )
  }

  private func lanes(_ picture: String) -> [Substring] {
    Drawing.lines(picture).map { $0.dropFirst(2) }
  }

  @Test func aWrongPanelIsOneKey() {
    expectTyped(
      "3 a",
      """
        1....
        ..1..
        .1...
        .....
        ...1.
        ....1
        ....1
      """)
  }

  @Test func theCursorGoesOnAlongTheProposedRows() {
    expectTyped(
      "3 4 5 a",
      """
        1....
        ..1..
        ...1.
        .....
        ....1
        ....1
        ....1
      """)
  }

  @Test func aRowTooManyIsOneKey() {
    expectTyped(
      "n x a",
      """
        1....
        1....
        .....
        .....
        ...1.
        ....1
        ....1
      """)
  }

  @Test func aMissingRowIsTypedWhereItBelongs() {
    expectTyped(
      "down down 3 a",
      """
        1....
        1....
        .1...
        ..1..
        ...1.
        ....1
        ....1
      """)
  }

  @Test func oneMoreLaneMakesAJump() {
    expectTyped(
      "3 alt+5 a",
      """
        1....
        ..1.1
        .1...
        .....
        ...1.
        ....1
        ....1
      """)
    expectTyped(
      "n n alt+1 a",
      """
        1....
        1....
        .1...
        .....
        1..1.
        ....1
        ....1
      """)
  }

  @Test func holdsByTheirEndsAndByTheSnap() {
    let held = """
        1....
        ..2..
        .1|..
        ..3..
        ...1.
        ....1
        ....1
      """
    expectTyped("3 > > a", held)
    expectTyped("h 3 down down 3 a", held)
    expectTyped("3 > > > < a", held)
    var state = reviewing(proposal)
    state.press("h 3 down down 3")
    #expect(state.cursor == Row(24), "the cursor goes on from the head")
  }

  @Test func aTapBecomesAHoldAsLongAsTheLast() {
    var state = reviewing(
      """
        .....
       *2....
       *3....
       *..1..
       *.....
       *....1
      """)
    state.press("n > n 2 > > a")
    #expect(state.notes.note(at: Row(36), lane: Lane(2))?.end == Row(48))
    #expect(state.notes.note(at: Row(60), lane: Lane(1))?.end == Row(84), "once more is one snap more")
  }

  @Test func rowsThatWereNearlyProposedAreAKeyAway() {
    var state = Drawing.editor(before)
    guard case .suggest(let id, _)? = state.run("ask").first else { return }
    var answer = alternative(proposal)
    answer.nearRows = [Row(18), Row(36), Row(66), Row(300)]
    _ = state.reduce(.suggestionArrived(id, [answer]))
    #expect(state.review?.nearRows == [Row(18), Row(36), Row(66)], "none outside the region")
    state.press(".")
    #expect(state.cursor == Row(18))
    state.press(". 3")
    #expect(state.review?.nearRows == [Row(66)], "what comes before a typed row is decided")
    state.press(",")
    #expect(state.message?.text == "no other row is likely further up")
    state.press("a")
    #expect(state.notes.note(at: Row(36), lane: Lane(2)) != nil)
  }

  @Test func whatIsTypedBehindAHoldEndsIt() {
    var state = reviewing(
      """
        .....
       *2....
       *|....
       *|....
       *3....
       *.....
      """)
    state.press("down down 1 a")
    #expect(state.notes.note(at: Row(12), lane: Lane(0))?.end == Row(35))
    #expect(state.notes.note(at: Row(36), lane: Lane(0)) != nil)
  }

  @Test func aCursorThatStaysAddsAndTakesAway() {
    expectTyped(
      "3 5 5 4 a",
      """
        1....
        ..11.
        .1...
        .....
        ...1.
        ....1
        ....1
      """, settings: "typing-goes-on off")
  }

  /// Who types further down has read what stands before.
  @Test func whatStandsBeforeCountsAsTaken() {
    expectTyped(
      "n n 5 esc",
      """
        1....
        1....
        .1...
        .....
        ....1
        .....
        ....1
      """)
  }

  @Test func nothingIsTypedOutsideTheRegionOrOnWhatStays() {
    var state = reviewing(proposal)
    state.press("home 3")
    #expect(state.message?.text.contains("was not asked for") == true)
    #expect(state.review?.acceptedCount == 0)
  }

  // MARK: - The rest

  @Test func theRestIsAskedForWithAllBeforeItWritten() {
    var state = reviewing(proposal)
    guard case .suggest(let id, let request)? = state.press("n 3").first(where: isQuestion) else {
      Issue.record("typing asks")
      return
    }
    #expect(request.region == Row(25)..<Row(72))
    #expect(request.chart.notes.map(\.row.index) == [0, 12, 24, 72])
    #expect(request.chart.notes.note(at: Row(24), lane: Lane(2)) != nil)
    #expect(request.keepsExisting)
    #expect(request.mayBeEmpty, "that nothing more comes is an answer")
    #expect(state.review?.ghosts.count == 4, "the old proposals stand until the answer is there")
    _ = state.reduce(
      .suggestionArrived(
        id,
        [
          alternative(
            """
              .....
             *.....
             *.....
             *..1..
            """)
        ]))
    #expect(state.review?.ghosts.map(\.note.row.index) == [12, 24, 36])
    #expect(state.cursor == Row(48), "an answer never moves the cursor")
    state.press("u")
    #expect(state.review?.ghosts.map(\.note.row.index) == [12, 24, 48, 60], "one undo takes back both")
    #expect(state.review?.acceptedCount == 0)
    #expect(state.cursor == Row(24))
  }

  @Test func askingAgainKnowsWhatWasTyped() {
    var state = reviewing(proposal)
    state.press("n 3")
    guard case .suggest(let id, let request)? = state.press("+").last(where: isQuestion) else {
      Issue.record("+ asks")
      return
    }
    #expect(request.region == Row(25)..<Row(72))
    #expect(request.density == 1.2)
    #expect(request.chart.notes.note(at: Row(24), lane: Lane(2)) != nil)
    _ = state.reduce(.suggestionArrived(id, [alternative(before)]))
    #expect(state.message?.text.hasPrefix("proposal 1 of 1") == true)
    #expect(state.review?.ghosts.map(\.note.row.index) == [12, 24])
  }

  @Test func whatWasDecidedFurtherDownStays() {
    var state = reviewing(proposal)
    state.press("n n y home down")
    guard case .suggest(let id, let request)? = state.press("3").first(where: isQuestion) else { return }
    #expect(request.chart.notes.note(at: Row(48), lane: Lane(3)) != nil)
    _ = state.reduce(.suggestionArrived(id, [alternative(before)]))
    #expect(state.review?.ghosts(on: Row(48)).first?.status == .accepted)
  }

  @Test func lateAnswersAreDropped() {
    var state = reviewing(proposal)
    guard case .suggest(let first, _)? = state.press("3").first(where: isQuestion) else { return }
    let effects = state.press("4")
    #expect(effects.first == .cancelSuggestion(first))
    guard case .suggest(let second, _)? = effects.first(where: isQuestion) else { return }
    let shown = state.review?.ghosts
    _ = state.reduce(.suggestionArrived(first, [alternative(before)]))
    #expect(state.review?.ghosts == shown)
    #expect(state.press("esc").contains(.cancelSuggestion(second)), "leaving gives the question up")
    _ = state.reduce(.suggestionArrived(second, [alternative(before)]))
    #expect(state.review == nil)
  }

  @Test func followingCanBeTurnedOffAndGivenUp() {
    var state = reviewing(proposal, settings: "ask-after-typing off")
    #expect(!state.press("3 x").contains(where: isQuestion))
    state = reviewing(proposal)
    guard case .suggest(let id, _)? = state.press("3").first(where: isQuestion) else { return }
    #expect(state.press("ctrl+g") == [.cancelSuggestion(id)])
    #expect(state.review?.acceptedCount == 1, "what was typed stays")
  }

  @Test func oneKeyTakesAllAndAsksForTheNextStretch() {
    var state = reviewing(proposal)
    let effects = state.press("enter")
    guard case .suggest(_, let request)? = effects.first(where: isQuestion) else {
      Issue.record("enter asks")
      return
    }
    #expect(request.region == Row(72)..<Row(132))
    #expect(request.chart.notes.map(\.row.index) == [0, 12, 24, 48, 60, 72])
    #expect(state.cursor == Row(72))
    #expect(state.history.names.count == 1, "one step")
  }

  @Test func theUnsureRowsOneByOne() {
    var state = Drawing.editor(before)
    guard case .suggest(let id, _)? = state.run("ask").first else { return }
    let notes = [0.9, 0.3, 0.8, 0.2].enumerated().map { index, probability in
      ProposedNote(note: Note(row: Row(12 * (index + 1)), lane: Lane(index)), probability: probability)
    }
    _ = state.reduce(.suggestionArrived(id, [SuggestionAlternative(notes: notes, score: 1)]))
    state.press("N")
    #expect(state.cursor == Row(24))
    state.press("N")
    #expect(state.cursor == Row(48))
    state.press("P")
    #expect(state.cursor == Row(24))
    state.press("P")
    #expect(state.message?.text == "nothing unsure further up")
  }

  @Test(arguments: [KeyPreset.stepedit, .vim])
  func lanesOnThePadTypeToo(preset: KeyPreset) {
    var state = reviewing(proposal, settings: "preset \(preset.rawValue)")
    state.press("s a")
    #expect(state.notes.note(at: Row(12), lane: Lane(2)) != nil)
  }

  /// Whatever is typed and whatever is answered: what stands before a correction and outside the region stays.
  @Test(arguments: UInt64(1)...60)
  func whatStandsBeforeACorrectionNeverChanges(seed: UInt64) {
    var random = SplitMix(seed: seed)
    var state = reviewing(proposal)
    for _ in 0..<25 {
      let keys = ["1", "3", "5", "x", "n", "p", "down", "up", "alt+2", "h 4", ">", "<", "y", "u", "tab"]
      let key = keys.randomElement(using: &random) ?? "n"
      let question = state.press(key).last(where: isQuestion)
      guard case .suggest(let id, let request)? = question else { continue }
      let old = state.review?.ghosts ?? []
      let first = request.region.lowerBound
      let wild = (0..<12).map { _ in
        let row = Row(Int.random(in: 0..<90, using: &random))
        let end = row + Int.random(in: 1...40, using: &random)
        return ProposedNote(
          note: Note(
            row: row, lane: Lane(Int.random(in: 0..<5, using: &random)),
            kind: Bool.random(using: &random) ? .tap : .hold(end: end)), probability: 0.5)
      }
      _ = state.reduce(.suggestionArrived(id, [SuggestionAlternative(notes: wild, score: 0)]))
      let new = state.review?.ghosts ?? []
      #expect(
        old.filter { $0.note.row < first || $0.status == .accepted }
          == new.filter { $0.note.row < first || $0.status == .accepted }, "seed \(seed), \(key)")
    }
    state.press("a")
    #expect(state.notes.note(at: .zero, lane: Lane(0)) == Note(row: .zero, lane: Lane(0)))
    #expect(state.notes.note(at: Row(72), lane: Lane(4)) == Note(row: Row(72), lane: Lane(4)))
    #expect(state.notes.filter { $0.row >= Row(72) || $0.row < Row(12) }.count == 2, "seed \(seed)")
    #expect(state.notes.invariantsHold)
  }

  private func isQuestion(_ effect: Effect) -> Bool {
    if case .suggest = effect { true } else { false }
  }
}
