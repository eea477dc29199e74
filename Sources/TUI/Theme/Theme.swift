/// A look for every scope.
package struct Theme: Hashable, Sendable {
  package let name: String
  /// What the theme's file and those it inherits from say, before any falling back.
  let written: [String: Style]
  private let styles: [Scope: Style]

  init(name: String, written: [String: Style]) {
    self.name = name
    self.written = written
    var styles: [Scope: Style] = [:]
    for scope in Scope.allCases {
      let key = scope.fallbacks.first { written[$0] != nil } ?? Scope.ui.rawValue
      styles[scope] = written[key] ?? Style()
    }
    self.styles = styles
  }

  package subscript(scope: Scope) -> Style { styles[scope] ?? Style() }

  /// Whether the theme uses no colour, so that shape and stress carry everything.
  package var isMono: Bool {
    styles.values.allSatisfy { $0.foreground == nil && $0.background == nil }
  }

  /// The colour that faint things fade into: the background, or a guess at the terminal's own.
  package var paper: RGB {
    if let background = self[.field].background ?? self[.ui].background { return background }
    let ink = self[.ui].foreground?.luminance ?? 1
    return ink > 0.5 ? RGB(0, 0, 0) : RGB(255, 255, 255)
  }
}
