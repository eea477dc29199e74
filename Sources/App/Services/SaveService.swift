import Chart
import Editor
import Foundation
import Logging

/// Writes the song to its file, keeps what was there before, and never writes over somebody else's change unasked.
package final class SaveService {
  private var file: SongFile
  /// The files as this session read or wrote them last.
  private var stamps: [URL: FileStore.Stamp] = [:]
  /// Files that this session has backed up already.
  private var backedUp: Set<URL> = []
  /// The stamp that the author was told of as another program's: saving once more writes over it.
  private var toldStamp: FileStore.Stamp?
  private let inbox: Inbox<Action>
  private let log = Logger(label: "save")

  package init(file: SongFile, inbox: Inbox<Action>) {
    self.file = file
    self.inbox = inbox
    stamps[file.url] = FileStore.stamp(of: file.url)
  }

  /// The folder that paths typed in the editor begin in.
  package var folder: URL { file.url.deletingLastPathComponent() }

  /// What was written, and what of the song is not in it.
  package struct Outcome {
    package var file: SongFile
    package var missing: [Loss]
    /// Another file than the song's own, which lacks something: the song does not move there.
    package var isCopy: Bool
  }

  /// Answered by `saved` or `saveFailed`; nil when nothing was written.
  package func save(_ request: SaveRequest) -> Outcome? {
    do {
      let target = try self.target(of: request)
      try checkForeignChanges(of: target)
      let written = try file.serialized(request.song, chart: request.chart ?? 0, at: target)
      let bytes = Data(written.bytes)
      // Read again before anything is written: what could not be opened must not take the place of what can.
      let reread = try SongFile(url: target, bytes: bytes)
      try keepPrevious(of: target)
      try FileStore.replace(target, with: bytes)
      stamps[target] = FileStore.stamp(of: target)
      log.info("saved", metadata: ["file": "\(target.path)", "bytes": "\(bytes.count)"])
      return took(reread, for: request, losses: written.losses)
    } catch let failure as SystemFailure {
      fail(request, "not saved: \(failure.text); the file is as it was")
    } catch let error as CommandError {
      fail(request, "not saved: \(error.text)")
    } catch {
      fail(request, "not saved: \(error)")
    }
    return nil
  }

  private func took(_ written: SongFile, for request: SaveRequest, losses: [Loss]) -> Outcome {
    let missing = losses.filter(\.isMissing)
    let isOwn = written.url == file.url
    // From here on this is the file whose untouched parts are kept.
    if missing.isEmpty || isOwn { file = written }
    var request = request
    if isOwn { request.path = nil }
    inbox.post(.saved(request, path: written.url.path, missing: SaveService.text(of: missing)))
    if missing.isEmpty { tell(losses, of: written.url) }
    return Outcome(file: written, missing: missing, isCopy: !missing.isEmpty && !isOwn)
  }

  private static func text(of missing: [Loss]) -> String? {
    guard let first = missing.first else { return nil }
    // As the editor's list of charts counts them.
    let chart = first.chart.map { "chart \($0 + 1): " } ?? ""
    let more = missing.count > 1 ? " (and \(missing.count - 1) more)" : ""
    return "\(chart)\(first.what)\(more)".printable
  }

  private func fail(_ request: SaveRequest, _ text: String) {
    log.error("\(text)")
    inbox.post(.saveFailed(request, text.printable))
  }

  /// Where to: a path given without a folder is one in the song's folder.
  private func target(of request: SaveRequest) throws(CommandError) -> URL {
    guard let path = request.path, !path.isEmpty else { return file.url }
    let url = TypedPath.url(path, from: folder)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
      throw CommandError(.cannotRun, file: path, "is a folder", remedy: "give a file name")
    }
    let full = url.pathExtension.isEmpty ? url.appendingPathExtension(file.url.pathExtension) : url
    // The song's own file, however it was named.
    return full.standardizedFileURL == file.url.standardizedFileURL ? file.url : full
  }

  private func checkForeignChanges(of target: URL) throws(CommandError) {
    let found = FileStore.stamp(of: target)
    guard let found, found != stamps[target], found != toldStamp else { return }
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
