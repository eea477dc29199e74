import Chart
import Editor
import Testing

@Suite("Proposals under review")
struct ReviewTests {
  private let before =
    """
      1....
     *.1...
     *.....
    >*..1..
     *.....
      ....1
    """

  /// The editor with an answer of two alternatives under review.
  private func reviewing(_ command: String = "ask") -> EditorState {
    var state = Drawing.editor(before)
    guard case .suggest(let id, let request)? = state.run(command).first else {
      Issue.record("\(command) asks")
      return state
    }
    #expect(request.region == Row(12)..<Row(60))
    _ = state.reduce(
      .suggestionArrived(id, [alternative(lanes: [0, 3, 4, 1]), alternative(lanes: [2, 2, 2, 2])]))
    return state
  }

  private func alternative(lanes: [Int]) -> SuggestionAlternative {
    SuggestionAlternative(
      notes: lanes.enumerated().map { index, lane in
        ProposedNote(note: Note(row: Row(12 * (index + 1)), lane: Lane(lane)), probability: 0.9)
      }, score: 1)
  }

  private func picture(_ state: EditorState) -> String { Drawing.picture(state, lines: 6) }

  @Test func nothingOfAProposalIsInTheChartUntilItIsTaken() {
    var state = reviewing()
    #expect(state.mode == .review)
    #expect(state.review?.openCount == 4)
    state.press("x n n esc")
    #expect(state.mode == .edit)
    #expect(!state.isDirty)
  }

  /// What is heard under review is the proposal: refused notes are silent, the rest of the chart sounds as ever.
  @Test func theProposalIsHeard() {
    var state = reviewing()
    #expect(state.heardNotes.map(\.row.index) == [0, 12, 24, 36, 48, 60])
    state.press("x")
    #expect(state.heardNotes.map(\.row.index) == [0, 12, 24, 48, 60])
    state.press("esc")
    #expect(state.heardNotes == state.notes)
  }

  /// A sheet that is open may make or delete the very chart that was asked about.
  @Test(arguments: ["N", "O x", ":", "P", "S"])
  func anAnswerWaitsUntilTheSheetIsClosed(keys: String) {
    var state = Drawing.editor(before)
    guard case .suggest(let id, _)? = state.run("ask").first else {
      Issue.record("nothing was asked")
      return
    }
    state.press(keys)
    let mode = state.mode
    _ = state.reduce(.suggestionArrived(id, [alternative(lanes: [0, 3, 4, 1])]))
    #expect(state.mode == mode && state.review == nil && state.suggestionRequest != nil)
    state.press("esc")
    #expect(state.mode == .review && state.suggestionRequest == nil)
  }

  @Test func anAnswerAboutAnotherChartIsForNobody() {
    var state = Drawing.editor(before)
    guard case .suggest(let id, _)? = state.run("ask").first else { return }
    let asked = state.document.charts[0]
    state.press("N")
    _ = state.reduce(.suggestionArrived(id, [alternative(lanes: [0, 3, 4, 1])]))
    state.press("enter")
    #expect(state.document.charts.count == 2 && state.mode == .edit && state.suggestionRequest == nil)
    state.press("a esc")
    #expect(state.document.charts[0] == asked)
  }

  /// A hold that was put meanwhile reaches into the region: the answer knows nothing of it.
  @Test func anAnswerIsForNobodyWhereAHoldReachesInMeanwhile() {
    var state = Drawing.editor(before)
    guard case .suggest(let id, _)? = state.run("ask").first else { return }
    for line in ["select-none", "go 0", "hold 2", "go 1", "hold 2"] { state.run(line) }
    let asked = state.document
    _ = state.reduce(.suggestionArrived(id, [alternative(lanes: [0, 3, 4, 1])]))
    #expect(state.review == nil && state.document == asked)
  }

