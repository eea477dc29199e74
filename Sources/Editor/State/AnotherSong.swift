extension EditorState {
  /// Takes over from the song before what is the author's and no song's: how things look and sound, what was copied,
  /// the lines typed. To be called on a state that was just made.
  package mutating func goOn(from before: EditorState) {
    for setting in Setting.all where !setting.belongsToSong {
      _ = setting.set(&settings, setting.get(before.settings))
    }
    keymap = before.keymap
    previousTheme = before.previousTheme
    clipboard = before.clipboard
    promptHistory = before.promptHistory
  }
}
