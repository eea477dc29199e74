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

  /// Where the parts do not divide the 192 rows of a measure, the cursor goes to the rows nearest to them.
  @Test(arguments: [
    (5, [38, 77, 115, 154, 192, 230]), (7, [27, 55, 82, 110, 137, 165, 192, 219]),
    (20, [10, 19, 29, 38, 48]),
    (1, [192, 384]), (3, [64, 128, 192]), (128, [2, 3, 5, 6]),
  ])
  func anySnapStepsThroughTheMeasure(parts: Int, rows: [Int]) {
    var state = Drawing.editor("> .....")
    state.run("snap \(parts)")
    var seen: [Int] = []
    for _ in rows {
      state.press("down")
      seen.append(state.cursor.index)
    }
    #expect(seen == rows)
    for row in ([0] + rows.dropLast()).reversed() {
      state.press("up")
      #expect(state.cursor.index == row)
    }
  }

  @Test func theUsualSnapsLieOnEitherSideOfAnyOther() {
    for (parts, coarser, finer) in [(20, 16, 24), (5, 4, 8), (1, 1, 4), (191, 96, 192)] {
      var state = Drawing.editor("> .....")
      state.run("snap \(parts)")
      state.press("left")
      #expect(state.snap.division == coarser)
      state.run("snap \(parts)")
      state.press("right")
      #expect(state.snap.division == finer)
    }
  }

  @Test func notesAreQuantisedMovedAndStretchedBySnapsOfAnyKind() {
    var state = Drawing.editor(
      """
      > .....
        1....
      """)
    state.run("select-rows 0 1")
    state.run("quantise 20")
    #expect(state.notes.map(\.row.index) == [10])
    state.run("snap 20")
    #expect(state.message?.text == "20 does not divide a measure's 192 rows: its lines are the nearest rows")
    state.press("esc down e down")
    #expect(state.notes.map(\.row.index) == [19] && state.cursor == Row(19))
    state.press("+ +")
    #expect(state.notes.first?.end == Row(38))
    state.press("-")
    #expect(state.notes.first?.end == Row(29))
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
