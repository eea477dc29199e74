import App
import Chart
import Editor
import Foundation
import Testing

@Suite struct RememberedSettingsTests {
  private func editor(_ lines: [String] = []) -> EditorState {
    var state = EditorState(document: Simfile())
    for line in lines { _ = state.reduce(.command(line)) }
    return state
  }

  @Test func whatWasSetIsThereNextTime() throws {
    let folder = try TemporaryFolder()
    let remembered = RememberedSettings(in: XDGFolders(environment: ["XDG_STATE_HOME": folder.url.path]))
    #expect(remembered.applied(to: editor()).settings == Settings())
    let lines = [
      "set preset vim", "set theme light", "set volume 0.25", "toggle-minimap", "set rate 0.5", "level 9",
    ]
    try remembered.keep(editor(lines).settings)
    let next = remembered.applied(to: editor())
    #expect(next.settings.preset == .vim && next.settings.theme == "light" && !next.settings.showsMinimap)
    #expect(next.settings.sound.volume == 0.25)
    #expect(next.settings.rate == 1 && next.settings.level == 0, "what belongs to a song is not kept")
    #expect(next.message == nil)
    #expect(next.keymap.keys(for: "down", in: .edit).contains([KeyEvent(.character("j"))]))
  }

  @Test func whatMeansNothingIsPassedOver() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("learnitup/settings")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("\u{0}\u{1B}\nvolume loud\nno-such 1\nscroll up\n".utf8).write(to: file)
    let remembered = RememberedSettings(in: XDGFolders(environment: ["XDG_STATE_HOME": folder.url.path]))
    let state = remembered.applied(to: editor())
    #expect(state.settings.scroll == .up && state.settings.sound == SoundSettings() && state.message == nil)
  }
}
