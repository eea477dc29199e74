import TUI
import Testing

@Suite struct GridTests {
  private func grid(_ width: Int, _ height: Int) -> Grid { Grid(size: Size(width: width, height: height)) }

  @Test func wideCharactersTakeTwoColumnsAndAreNeverCutInHalf() {
    var grid = grid(6, 1)
    #expect(grid.write("가나다라", x: 1, y: 0, style: Style()) == 6)
    #expect(grid.text == " 가나\n")
    grid.write("x", x: 2, y: 0, style: Style())
    #expect(grid.text == "  x나\n")
    #expect("가나다".columns == 6)
    #expect("가나다".clipped(to: 4) == "가…")
  }

  @Test func combiningMarksShareACell() {
    var grid = grid(3, 1)
    #expect(grid.write("e\u{301}a\u{302}\u{303}\u{304}\u{305}", x: 0, y: 0, style: Style()) == 2)
    #expect(grid[0, 0].glyph.string == "e\u{301}")
    #expect(grid[1, 0].glyph.string == "a\u{302}\u{303}")
  }

  @Test(arguments: [
    ("\u{1B}[2J\u{1B}]0;x\u{7}", "␛[2J␛]0;x␇"), ("a\nb\rc\td", "a␊b␍c␉d"), ("\u{9B}31m", "\u{FFFD}31m"),
    ("\u{202E}olleh", "\u{FFFD}olleh"), ("\u{7F}\u{0}", "␡␀"), ("\u{E000}", "\u{FFFD}"),
  ])
  func textFromFilesCannotSteerTheTerminal(hostile: String, shown: String) {
    var grid = grid(20, 1)
    grid.write(hostile, x: 0, y: 0, style: Style())
    #expect(grid.text == shown + "\n")
    #expect(!grid.text.dropLast().unicodeScalars.contains { $0.properties.generalCategory == .control })
  }

  @Test func drawingIsClipped() {
    var grid = grid(5, 2)
    grid.write("abcdefgh", x: -2, y: 0, style: Style())
    grid.write("abcdefgh", x: 0, y: 1, style: Style(), within: Rect(x: 1, y: 0, width: 3, height: 2))
    grid.write("out", x: 0, y: 7, style: Style())
    grid.fill(Rect(x: -3, y: -3, width: 4, height: 4), Glyph("#"), style: Style())
    #expect(grid.text == "#defg\n bcd\n")
  }

  @Test func coloursUnderneathShowThrough() {
    let red = RGB(255, 0, 0)
    let blue = RGB(0, 0, 255)
    var grid = grid(2, 1)
    grid.fill(grid.bounds, style: Style(background: blue))
    grid.write("x", x: 0, y: 0, style: Style(foreground: red))
    #expect(grid[0, 0].style == Style(foreground: red, background: blue))
  }

  @Test func changesAreRunsOfWholeGlyphs() {
    var old = grid(10, 2)
    old.write("ab가cd", x: 0, y: 0, style: Style())
    var new = old
    new.write("나", x: 2, y: 0, style: Style())
    new.write("z", x: 9, y: 1, style: Style())
    var runs: [String] = []
    new.forEachChange(from: old) { y, columns in runs.append("\(y): \(columns)") }
    #expect(runs == ["0: 2..<4", "1: 9..<10"])
    var none = 0
    new.forEachChange(from: new) { _, _ in none += 1 }
    #expect(none == 0)
  }

  /// Redrawing only what changed gives the new picture, whatever the two pictures are.
  @Test(arguments: 0..<40) func applyingChangesGivesTheNewGrid(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let texts = ["가", "나다", "x", "hello", "e\u{301}", "\u{1B}", "■↙"]
    func picture() -> Grid {
      var grid = grid(12, 4)
      for _ in 0..<Int(random.next() % 20) {
        grid.write(
          texts[Int(random.next() % 7)], x: Int(random.next() % 14) - 1, y: Int(random.next() % 5),
          style: Style())
      }
      return grid
    }
    let old = picture()
    let new = picture()
    var patched = old
    new.forEachChange(from: old) { y, columns in
      for x in columns where new[x, y].extent != .trailing {
        patched.put(new[x, y].glyph, x: x, y: y, style: new[x, y].style)
      }
    }
    #expect(patched == new, "seed \(seed)")
  }

  @Test func theASCIISkinKeepsWidthsAndHasNothingElse() {
    var grid = grid(20, 1)
    grid.write("▐↙▌◇가…│é", x: 0, y: 0, style: Style())
    #expect(grid.inASCII.text == "=/=o??.|?\n")
  }
}

/// A small seeded generator (Steele, Lea and Flood 2014), so that a failing case can be repeated.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
