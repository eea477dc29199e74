import Chart
import Editor
import Foundation
import Logging

/// Writes the song to its file, keeps what was there before, and never writes over somebody else's change unasked.
package final class SaveService {
  private var file: SongFile
  private var stamp: FileStore.Stamp?
  /// Files that this session has backed up already.
  private var backedUp: Set<URL> = []
  /// The stamp that the author was told of as another program's: saving once more writes over it.
  private var toldStamp: FileStore.Stamp?
  private let inbox: Inbox<Action>
  private let log = Logger(label: "save")

  package init(file: SongFile, inbox: Inbox<Action>) {
    self.file = file
    self.inbox = inbox
    stamp = FileStore.stamp(of: file.url)
  }

  /// Answered by `saved` or `saveFailed`. Returns the file and the bytes that it now has, or nil.
  package func save(_ request: SaveRequest) -> (url: URL, bytes: Data)? {
    do {
      let target = try self.target(of: request)
      try checkForeignChanges(of: target)
      let written = try file.serialized(request.song, at: target)
      let bytes = Data(written.bytes)
      try keepPrevious(of: target)
      try FileStore.replace(target, with: bytes)
      // From here on this is the file whose untouched parts are kept.
      file = try SongFile(url: target, bytes: bytes)
      stamp = FileStore.stamp(of: target)
      log.info("saved", metadata: ["file": "\(target.path)", "bytes": "\(bytes.count)"])
      inbox.post(.saved(request, path: target.path))
      tell(written.losses, of: target)
      return (target, bytes)
    } catch let failure as SystemFailure {
      fail(request, "not saved: \(failure.text); the file is as it was")
    } catch let error as CommandError {
      fail(request, "not saved: \(error.text)")
    } catch {
      fail(request, "not saved: \(error)")
    }
    return nil
  }

  private func fail(_ request: SaveRequest, _ text: String) {
    log.error("\(text)")
    inbox.post(.saveFailed(request, text.printable))
  }

  /// Where to: a path given without a folder is one in the song's folder.
  private func target(of request: SaveRequest) throws(CommandError) -> URL {
    guard let path = request.path, !path.isEmpty else { return file.url }
    let expanded = NSString(string: path).expandingTildeInPath
    let folder = file.url.deletingLastPathComponent()
    let url = expanded.hasPrefix("/") ? URL(filePath: expanded) : folder.appending(path: expanded)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
      throw CommandError(.cannotRun, file: path, "is a folder", remedy: "give a file name")
    }
    return url.pathExtension.isEmpty ? url.appendingPathExtension(file.url.pathExtension) : url
  }

  private func checkForeignChanges(of target: URL) throws(CommandError) {
    let found = FileStore.stamp(of: target)
    let expected = target == file.url ? stamp : nil
    guard let found, found != expected, found != toldStamp else { return }
    toldStamp = found
    throw CommandError(
      .problems, file: target.lastPathComponent,
      target == file.url ? "changed by another program since it was opened" : "exists already",
      remedy: "save again to write over it, or save under another name")
  }

  private func keepPrevious(of target: URL) throws(SystemFailure) {
    guard !backedUp.contains(target) else { return }
    try FileStore.backUp(target)
    backedUp.insert(target)
  }

  private func tell(_ losses: [Loss], of target: URL) {
    guard let first = losses.first else { return }
    let more = losses.count > 1 ? " (and \(losses.count - 1) more: \(Program.name) convert tells them)" : ""
    inbox.post(
      .notice(
        Message("\(target.lastPathComponent): \(first.message)\(more)".printable, weight: .warning)))
  }
}
