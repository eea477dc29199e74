import Chart
import Editor
import TUI

/// Draws states with the theme that their settings name, loaded when the name changes.
package final class Painter {
  private var theme: Theme
  private var name: String
  private let files: ThemeFiles
  private let isMono: Bool
  /// What could not be read of the first theme.
  package let warnings: [String]

  package init(theme name: String, files: ThemeFiles, screen: any Screen) {
    self.name = name
    self.files = files
    isMono = screen.depth == .mono
    let answer = files.load(name)
    theme = isMono ? .mono : answer.theme
    warnings = answer.warnings
  }

  package func draw(_ state: EditorState, _ playhead: Beat?, _ size: Size) -> Grid {
    if state.settings.theme != name {
      name = state.settings.theme
      if !isMono { theme = files.load(name).theme }
    }
    return render(state, playhead: playhead, theme: theme, size: size)
  }
}
