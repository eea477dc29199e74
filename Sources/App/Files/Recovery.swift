import Chart
import Editor
import Foundation

/// What a session starts with to survive its end: edits that an earlier one left, and a journal of its own.
package struct Recovery {
  package let folder: URL
  /// Nil when the state folder cannot be written.
  package private(set) var journal: Journal?
  package private(set) var warnings: [String] = []

  /// Does again what an ended session left unsaved for the file. Each edit is its own undo step.
  ///
  /// A journal goes only when all that is in it was done again and is in the new one; any other stays and is told.
  package init(of file: SongFile, in folders: XDGFolders, into state: inout EditorState) {
    folder = folders.state.appending(path: "journals", directoryHint: .isDirectory)
    let all = Journal.remains(for: file.url, base: file.bytes, in: folder)
    let chosen =
      all.firstIndex(where: { $0.fits && !$0.entries.isEmpty }) ?? all.firstIndex(where: \.fits)
    do throws(SystemFailure) {
      journal = try Journal(for: file.url, base: file.bytes, in: folder)
    } catch {
      giveUp(error)
    }
    let others = all.indices.filter { $0 != chosen }
    var told = others.prefix(1).map { Recovery.left(all[$0], of: file.url) }
    if others.count > 1 { told.append("\(counted(others.count - 1, "more journal")) like it are there") }
    if let chosen { told.insert(recover(all[chosen], into: &state), at: 0) }
    // One line, for only the last that is said stays on the screen.
    if !told.isEmpty { warnings.append(told.joined(separator: "; ")) }
  }

  private mutating func recover(_ remains: Journal.Remains, into state: inout EditorState) -> String {
    let count = state.recover(remains.entries)
    let isKept = count > 0 && keep(remains.entries.prefix(count))
    let path = remains.file.path
    guard count == remains.count else {
      return "\(count) of \(Recovery.edits(remains.count)) of a session that ended unexpectedly done again; "
        + "the rest does not fit the song, it stays in \(path)"
    }
    let text =
      "\(Recovery.edits(count)) of a session that ended unexpectedly done again; save to keep, undo to drop"
    guard isKept else { return text + "; until you save they are in \(path) alone" }
    Journal.discard(remains)
    return text
  }

  /// What is said of a journal that is left as it is.
  private static func left(_ remains: Journal.Remains, of file: URL) -> String {
    let reason =
      remains.fits
      ? "wait for the next start"
      : "do not fit \(file.lastPathComponent), which has changed since"
    return "\(edits(remains.count)) of another ended session \(reason): kept in \(remains.file.path)"
  }

  private static func edits(_ count: Int) -> String { counted(count, "unsaved edit") }

  /// Whether the edits are in this session's journal now, so that the old one is not needed any more.
  private mutating func keep(_ entries: some Sequence<JournalEntry>) -> Bool {
    guard let journal else { return false }
    do throws(SystemFailure) {
      for entry in entries { try journal.append(entry) }
      return true
    } catch {
      // Half a list of edits would be worse than none: it could not be told from a whole one.
      journal.remove()
      self.journal = nil
      giveUp(error)
      return false
    }
  }

  private mutating func giveUp(_ failure: SystemFailure) {
    warnings.append("unsaved edits are not safe from a crash, \(folder.path): \(failure.text)")
  }
}
