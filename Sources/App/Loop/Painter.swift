import Chart
import Editor
import TUI

/// Draws states with the theme that their settings name, loaded when the name changes. Which one `auto` is depends on
/// the terminal and is written down nowhere.
package final class Painter {
  private var theme: Theme
  private var name: String
  private let files: ThemeFiles
  private let isMono: Bool
  private let hasLightBackground: Bool
  /// What could not be read of the first theme.
  package let warnings: [String]

  package init(theme name: String, files: ThemeFiles, screen: any Screen, hasLightBackground: Bool) {
    self.name = name
    self.files = files
    self.hasLightBackground = hasLightBackground
    isMono = screen.depth == .mono
    let answer = files.load(Painter.resolved(name, hasLightBackground))
    theme = isMono ? .mono : answer.theme
    warnings = answer.warnings
  }

  package func draw(_ state: EditorState, _ playhead: Beat?, _ size: Size) -> Grid {
    if state.settings.theme != name {
      name = state.settings.theme
      if !isMono { theme = files.load(Painter.resolved(name, hasLightBackground)).theme }
    }
    return render(state, playhead: playhead, theme: theme, size: size)
  }

  /// The theme that a setting means on a terminal.
  package static func resolved(_ name: String, _ hasLightBackground: Bool) -> String {
    guard name == Settings.anyTheme else { return name }
    return hasLightBackground ? Theme.lightName : Theme.defaultName
  }
}