  @Test func takingAllReplacesTheRegionInOneStep() {
    var state = reviewing()
    state.press("a")
    #expect(
      picture(state) == """
          1....
         *1....
         *...1.
        >*....1
         *.1...
          ....1
        """)
    #expect(state.history.names.count == 1)
    state.press("u")
    #expect(picture(state) == before)
  }

  @Test func rowsAreTakenAndRefusedOneByOne() {
    var state = reviewing()
    state.press("home n y x y esc")
    #expect(state.history.names.count == 1)
    #expect(
      picture(state) == """
          1....
         *1....
         *.....
         *....1
        >*.....
          ....1
        """)
  }

  @Test func singleNotesByTypingAndByFocus() {
    var state = reviewing()
    state.press("home n 1 esc")
    #expect(
      Array(state.notes[Row(12)..<Row(13)]).map(\.lane.index) == [0], "what is typed is the whole row")
    state = reviewing()
    state.press("home n right")
    #expect(state.review?.focus == Lane(0))
    state.press("y esc")
    #expect(Array(state.notes[Row(12)..<Row(13)]).map(\.lane.index) == [0, 1])
  }

  @Test func beatsMeasuresAndDecisionsTakenBack() {
    var state = reviewing()
    state.press("b")
    #expect(state.review?.acceptedCount == 3, "the beat holds rows 12, 24 and 36")
    state.press("u m")
    #expect(state.review?.acceptedCount == 4)
    state.press("M")
    #expect(state.review?.acceptedCount == 0)
    state.press("D")
    #expect(!state.isDirty)
  }

  @Test func alternativesKeepWhatWasTaken() {
    var state = reviewing()
    state.press("home n y tab")
    #expect(state.review?.index == 1)
    #expect(state.review?.ghosts.filter { $0.status == .open }.map(\.note.lane.index) == [2, 2, 2])
    state.press("a")
    #expect(
      picture(state).split(separator: "\n").map { $0.dropFirst(2) } == [
        "1....", "1....", "..1..", "..1..", "..1..", "....1",
      ])
  }

  @Test func keptNotesStayAndAreFilledAround() {
    var state = reviewing("ask-fill")
    state.press("a")
    #expect(
      picture(state).split(separator: "\n").map { $0.dropFirst(2) } == [
        "1....", "11...", "...1.", "..1.1", ".1...", "....1",
      ])
  }

  @Test func myRhythmIsAskedForByItsRows() {
    var state = Drawing.editor(before)
    guard case .suggest(_, let request)? = state.run("ask-panels").first else { return }
    #expect(request.scope == .selection(rows: [Row(12), Row(36)]))
  }

  @Test func densityAsksAgainAndKeepsDecisions() {
    var state = reviewing()
    state.press("home n y")
    guard case .suggest(let id, let request)? = state.press("+").last else {
      Issue.record("+ asks again")
      return
    }
    #expect(request.density == 1.2)
    _ = state.reduce(.suggestionArrived(id, [alternative(lanes: [4, 4, 4, 4])]))
    #expect(state.review?.acceptedCount == 1)
    #expect(state.review?.openCount == 3)
  }

  @Test func answersToAnEditedRegionAreDropped() {
    var state = Drawing.editor(before)
    guard case .suggest(let id, _)? = state.run("ask").first else { return }
    state.press("esc 5")
    _ = state.reduce(.suggestionArrived(id, [alternative(lanes: [0])]))
    #expect(state.review == nil)
    #expect(state.message?.text.contains("edited meanwhile") == true)
  }

  @Test func answersAfterEditsElsewhereAreGood() {
    var state = Drawing.editor(before)
    guard case .suggest(let id, _)? = state.run("ask").first else { return }
    state.press("esc home 5")
    _ = state.reduce(.suggestionArrived(id, [alternative(lanes: [0])]))
    #expect(state.review?.openCount == 1)
  }

  @Test func cancelledAndLateAnswersAreNotShown() {
    var state = Drawing.editor(before)
    guard case .suggest(let id, _)? = state.run("ask").first else { return }
    #expect(state.press("ctrl+g") == [.cancelSuggestion(id)])
    _ = state.reduce(.suggestionArrived(id, [alternative(lanes: [0])]))
    #expect(state.review == nil)
    guard case .suggest(let second, _)? = state.run("ask").first else { return }
    _ = state.reduce(.suggestionFailed(second, "the model cannot be read"))
    #expect(state.message?.weight == .error)
    #expect(state.suggestionRequest == nil)
  }

  /// Whatever an answer holds and whatever is decided, no note that begins outside the region changes.
  @Test(arguments: UInt64(1)...40)
  func nothingOutsideTheRegionChanges(seed: UInt64) {
    var random = SplitMix(seed: seed)
    var notes = NoteList()
    for _ in 0..<60 {
      let row = Row(Int.random(in: 0..<40, using: &random) * 6)
      let isLong = Int.random(in: 0..<3, using: &random) == 0
      let end = row + Int.random(in: 1...60, using: &random)
      notes.insert(
        Note(
          row: row, lane: Lane(Int.random(in: 0..<5, using: &random)), kind: isLong ? .hold(end: end) : .tap))
    }
    let chart = StepChart(header: ChartHeader(stepsType: .pumpSingle), notes: notes)
    var state = EditorState(document: Simfile(timing: TimingData(offset: .zero, bpm: 120), charts: [chart]))
    state.run("select-rows 1 3")
    let outside = notes.filter { !(Row(48)..<Row(144)).contains($0.row) }
    guard case .suggest(let id, _)? = state.run(Bool.random(using: &random) ? "ask" : "ask-fill").first else {
      return
    }
    let wild = (0..<80).map { _ in
      let row = Row(Int.random(in: -10..<250, using: &random))
      let end = row + Int.random(in: 1...90, using: &random)
      let kind: Note.Kind = Bool.random(using: &random) ? .tap : .hold(end: end)
      return ProposedNote(
        note: Note(row: row, lane: Lane(Int.random(in: 0..<7, using: &random)), kind: kind), probability: 0.5)
    }
    _ = state.reduce(.suggestionArrived(id, [SuggestionAlternative(notes: wild, score: 0)]))
    for _ in 0..<30 {
      state.press(
        ["y", "x", "b", "m", "M", "n", "p", "1", "right", "u", "tab"].randomElement(using: &random) ?? "n")
    }
    state.press(Bool.random(using: &random) ? "a" : "esc")
    #expect(state.notes.filter { !(Row(48)..<Row(144)).contains($0.row) } == outside, "seed \(seed)")
    #expect(state.notes.invariantsHold)
    #expect(
      state.notes.filter { (Row(48)..<Row(144)).contains($0.row) && $0.kind == .tap }.allSatisfy {
        $0.lane.index < 5
      })
  }
}

