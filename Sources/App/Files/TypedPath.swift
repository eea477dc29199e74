import Foundation

/// A path as an author types it in the editor.
package enum TypedPath {
  /// What it names: `~` is the home folder, and what begins with no folder is in the song's.
  package static func url(_ path: String, from folder: URL) -> URL {
    let expanded = NSString(string: path).expandingTildeInPath
    return expanded.hasPrefix("/") ? URL(filePath: expanded) : folder.appending(path: expanded)
  }
}
