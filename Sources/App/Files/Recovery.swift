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
  package init(of file: SongFile, in folders: XDGFolders, into state: inout EditorState) {
    folder = folders.state.appending(path: "journals", directoryHint: .isDirectory)
    let remains = Journal.remains(for: file.url, base: file.bytes, in: folder)
    do throws(SystemFailure) {
      journal = try Journal(for: file.url, base: file.bytes, in: folder)
    } catch {
      warnings.append("unsaved edits are not safe from a crash, \(folder.path): \(error.text)")
    }
    guard let remains else { return }
    let count = state.recover(remains.entries)
    guard count > 0, keep(remains.entries.prefix(count)) else { return }
    Journal.discard(remains)
    let edits = count == 1 ? "1 unsaved edit" : "\(count) unsaved edits"
    warnings.append("\(edits) of a session that ended unexpectedly done again; save to keep, undo to drop")
  }

  /// Whether the edits are in this session's journal now, so that the old one is not needed any more.
  private func keep(_ entries: some Sequence<JournalEntry>) -> Bool {
    guard let journal else { return false }
    do throws(SystemFailure) {
      for entry in entries { try journal.append(entry) }
      return true
    } catch {
      return false
    }
  }
}