/// What the model is told when it is asked.
struct AskingTests {
  private func editor(_ settings: String = "other-charts on") -> EditorState {
    var state = Drawing.editor("> 1....\n  .1...")
    let notes = NoteList((0..<20).map { Note(row: Row($0 * 48), lane: Lane(2)) })
    let document = Simfile(
      timing: state.document.timing,
      charts: state.document.charts + [
        StepChart(header: ChartHeader(stepsType: .pumpDouble, meter: 17), notes: notes)
      ])
    state = EditorState(document: document)
    _ = state.reduce(.command("set \(settings)"))
    return state
  }

  private func companions(_ effects: [Effect]) -> [String]? {
    for case .suggest(_, let request) in effects { return request.companions.map(\.name) }
    return nil
  }

  @Test func theSongsOtherChartsAreTold() {
    var state = editor()
    #expect(companions(state.press("a")) == ["D17"])
  }

  @Test func unlessTheAuthorWantsNone() {
    var state = editor("other-charts off")
    #expect(companions(state.press("a")) == [])
  }

  @Test func theWholeSongIsAskedForOnceItsLengthIsKnown() {
    var state = Drawing.editor("> 1....")
    #expect(state.run("ask-song").isEmpty)
    #expect(state.message?.text == "the music is still being read")
    _ = state.reduce(
      .musicLoaded(duration: Seconds(60), waveform: Envelope(secondsPerBin: 1, bins: [0]), onsets: nil))
    guard case .suggest(_, let request)? = state.run("ask-song").first else {
      Issue.record("it asks")
      return
    }
    #expect(request.region == .zero..<Row.measure(30))
  }
}
