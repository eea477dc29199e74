import Chart
import Editor
import TUI
import Testing

/// What has to be seen on any screen: the way out.
@Suite struct NarrowTests {
  private func lines(_ grid: Grid) -> [String] {
    grid.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test(arguments: [20, 30, 40, 60, 80, 120], [5, 12, 24])
  func aQuestionShowsAllItsAnswers(width: Int, height: Int) {
    var state = Songs.zoo()
    _ = state.reduce(.command("lane 2"))
    _ = state.reduce(.command("quit"))
    let text = state.screen(width, height).text
    for answer in ["s save and quit", "d drop the changes", "n go on editing"] {
      #expect(text.components(of: answer) == 1, "\(answer) at \(width)x\(height)")
    }
  }

  @Test func theQuestionAtSixtyColumns() throws {
    var state = Songs.zoo()
    _ = state.reduce(.command("lane 2"))
    _ = state.reduce(.command("quit"))
    try expectGolden(state.screen(60, 20), "quit-60x20")
  }

  @Test(arguments: [(60, 20), (40, 10), (80, 24)])
  func aLongMessageKeepsItsRemedy(width: Int, height: Int) {
    var state = Songs.zoo()
    _ = state.reduce(
      .notice(
        Message(
          "not saved: song.ssc was changed by another program since it was opened here; save again to write over it",
          weight: .error)))
    let text = lines(state.screen(width, height)).joined(separator: " ")
    #expect(text.components(of: "! not saved") == 1)
    #expect(text.components(of: "write over it") == 1)
  }

  @Test func textIsBrokenBetweenWordsAndShortenedInTheMiddle() {
    let text = "one two three four five six"
    #expect(text.wrapped(to: 40, lines: 2) == [text])
    #expect(text.wrapped(to: 14, lines: 2) == ["one two three", "four five six"])
    #expect(text.wrapped(to: 10, lines: 2) == ["one two", "… five six"])
    #expect(text.wrapped(to: 12, lines: 1) == ["one two… six"])
    #expect("saved /a/long/path".wrapped(to: 10, lines: 2) == ["saved /a/l", "ong/path"])
    #expect("saved /a/very/long/path".wrapped(to: 10, lines: 2) == ["saved /a/v", "…long/path"])
    for width in 1...30 {
      for limit in 1...3 {
        #expect(
          text.wrapped(to: width, lines: limit).allSatisfy { $0.columns <= width }, "\(width), \(limit)")
      }
    }
  }

  @Test func aWideTitleLeavesRoomForTheChartsName() {
    let state = Songs.zoo(
      title: "A title that goes on and on and does not come to an end", artist: "Somebody")
    for width in [60, 80, 100] {
      #expect(lines(state.screen(width, 20))[0].contains("S7 pump-single"), "\(width)")
    }
  }

  @Test func severalEventsOnARowLeaveTheMeasureItsNumber() throws {
    var state = Songs.zoo()
    _ = state.reduce(.command("go 12"))
    _ = state.reduce(.command("put-bpm 170.125"))
    _ = state.reduce(.command("put-stop 0.5"))
    let line = try #require(lines(state.screen(100, 30)).first { $0.contains("▶") })
    #expect(line.hasPrefix("  12+♩170.125"))
  }

  /// Grey is bright black, which terminals of eight colours draw as bold black.
  @Test func inEightColoursNothingIsBlackOnBlack() {
    for name in ["dark", "colourblind"] {
      let theme = Theme.load(name) { _ in nil }.theme
      // The ink is for the notes' own colours.
      for scope in Scope.allCases where scope != .noteInk {
        let style = theme[scope].over(theme[.ui])
        guard style.foreground != nil else { continue }
        let colors = style.inEightColors
        #expect(colors.foreground != colors.background ?? 0, "\(name): \(scope)")
      }
    }
    let grey = RGB(120, 120, 120)
    #expect(Style(foreground: grey).inEightColors == (7, nil, false))
    let onWhite = Style(foreground: grey, background: RGB(250, 250, 250)).inEightColors
    #expect(onWhite == (0, 7, true), "bold black can be read on white")
  }
}
