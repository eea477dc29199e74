import Editor
import Foundation
import TUI

/// The author's own themes: `themes/NAME.toml` in the configuration folder.
package struct ThemeFiles: Sendable {
  private let folder: URL

  package init(in folders: XDGFolders) {
    folder = folders.config.appending(path: "themes", directoryHint: .isDirectory)
  }

  /// A theme by name, and what could not be read of it.
  package func load(_ name: String) -> (theme: Theme, warnings: [String]) {
    let answer = Theme.load(name) { text(of: $0) }
    return (answer.theme, answer.warnings.map(\.description))
  }

  /// Whether a setting can mean something: a theme of the program or of the author, or what suits the terminal.
  package func has(_ name: String) -> Bool {
    name == Settings.anyTheme || Theme.builtInNames.contains(name) || text(of: name) != nil
  }

  /// What a setting can name.
  package var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let own = files.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }
    return [Settings.anyTheme] + Theme.builtInNames + own.filter { !Theme.builtInNames.contains($0) }.sorted()
  }

  private func text(of name: String) -> String? {
    // A name is a name: it does not lead to other folders.
    guard !name.isEmpty, !name.contains("/"), name != "..", name != "." else { return nil }
    guard let bytes = try? FileStore.read(folder.appending(path: "\(name).toml")) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
