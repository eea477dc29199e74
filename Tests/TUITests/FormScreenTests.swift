import Chart
import Editor
import TUI
import Testing

@Suite struct FormScreenTests {
  private static func songForm(_ keys: String = "", _ text: String = "") -> EditorState {
    var state = Songs.zoo(artist: "\u{1B}[2JKeeper")
    _ = state.reduce(
      .command("tag banner a banner with a name that is longer than any field of any form can ever be.png"))
    _ = state.reduce(.command("song-properties"))
    for key in KeyEvent.sequence(keys) ?? [] { _ = state.reduce(.key(key)) }
    for character in text { _ = state.reduce(.key(KeyEvent(.character(character)))) }
    return state
  }

  @Test func theSongsFormAtEverySize() throws {
    try expectGolden(Self.songForm("down").screen(100, 34), "song-form-100x34")
    try expectGolden(Self.songForm("pagedown down").screen(60, 16), "song-form-60x16")
    for (width, height) in [(1, 1), (8, 3), (20, 5), (40, 8), (250, 80)] {
      #expect(Self.songForm("pagedown").screen(width, height).size == Size(width: width, height: height))
    }
  }

  @Test func whatIsWrongStandsInTheForm() throws {
    var state = Self.songForm("pagedown down down down down", "soon")
    _ = state.reduce(.key(KeyEvent(.enter)))
    try expectGolden(state.screen(80, 24), "song-form-problem")
  }

  @Test func theChartsForm() throws {
    var state = Songs.zoo()
    _ = state.reduce(.command("chart-properties"))
    try expectGolden(state.screen(80, 24), "chart-form")
  }

  @Test func nothingInAFormIsDrawnRaw() {
    for scalar in Self.songForm().screen(100, 34).text.unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control)
    }
  }
}
