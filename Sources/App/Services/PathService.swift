import Editor
import Foundation

/// Looks up, in the background, how a path that is being typed may go on.
package final class PathService {
  /// More than anybody reads through.
  private static let most = 200

  private let inbox: Inbox<Action>
  private let worker = Worker("paths")
  private var asked: Cancellation?

  package init(inbox: Inbox<Action>) {
    self.inbox = inbox
  }

  /// Answered by `pathsListed`, unless it is cancelled. A new question cancels the last.
  ///
  /// - Parameter folder: the song's, in which paths begin.
  package func ask(_ query: PathQuery, in folder: URL) {
    asked?.cancel()
    asked = worker.run { [inbox] cancellation in
      let entries = PathService.entries(query, in: folder) { cancellation.isCancelled }
      if !cancellation.isCancelled { inbox.post(.pathsListed(query, entries)) }
    }
  }

  package func cancel() { asked?.cancel() }

  /// What a path may go on with, in the order of names. Nothing typed of a song to open means the songs beside this one.
  package static func entries(
    _ query: PathQuery, in folder: URL, isCancelled: () -> Bool = { false }
  ) -> [PathEntry] {
    let isBeside = query.text.isEmpty && query.purpose == .song
    let text = isBeside ? "../" : query.text
    let typedFolder = text.lastIndex(of: "/").map { String(text[...$0]) } ?? ""
    let begun = text.dropFirst(typedFolder.count)
    let place = typedFolder.isEmpty ? folder : TypedPath.url(typedFolder, from: folder).standardizedFileURL
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? [])
      .filter { $0.lowercased().hasPrefix(begun.lowercased()) && $0.hasPrefix(".") == begun.hasPrefix(".") }
      .sorted { $0.compare($1, options: [.caseInsensitive, .numeric]) == .orderedAscending }
    var entries: [PathEntry] = []
    for name in names {
      if isCancelled() || entries.count == most { break }
      if isBeside, name == folder.standardizedFileURL.lastPathComponent { continue }
      if let entry = entry(name, at: place.appending(path: name), for: query.purpose) {
        entries.append(PathEntry(path: typedFolder + entry.path, doc: entry.doc))
      }
    }
    return entries
  }

  private static func entry(_ name: String, at url: URL, for purpose: PathPurpose) -> PathEntry? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return nil }
    if isFolder.boolValue {
      let isSong = purpose == .song && (try? SongLocation(path: url.path)) != nil
      return PathEntry(path: name + "/", doc: isSong ? "song" : "folder")
    }
    let format = url.pathExtension.lowercased()
    if SongLocation.simfileExtensions.contains(format) { return PathEntry(path: name, doc: "chart") }
    guard purpose == .song, SongLocation.audioExtensions.contains(format) else { return nil }
    return PathEntry(path: name, doc: "sound")
  }
}
