import App
import Editor
import Foundation
import Testing

@Suite struct ThemeFilesTests {
  @Test func aThemeIsThereWhenTheProgramOrTheAuthorHasIt() throws {
    let folder = try TemporaryFolder()
    let themes = folder.url.appending(path: "learnitup/themes")
    try FileManager.default.createDirectory(at: themes, withIntermediateDirectories: true)
    try Data("inherits = \"dark\"\n".utf8).write(to: themes.appending(path: "mine.toml"))
    let files = ThemeFiles(in: XDGFolders(environment: ["XDG_CONFIG_HOME": folder.url.path]))
    for name in ["auto", "dark", "light", "mine"] { #expect(files.has(name), "\(name)") }
    for name in ["ligth", "", "../themes/mine"] { #expect(!files.has(name), "\(name)") }
    #expect(files.names == ["auto", "dark", "light", "colourblind", "mono", "mine"])
  }

  /// What suits the terminal is found when drawing, and never remembered as if somebody had chosen it.
  @Test func theTerminalsThemeIsNobodysChoice() throws {
    #expect(Painter.resolved("auto", true) == "light" && Painter.resolved("auto", false) == "dark")
    #expect(Painter.resolved("mono", true) == "mono")
    let folder = try TemporaryFolder()
    let remembered = RememberedSettings(in: XDGFolders(environment: ["XDG_STATE_HOME": folder.url.path]))
    var settings = Settings()
    settings.showsMinimap = false
    try remembered.keep(settings)
    #expect(try folder.text(of: "learnitup/settings") == "minimap off\n")
  }

  @Test func keysThatCannotBeBoundAreTold() {
    let configuration = Configuration(text: "[keys.edit]\n\"f9\" = \"fly\"\n", name: "config.toml")
    let state = EditorState(document: .init(), overrides: configuration.overrides)
    #expect(configuration.applied(to: state).warnings == ["config.toml: [keys] f9: no command “fly”"])
  }
}
