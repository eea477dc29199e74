import Chart
import Editor
import Testing

@Suite("Moving and marking")
struct MovementTests {
  private let runs =
    """
    > 1....
      .1...
      1....
      .....
      .....
      .....
      .....
      .1...
      1....
      .....
    """

  @Test(arguments: [
    ("down", 12), ("down down up", 12), ("pagedown", 192), ("pagedown pageup", 0), ("alt+down", 48),
    ("left down", 16), ("c 3 down", 36), ("c 1 2 down", 144), ("]", 12), ("] ]", 24), ("] ] [", 12),
    ("ctrl+down", 24), ("ctrl+down ctrl+down", 84), ("ctrl+down ctrl+up", 0), ("end", 192), ("end home", 0),
    ("up", 0),
  ])
  func keysMoveTheCursor(keys: String, row: Int) {
    var state = Drawing.editor(runs)
    state.press(keys)
    #expect(state.cursor == Row(row), "\(keys)")
  }

  @Test func snapStepsThroughAllGrids() {
    var state = Drawing.editor("> .....")
    var seen: [Int] = []
    state.press("left left left left left")
    for _ in 0..<10 {
      seen.append(state.snap.division)
      state.press("right")
    }
    #expect(seen == [4, 8, 12, 16, 24, 32, 48, 64, 96, 192])
  }

  @Test func movingBySnapLandsOnTheGridFromAnywhere() {
    var state = Drawing.editor("> .....")
    state.run("go 0 1.1")
    #expect(state.cursor == Row(5))
    state.press("down")
    #expect(state.cursor == Row(12))
  }

  @Test func twoTabsMarkARegionAndShiftStretchesIt() {
    expect(
      """
      > .....
        .....
        .....
      """, "tab down tab",
      """
       *.....
      > .....
        .....
      """)
    expect(
      """
      > .....
        .....
        .....
      """, "shift+down shift+down",
      """
       *.....
       *.....
      > .....
      """)
    expect(
      """
       *.....
       *.....
      > .....
      """, "shift+up",
      """
       *.....
      > .....
        .....
      """)
    expect(
      """
      >*.....
      """, "esc",
      """
      > .....
      """)
  }

  @Test func jumpsCanBeTakenBack() {
    var state = Drawing.editor("> .....")
    state.run("go 4")
    state.run("go 8")
    state.press("g o")
    #expect(state.cursor == Row.measure(4))
    state.press("g o")
    #expect(state.cursor == Row.zero)
    state.press("g i")
    #expect(state.cursor == Row.measure(4))
  }

  @Test func aMessageGoesWithTheNextKeyAndStealsNone() {
    var state = Drawing.editor("> .....")
    state.run("nonsense")
    #expect(state.message != nil)
    state.press("1")
    #expect(state.message == nil)
    #expect(state.notes.count == 1)
  }
}
