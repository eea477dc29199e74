import TOMLKit

/// Something in a theme's file that had to be left out. The theme works without it.
package struct ThemeWarning: Hashable, Sendable, CustomStringConvertible {
  /// The theme, by name or file.
  package var theme: String
  package var text: String

  package var description: String { "theme \(theme): \(text)" }
}

/// Reads themes: TOML with an optional `inherits`, a `[palette]` of named colours, and `[scopes]`.
///
///     inherits = "dark"
///     [palette]
///     sun = "#ffd24a"
///     [scopes]
///     "note.panel.centre" = { fg = "sun", bold = true }
///     "ui.frame" = "#404755"            # the foreground alone
///
/// A bad key costs that key, a bad file the file; the result is a whole theme in any case.
struct ThemeReader {
  /// The text of another theme by name.
  let textOfTheme: (String) -> String?
  private var warnings: [ThemeWarning] = []
  private var palette: [String: RGB] = [:]

  init(textOfTheme: @escaping (String) -> String?) {
    self.textOfTheme = textOfTheme
  }

  /// Reads a theme and those it inherits from.
  static func read(name: String, text: String, textOfTheme: @escaping (String) -> String?)
    -> (Theme, [ThemeWarning])
  {
    var reader = ThemeReader(textOfTheme: textOfTheme)
    let written = reader.styles(name: name, text: text, heirs: [])
    return (Theme(name: name, written: written), reader.warnings)
  }

  private mutating func styles(name: String, text: String, heirs: [String]) -> [String: Style] {
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let place = "line \(error.source.begin.line), column \(error.source.begin.column)"
      warn(name, "\(place): \(error.description)")
      return inherited(from: Theme.defaultName, by: name, heirs: heirs)
    } catch {
      warn(name, "cannot be read as TOML")
      return inherited(from: Theme.defaultName, by: name, heirs: heirs)
    }
    for key in table.keys where !["name", "inherits", "palette", "scopes"].contains(key) {
      warn(name, "\"\(key)\" is not a part of a theme; it has inherits, [palette] and [scopes]")
    }
    var styles: [String: Style] = [:]
    if let parent = table["inherits"]?.string {
      styles = inherited(from: parent, by: name, heirs: heirs)
    } else if table["inherits"] != nil {
      warn(name, "inherits has to be the name of a theme in quotes")
    }
    readPalette(table["palette"]?.table, name: name)
    guard let scopes = table["scopes"]?.table else { return styles }
    for key in scopes.keys.sorted() {
      guard Scope.names.contains(key) else {
        warn(name, "\"\(key)\" is not a scope\(ThemeReader.hint(for: key))")
        continue
      }
      if let value = scopes[key], let style = style(value, key: key, name: name) { styles[key] = style }
    }
    return styles
  }

  private mutating func inherited(from parent: String, by name: String, heirs: [String]) -> [String: Style] {
    guard parent != name, !heirs.contains(parent) else {
      warn(name, "inherits from itself by way of \"\(parent)\"")
      return [:]
    }
    guard let text = textOfTheme(parent) else {
      warn(name, "inherits from \"\(parent)\", which is not there")
      return [:]
    }
    return styles(name: parent, text: text, heirs: heirs + [name])
  }

  private mutating func readPalette(_ table: TOMLTable?, name: String) {
    guard let table else { return }
    for key in table.keys.sorted() {
      if let text = table[key]?.string, let color = RGB(hex: text) {
        palette[key] = color
      } else {
        warn(name, "palette colour \"\(key)\" is not of the form \"#rrggbb\"")
      }
    }
  }

  private mutating func style(_ value: any TOMLValueConvertible, key: String, name: String) -> Style? {
    if let text = value.string {
      return color(text, key: key, name: name).map { Style(foreground: $0) }
    }
    guard let table = value.table else {
      warn(name, "\"\(key)\" has to be a colour or a table such as { fg = \"#ffffff\", bold = true }")
      return nil
    }
    var style = Style()
    for part in table.keys.sorted() {
      switch (part, table[part]?.string, table[part]?.bool) {
      case ("fg", let text?, _): style.foreground = color(text, key: key, name: name)
      case ("bg", let text?, _): style.background = color(text, key: key, name: name)
      case (_, _, let isOn?) where ThemeReader.attributes[part] != nil:
        if isOn { style.attributes.formUnion(ThemeReader.attributes[part] ?? []) }
      default:
        warn(
          name,
          "\"\(key)\": \(part) is not one of fg, bg (colours), bold, dim, underline, reverse (true or false)")
      }
    }
    return style
  }

  private mutating func color(_ text: String, key: String, name: String) -> RGB? {
    if let color = palette[text] ?? RGB(hex: text) { return color }
    warn(name, "\"\(key)\": \"\(text)\" is neither in the palette nor of the form \"#rrggbb\"")
    return nil
  }

  private mutating func warn(_ theme: String, _ text: String) {
    warnings.append(ThemeWarning(theme: theme, text: text))
  }

  private static let attributes: [String: Style.Attributes] = [
    "bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse,
  ]

  /// The scope that shares the longest beginning with a name, when there is one worth naming.
  private static func hint(for key: String) -> String {
    func shared(_ name: String) -> Int { zip(name, key).prefix { $0 == $1 }.count }
    guard let best = Scope.names.sorted().max(by: { shared($0) < shared($1) }), shared(best) >= 3 else {
      return ""
    }
    return "; did you mean \"\(best)\"?"
  }
}
