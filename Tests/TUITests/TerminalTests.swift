import Editor
import TUI
import Testing

@Suite struct TerminalTests {
  private func type(_ environment: [String: String]) -> TerminalType {
    TerminalType(environment: environment)
  }

  @Test func directColourIsReachedByASiblingEntry() {
    let claims = type(["TERM": "xterm-256color", "COLORTERM": "truecolor"])
    #expect(
      claims.entries(for: .auto) == ["vte-direct", "alacritty-direct", "xterm-direct", "xterm-256color"])
    #expect(type(["TERM": "tmux-256color", "COLORTERM": "24bit"]).entries(for: .auto).first == "tmux-direct")
    #expect(type(["TERM": "xterm-256color"]).entries(for: .auto) == ["xterm-256color"])
    #expect(claims.entries(for: .cube) == ["xterm-256color"])
  }

  @Test func colourIsRefusedByNO_COLORButNotByAnEmptyOne() {
    let refuses = type(["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"])
    #expect(refuses.entries(for: .auto) == ["xterm-256color"])
    #expect(refuses.depth(offered: 256, choice: .auto) == .mono)
    #expect(refuses.depth(offered: 256, choice: .cube) == .cube, "asked for by name")
    #expect(type(["NO_COLOR": ""]).depth(offered: 256, choice: .auto) == .cube)
  }

  @Test(arguments: [
    (0, ColorDepth.mono), (8, .eight), (16, .sixteen), (88, .sixteen), (256, .cube), (1 << 24, .direct),
  ])
  func depthFollowsTheTerminal(colors: Int, depth: ColorDepth) {
    #expect(type(["TERM": "x"]).depth(offered: colors, choice: .auto) == depth)
  }

  @Test func coloursAreReducedToTheNearest() {
    #expect(RGB(255, 0, 0).nearestInCube == 196)
    #expect(RGB(128, 128, 128).nearestInCube == 244)
    #expect(RGB(0, 0, 0).nearestInCube == 16)
    #expect(RGB(255, 97, 102).nearestOfSixteen % 8 == 1)
    #expect(RGB(18, 20, 27).nearestOfSixteen == 0)
  }

  @Test func notesOfDifferentPanelsStayApartInSixteenColours() {
    for name in ["dark", "light", "colourblind"] {
      let theme = Theme.load(name) { _ in nil }.theme
      let colors = [Scope.panelUpper, .panelCentre, .panelLower].compactMap { theme[$0].foreground }
      #expect(Set(colors.map { $0.nearestOfSixteen % 8 }).count == 3, "\(name)")
    }
  }

  @Test func errorsNameTheRemedyAndNothingRaw() {
    #expect(TerminalError.unknownType("no\u{1B}[2J").description.hasPrefix("TERM=no?[2J is not known"))
    #expect(TerminalError.unknownType("x").description.contains("ncurses-term"))
  }

  @Test func theMemoryScreenPlaysKeysAndKeepsThePicture() {
    let screen = MemoryScreen(size: Size(width: 4, height: 2))
    screen.feed(.key(KeyEvent(.space)))
    screen.feed(.resized(Size(width: 9, height: 3)))
    #expect(screen.nextEvent() == .key(KeyEvent(.space)))
    #expect(screen.nextEvent() == .resized(Size(width: 9, height: 3)))
    #expect(screen.nextEvent() == nil)
    var grid = Grid(size: screen.size)
    grid.write("hi", x: 0, y: 0, style: Style())
    screen.show(grid)
    #expect(screen.shown.text == "hi\n\n\n")
  }

  /// The entry keeps everything but the six ways to scroll and to repeat, and what is no entry is none.
  @Test func anEntryLosesItsScrolling() throws {
    let strings = [UInt8](repeating: 0, count: 2 * 131)
    let header: [UInt8] = [0o32, 1, 2, 0, 1, 0, 2, 0, 131, 0, 4, 0]
    let body: [UInt8] = [0x78, 0, 1, 0, 80, 0, 24, 0]
    let entry = header + body + strings + [0x41, 0, 0, 0]
    let changed = try #require(TerminfoEntry(compiled: entry)).withoutScrolling
    #expect(changed.hasPrefix("hex:1a01"))
    #expect(changed.count == 4 + 2 * entry.count)
    #expect(changed.components(of: "ffff") == 6)
    #expect(TerminfoEntry(compiled: Array(entry.prefix(40))) == nil)
    #expect(TerminfoEntry(compiled: Array("no entry at all".utf8)) == nil)
  }
}
