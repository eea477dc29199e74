import Chart
import Editor
import Testing

@Suite("The form of a chart")
struct FormTests {
  private func form(_ state: EditorState) -> ChartForm? {
    if case .form(let form)? = state.overlay { form } else { nil }
  }

  @Test func anExistingChartsFormBeginsWhereSomethingCanBeChanged() {
    var state = Drawing.editor("> 1....")
    state.press("P")
    #expect(form(state)?.field == .level)
    state.press("down")
    #expect(form(state)?.field == .difficulty)
  }

  @Test func digitsTakeThePlaceOfWhatStoodThere() {
    var state = Drawing.editor("> 1....")
    state.press("P 1 7 enter")
    #expect(state.chart?.header.meter == 17)
    state.press("P backspace 8 enter")
    #expect(state.chart?.header.meter == 18)
    state.press("P 5 down up 6 enter")
    #expect(state.chart?.header.meter == 6)
  }

  @Test func enterWithoutAChangeIsNoEdit() {
    var state = Drawing.editor("> 1....")
    #expect(state.press("P enter").isEmpty)
    #expect(state.mode == .edit && !state.isDirty && state.history.names.isEmpty)
  }

  /// 99 is how Pump's files say that nobody knows the level.
  @Test func anUnknownLevelIsNotAskedFor() {
    let header = ChartHeader(stepsType: .pumpSingle, meter: 99)
    var state = EditorState(
      document: Simfile(timing: TimingData(offset: .zero, bpm: 120), charts: [StepChart(header: header)]))
    guard case .suggest(_, let request)? = state.run("ask").first else {
      Issue.record("it asks")
      return
    }
    #expect(request.level == nil)
    state.press("N")
    #expect(form(state)?.level == "10")
    #expect(Drawing.editor("> .....").level == 10)
  }
}
