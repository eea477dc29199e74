import Chart
import Testing

@testable import Editor

/// Timing events beside tempo and stops, placed at the cursor.
struct TimingEventTests {
  private func editor() -> EditorState {
    Drawing.editor(
      """
        1....
      > .1...
      """)
  }

  @Test func eachKindIsPutWithAValueAndGoesWithoutOne() {
    let row = Row(12)
    let all: [(line: String, isThere: (TimingData) -> Bool)] = [
      ("put-delay 0.25", { $0.delays == [TimingEvent(row: row, value: Seconds(0.25))] }),
      ("put-warp 1.5", { $0.warps == [TimingEvent(row: row, value: 72)] }),
      ("put-fake 2", { $0.fakes == [TimingEvent(row: row, value: 96)] }),
      ("put-scroll -0.5", { $0.scrolls.last == TimingEvent(row: row, value: -0.5) }),
      ("put-speed 2 4", { $0.speeds.last == TimingEvent(row: row, value: SpeedChange(ratio: 2, delay: 4)) }),
      (
        "put-signature 3",
        {
          $0.timeSignatures.last == TimingEvent(row: row, value: TimeSignature(numerator: 3, denominator: 4))
        }
      ),
      ("put-ticks 2", { $0.tickcounts.last == TimingEvent(row: row, value: 2) }),
      ("put-combo 5 2", { $0.combos.last == TimingEvent(row: row, value: ComboFactor(hit: 5, miss: 2)) }),
      ("label a b", { $0.labels == [TimingEvent(row: row, value: "a b")] }),
    ]
    for (line, isThere) in all {
      var state = editor()
      let before = state.timing
      state.run(line)
      #expect(isThere(state.timing), "\(line)")
      state.run(String(line.prefix { $0 != " " }))
      #expect(state.timing == before, "\(line) is taken away")
      state.press("u u")
      #expect(state.timing == before)
      state.press("U")
      #expect(isThere(state.timing), "\(line) is redone")
    }
  }

  @Test func nothingToTakeAwayIsTold() {
    var state = editor()
    state.run("put-scroll")
    #expect(state.message?.text == "no scroll here that could go")
    #expect(!state.isDirty)
  }

  @Test func timeFollows() {
    var state = editor()
    state.run("put-delay 1")
    let later = Row(96)
    #expect(abs(state.timingMap.seconds(at: later).value - 2) < 1e-9)
    state.run("put-delay")
    state.run("put-warp 1")
    #expect(abs(state.timingMap.seconds(at: later).value - 0.5) < 1e-9)
  }
}
