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

  private func text(of name: String) -> String? {
    // A name is a name: it does not lead to other folders.
    guard !name.isEmpty, !name.contains("/"), name != "..", name != "." else { return nil }
    guard let bytes = try? FileStore.read(folder.appending(path: "\(name).toml")) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
