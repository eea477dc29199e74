import Editor
import Foundation

/// How things looked, sounded and which keys were spoken when the author last changed it: kept in the state folder
/// from session to session. What `config.toml` says counts more; what belongs to one song is not kept.
package struct RememberedSettings: Sendable {
  private let file: URL

  package init(in folders: XDGFolders) {
    file = folders.state.appending(path: "settings")
  }

  /// The state with the settings in it. Lines that mean nothing are passed over: the next change writes them anew.
  package func applied(to state: EditorState) -> EditorState {
    guard FileStore.stamp(of: file) != nil, let bytes = try? FileStore.read(file) else { return state }
    var state = state
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      guard let name = line.split(separator: " ").first,
        Setting.named(String(name))?.belongsToSong != true
      else { continue }
      _ = state.reduce(.command("set \(line)"))
    }
    // An empty line takes away what the commands told.
    _ = state.reduce(.command(""))
    return state
  }

  /// Writes down what is not as the program has it by itself.
  package func keep(_ settings: Settings) throws(SystemFailure) {
    let usual = Settings()
    let lines = Setting.all
      .filter { !$0.belongsToSong && $0.get(settings) != $0.get(usual) }
      .map { "\($0.name) \($0.get(settings))\n" }
    try FileStore.makeFolder(file.deletingLastPathComponent())
    try FileStore.replace(file, with: Data(lines.joined().utf8))
  }
}
