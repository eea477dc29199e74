/// The themes that are part of the program, and how to get at those that are not.
extension Theme {
  package static let defaultName = "dark"
  /// For terminals with a light background.
  package static let lightName = "light"

  /// The names of the themes in the program, the default first.
  package static let builtInNames = ["dark", "light", "colourblind", "mono"]

  /// The theme that is there whatever happens.
  package static let dark = load(defaultName) { _ in nil }.theme
  /// No colour at all: for terminals without, and for `NO_COLOR`.
  package static let mono = load("mono") { _ in nil }.theme

  /// Loads a theme by name. The author's own files, read by `textOfFile`, come before the program's.
  ///
  /// There is always a theme in the answer; what could not be read of it is in the warnings.
  package static func load(_ name: String, textOfFile: @escaping (String) -> String?)
    -> (theme: Theme, warnings: [ThemeWarning])
  {
    let textOfTheme = { textOfFile($0) ?? builtInText($0) }
    guard let text = textOfTheme(name) else {
      let fallback = load(defaultName) { _ in nil }
      let known = builtInNames.joined(separator: ", ")
      let warning = ThemeWarning(theme: name, text: "there is no such theme; the built-in ones are \(known)")
      return (fallback.theme, [warning] + fallback.warnings)
    }
    return ThemeReader.read(name: name, text: text, textOfTheme: textOfTheme)
  }

  private static func builtInText(_ name: String) -> String? {
    let bytes: [UInt8]? =
      switch name {
      case "dark": PackageResources.dark_toml
      case "light": PackageResources.light_toml
      case "colourblind": PackageResources.colourblind_toml
      case "mono": PackageResources.mono_toml
      default: nil
      }
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }
}
