import Chart
import Testing

@testable import Editor

/// Going from problem to problem.
struct ProblemTests {
  private func editor(_ notes: [Note]) -> EditorState {
    let chart = StepChart(
      header: ChartHeader(stepsType: .pumpSingle, description: "S8", meter: 8), notes: NoteList(notes))
    return EditorState(document: Simfile(timing: TimingData(offset: .zero, bpm: 120), charts: [chart]))
  }

  @Test func theyAreGoneThroughInTheirOrderAndRoundAgain() {
    let beyond = Note(row: Row(480), lane: Lane(7))
    let allFive = (0..<5).map { Note(row: Row(960), lane: Lane($0)) }
    var state = editor([Note(row: Row(0), lane: Lane(0)), beyond] + allFive)
    var went: [Int] = []
    for key in ["g x", "g x", "g x", "g X"] {
      state.press(key)
      went.append(state.cursor.index)
    }
    #expect(went == [480, 960, 480, 960])
    #expect(state.message?.text.hasPrefix("problem 2 of 2: ") == true)
  }

  @Test func aChartWithoutAnyIsTold() {
    var state = editor([Note(row: Row(0), lane: Lane(0)), Note(row: Row(48), lane: Lane(1))])
    state.press("g x")
    #expect(state.message?.text == "nothing is wrong with this chart")
    #expect(state.cursor == .zero)
  }
}
