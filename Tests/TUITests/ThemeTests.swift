import TUI
import Testing

@Suite struct ThemeTests {
  private func load(_ text: String, others: [String: String] = [:]) -> (theme: Theme, warnings: [String]) {
    let (theme, warnings) = Theme.load("mine") { $0 == "mine" ? text : others[$0] }
    return (theme, warnings.map(\.description))
  }

  @Test(arguments: Theme.builtInNames) func builtInThemesAreWithoutWarnings(name: String) {
    let (theme, warnings) = Theme.load(name) { _ in nil }
    #expect(warnings == [])
    #expect(theme.name == name)
    #expect(theme.isMono == (name == "mono"))
  }

  @Test func aScopeFallsBackToShorterNames() {
    let (theme, warnings) = load(
      """
      [scopes]
      "ui" = "#010101"
      "note" = "#020202"
      "note.quant" = { fg = "#030303", bold = true }
      "note.quant.4" = "#040404"
      """)
    #expect(warnings == [])
    #expect(theme[.quant4].foreground == RGB(4, 4, 4))
    #expect(theme[.quant8] == Style(foreground: RGB(3, 3, 3), attributes: .bold))
    #expect(theme[.noteMine].foreground == RGB(2, 2, 2))
    #expect(theme[.fieldBeat].foreground == RGB(1, 1, 1))
  }

  @Test func aThemeTakesOverWhatItInheritsAndChangesTheRest() {
    let (theme, warnings) = load(
      """
      inherits = "dark"
      [palette]
      sun = "#ffee00"
      [scopes]
      "note.panel.centre" = "sun"
      "ui.frame" = "red"
      """)
    #expect(warnings == [])
    #expect(theme[.panelCentre].foreground == RGB(255, 0xEE, 0))
    #expect(
      theme[.frame].foreground == Theme.dark[.panelUpper].foreground, "the parent's palette can be used")
    #expect(theme[.panelLower] == Theme.dark[.panelLower])
  }

  @Test func aBadKeyCostsOnlyItself() {
    let (theme, warnings) = load(
      """
      inherits = "dark"
      colour = 3
      [palette]
      sun = "yellow"
      [scopes]
      "note.mien" = "red"
      "note.mine" = { fg = "reddish", bold = true, blink = true }
      "note.lift" = 7
      "ui.frame" = "#123456"
      """)
    #expect(theme[.frame].foreground == RGB(0x12, 0x34, 0x56))
    #expect(theme[.noteMine].attributes == .bold)
    #expect(
      warnings == [
        "theme mine: \"colour\" is not a part of a theme; it has inherits, [palette] and [scopes]",
        "theme mine: palette colour \"sun\" is not of the form \"#rrggbb\"",
        "theme mine: \"note.lift\" has to be a colour or a table such as { fg = \"#ffffff\", bold = true }",
        "theme mine: \"note.mien\" is not a scope; did you mean \"note.mine\"?",
        "theme mine: \"note.mine\": blink is not one of fg, bg (colours), bold, dim, underline, reverse "
          + "(true or false)",
        "theme mine: \"note.mine\": \"reddish\" is neither in the palette nor of the form \"#rrggbb\"",
      ])
  }

  @Test func aFileThatIsNotTOMLGivesTheDefaultAndSaysWhere() {
    let (theme, warnings) = load("[scopes\n")
    #expect(theme[.ui] == Theme.dark[.ui])
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("line 1") == true)
  }

  @Test func circlesAndMissingParentsAreNamed() {
    #expect(
      load("inherits = \"gone\"").warnings == ["theme mine: inherits from \"gone\", which is not there"])
    let circle = load("inherits = \"other\"", others: ["other": "inherits = \"mine\""])
    #expect(circle.warnings == ["theme other: inherits from itself by way of \"mine\""])
    let unknown = Theme.load("nowhere") { _ in nil }
    #expect(unknown.theme == Theme.dark)
    #expect(unknown.warnings.count == 1)
  }

  /// A scope that no theme colours on purpose would look like plain text without anyone noticing.
  @Test(arguments: Scope.allCases) func theDefaultThemeSaysSomethingAboutEveryScope(scope: Scope) {
    let plain = Theme.dark[.ui]
    if scope != .ui && scope != .field { #expect(Theme.dark[scope] != plain) }
  }
}
