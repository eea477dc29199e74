import Foundation

/// Where the program keeps things of its own, by the XDG Base Directory Specification.
package struct XDGFolders: Sendable {
  /// What the author writes: `config.toml`, themes.
  package let config: URL
  /// What survives a crash: the log and the journals.
  package let state: URL
  /// What can be made again: the demo song.
  package let cache: URL

  /// Empty and relative values count as absent, as the specification asks.
  package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    let home = URL(filePath: environment["HOME"] ?? NSHomeDirectory(), directoryHint: .isDirectory)
    func folder(_ variable: String, fallback: String) -> URL {
      let base =
        if let value = environment[variable], value.hasPrefix("/") {
          URL(filePath: value, directoryHint: .isDirectory)
        } else {
          home.appending(path: fallback, directoryHint: .isDirectory)
        }
      return base.appending(path: Program.name, directoryHint: .isDirectory)
    }
    config = folder("XDG_CONFIG_HOME", fallback: ".config")
    state = folder("XDG_STATE_HOME", fallback: ".local/state")
    cache = folder("XDG_CACHE_HOME", fallback: ".cache")
  }
}
