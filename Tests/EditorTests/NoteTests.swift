import Chart
import Editor
import Testing

@Suite("Putting notes with keys")
struct NoteTests {
  @Test func digitsPutAndTakeTaps() {
    expect(
      """
      > .....
        ..1..
      """, "1 5 down 3",
      """
        1...1
      > .....
      """)
  }

  @Test func aHoldIsOpenedAndClosedByTheSameLane() {
    expect(
      """
      > .....
        .....
        .....
      """, "h 2 down down 2",
      """
        .2...
        .|...
      > .3...
      """)
  }

  @Test func aHoldClosedAboveItsOpeningRunsDown() {
    expect(
      """
        .....
        .....
      > .....
      """, "h 1 up up h 1",
      """
      > 2....
        |....
        3....
      """)
  }

  @Test func aRegionAndALaneMakeAHoldOverIt() {
    expect(
      """
      >*.....
       *.1...
        .....
      """, "2",
      """
      >*.2...
       *.|...
        .3...
      """)
  }

  @Test func aTapIntoAHoldEndsItBefore() {
    var state = Drawing.editor(
      """
        2....
        |....
      > |....
        3....
      """)
    state.press("1")
    #expect(
      Array(state.notes) == [
        Note(row: Row(0), lane: Lane(0), kind: .hold(end: Row(23))), Note(row: Row(24), lane: Lane(0)),
      ])
    state.press("u")
    #expect(Array(state.notes) == [Note(row: Row(0), lane: Lane(0), kind: .hold(end: Row(36)))])
  }

  @Test func minesByShiftedDigitsInBothSpellings() {
    expect("> .....", "shift+1", "> M....")
    expect("> .....", "@", "> .M...")
  }

  @Test func theKindPaletteDecidesWhatADigitPuts() {
    expect("> .....", "k l 1 k f 2 k m 3 k t 4", "> LFM1.")
    expect(
      """
      > .....
        .....
      """, "k r 1 down 1",
      """
        4....
      > 3....
      """)
  }

  @Test func theOtherHalfIsUnderAlt() {
    expect("> ..........", "2 alt+2", "> .1....1...", type: .pumpDouble)
  }

  @Test func lanesThatTheTypeLacksAreRefused() {
    var state = Drawing.editor("> ....", type: .danceSingle)
    state.press("5")
    #expect(state.notes.isEmpty)
    #expect(state.message?.text == "dance-single has 4 lanes")
  }

  @Test func typingWhileTheMusicPlaysPutsNotesWhereItIs() {
    var state = Drawing.editor("> .....")
    _ = state.reduce(
      .musicLoaded(duration: Seconds(10), waveform: Envelope(secondsPerBin: 0.01, bins: [0]), onsets: nil))
    state.press("space")
    _ = state.reduce(.key(KeyEvent(.character("3")), Moment(clock: Seconds(1), playhead: Seconds(0.49))))
    #expect(Array(state.notes) == [Note(row: Row(48), lane: Lane(2))])
    #expect(state.cursor == Row.zero)
  }

  @Test func padShapedKeysAreLanes() {
    var state = Drawing.editor("> .....")
    state.run("set preset stepedit")
    state.press("z s c")
    #expect(state.notes.map(\.lane.index) == [0, 2, 4])
    state.press("3 down")
    #expect(state.cursor == Row(36), "digits count where they are no lanes")
  }

  @Test func anOpenHoldSurvivesOtherEdits() {
    expect(
      """
      > .....
        .....
        .....
      """, "h 1 down 2 down h 1",
      """
        2....
        |1...
      > 3....
      """)
    var state = Drawing.editor("> .....")
    state.press("h 1 h 3")
    state.run("mine 1")
    #expect(state.openHolds.keys.map(\.index) == [2], "a note on its head takes its place")
    state.press("ctrl+z")
    #expect(state.openHolds.isEmpty)
  }

  @Test func aLaneKeyOutsideTheRegionPutsANote() {
    expect(
      """
       *.....
       *.....
        .....
      > .....
      """, "3 up 4",
      """
       *...2.
       *...|.
      > ...3.
        ..1..
      """)
  }
}
