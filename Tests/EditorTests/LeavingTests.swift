import Chart
import Editor
import Testing

@Suite("Leaving, and what must not be lost by it")
struct LeavingTests {
  private func reviewing(_ command: String = "ask") -> EditorState {
    var state = Drawing.editor(
      """
      >*.....
       *..1..
       *.....
       *.....
      """)
    guard case .suggest(let id, let request)? = state.run(command).first else { return state }
    let notes = (0..<4).map {
      ProposedNote(note: Note(row: request.region.lowerBound + $0 * 12, lane: Lane($0)), probability: 0.9)
    }
    _ = state.reduce(.suggestionArrived(id, [SuggestionAlternative(notes: notes, score: 0)]))
    return state
  }

  private func syncing() -> EditorState {
    var state = Drawing.editor("> 1....")
    state.press("S ] ]")
    return state
  }

  private func entries(_ effects: [Effect]) -> [JournalEntry] {
    effects.compactMap { if case .journal(let entry) = $0 { entry } else { nil } }
  }

  private func recovered(_ journal: [JournalEntry]) -> EditorState {
    var next = Drawing.editor(
      """
      >*.....
       *..1..
       *.....
       *.....
      """)
    _ = next.recover(JournalEntry.standing(journal))
    return next
  }

  // MARK: - Tempo

  @Test func quittingAsksForTempoThatWasNotKept() {
    var state = syncing()
    #expect(state.press("ctrl+q").isEmpty && state.mode == .question)
    guard case .save(let request)? = state.press("s").last else {
      Issue.record("s keeps the tempo and saves")
      return
    }
    #expect(request.song.timing.offset == Seconds(-0.002) && request.departure == .quit)
  }

  @Test func escAsksBeforeTempoIsDropped() {
    var state = syncing()
    state.press("esc")
    #expect(state.mode == .question)
    state.press("n")
    #expect(state.mode == .sync && state.timing.offset == Seconds(-0.002))
    state.press("esc k")
    #expect(state.mode == .edit && state.document.timing.offset == Seconds(-0.002))
    state.press("S esc")
    #expect(state.mode == .edit, "nothing was changed, and nothing is asked")
  }

  // MARK: - Review

  @Test func dropAsksWhenSomethingWasDecided() {
    var state = reviewing()
    state.press("D")
    #expect(state.mode == .edit && state.message?.text == "nothing was taken")
    state = reviewing()
    state.press("y D")
    #expect(state.mode == .question)
    state.press("n")
    #expect(state.mode == .review && state.review?.acceptedCount == 1)
    state.press("D d")
    #expect(state.mode == .edit && !state.isDirty)
  }

  @Test func savingInAReviewWritesWhatWasTakenAndGoesOn() {
    var state = reviewing()
    let effects = state.press("y y ctrl+s")
    guard case .save(let request)? = effects.last else {
      Issue.record("ctrl+s saves")
      return
    }
    #expect(request.song.charts[0].notes.map(\.row.index) == [0, 12])
    _ = state.reduce(.saved(request, path: "song.ssc"))
    #expect(state.mode == .review && !state.isDirty && !state.holdsUnsaved)
    #expect(state.review?.openCount == 2)
    state.press("y")
    #expect(state.holdsUnsaved)
    state.press("esc")
    #expect(state.notes.map(\.row.index) == [0, 12, 24])
    #expect(state.history.names == ["take 2 proposed notes", "take 1 proposed note"])
    state.press("ctrl+z ctrl+z")
    #expect(state.notes == NoteList([Note(row: Row(12), lane: Lane(2))]))
  }

  /// What was saved can still be thought better of, where the author's notes stay too.
  @Test(arguments: ["ask", "ask-fill"])
  func whatWasSavedCanBeGivenBack(command: String) {
    var state = reviewing(command)
    state.press("y y ctrl+s home x esc")
    #expect(!state.notes.contains { $0.row == .zero })
    #expect(state.notes.contains(Note(row: Row(12), lane: Lane(1))))
    state.press("ctrl+z")
    #expect(state.notes.contains(Note(row: .zero, lane: Lane(0))))
  }

  @Test func aCrashLosesNoDecision() {
    var state = reviewing()
    var journal = entries(state.press("y y x"))
    #expect(recovered(journal).notes.map(\.row.index) == [0, 12])
    journal += entries(state.press("u u"))
    #expect(
      recovered(journal).notes
        == NoteList([Note(row: .zero, lane: Lane(0)), Note(row: Row(12), lane: Lane(2))]))
    let left = entries(state.press("esc"))
    #expect(left.map(\.draft) == [nil])
    #expect(recovered(journal + left).document == state.document)
    #expect(recovered(journal + left).history.names == ["take 1 proposed note"], "one step, as it was")
  }

  @Test func whatWasDroppedDoesNotComeBack() {
    var state = reviewing()
    let journal = entries(state.press("y y D d"))
    #expect(!recovered(journal).isDirty)
    var next = state
    let more = journal + entries(next.press("1"))
    #expect(recovered(more).document == next.document)
  }

  @Test func theNextStretchThatCannotBeAskedForLosesNothing() {
    var state = reviewing("ask-panels")
    let effects = state.press("y enter")
    #expect(state.mode == .edit)
    #expect(state.message?.text.hasSuffix("no steps in the region whose rhythm could be kept") == true)
    #expect(recovered(entries(effects)).document == state.document)
    #expect(state.isDirty && !state.notes.isEmpty)
  }
}
