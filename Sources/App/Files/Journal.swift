import Editor
import Foundation
import Glibc

/// Every committed edit since the last save, on disk before the next key is read: what a killed session leaves
/// behind for the next one.
///
/// A file of lines in the state folder: what it belongs to, then one edit a line as JSON. The lock that the living
/// session holds tells its journal from one that was left.
package final class Journal {
  /// What a journal's edits apply to.
  struct Heading: Hashable, Codable {
    var song: String
    /// Of the chart file's bytes when the edits began; that of no bytes for a song without a file.
    var digest: String
  }

  /// Edits that were never saved.
  package struct Remains {
    package var entries: [JournalEntry]
    fileprivate var file: URL
  }

  private let file: URL
  /// The chart file whose edits these are.
  package let song: URL
  private let descriptor: Int32

  deinit { close(descriptor) }

  /// Opens a journal of its own for the song; another session on the same song has another.
  ///
  /// - Parameter base: the bytes of the chart file that the edits will be applied to.
  package init(for song: URL, base: Data, in folder: URL) throws(SystemFailure) {
    try FileStore.makeFolder(folder)
    self.song = song
    for number in 0..<Journal.largestNumber {
      let file = Journal.file(for: song.path, number: number, in: folder)
      if let descriptor = Journal.lock(file), Journal.isEmpty(descriptor) {
        self.file = file
        self.descriptor = descriptor
        try begin(base: base)
        return
      }
    }
    throw SystemFailure(code: EMFILE)
  }

  /// Appends an edit. When this returns, the edit outlives the process.
  package func append(_ entry: JournalEntry) throws(SystemFailure) {
    guard var line = try? JSONEncoder().encode(entry) else { throw SystemFailure(code: EINVAL) }
    line.append(0x0A)
    guard FileStore.writeAll(line, to: descriptor) else { throw SystemFailure() }
  }

  /// Forgets the edits: the file on disk now has these bytes.
  package func begin(base: Data) throws(SystemFailure) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw SystemFailure() }
    let heading = Heading(song: song.path, digest: Journal.digest(base))
    guard var line = try? JSONEncoder().encode(heading) else { throw SystemFailure(code: EINVAL) }
    line.append(0x0A)
    guard FileStore.writeAll(line, to: descriptor) else { throw SystemFailure() }
  }

  /// Ends the journal of a session that leaves nothing unsaved.
  package func remove() {
    unlink(file.path)
  }
}

// MARK: - What is left of others

extension Journal {
  private static let largestNumber = 10

  /// The edits that an ended session left unsaved for this song, when they fit the file as it is now. Journals that
  /// hold no edit are removed on the way; those that do not fit are kept.
  package static func remains(for song: URL, base: Data, in folder: URL) -> Remains? {
    for number in 0..<largestNumber {
      let file = file(for: song.path, number: number, in: folder)
      guard FileStore.stamp(of: file) != nil, let descriptor = lock(file) else { continue }
      defer { close(descriptor) }
      guard let bytes = try? Data(contentsOf: file) else { continue }
      let lines = bytes.split(separator: 0x0A)
      if lines.count < 2 {
        unlink(file.path)
        continue
      }
      let heading = Heading(song: song.path, digest: digest(base))
      guard (try? JSONDecoder().decode(Heading.self, from: lines[0])) == heading else { continue }
      let entries = entries(in: lines.dropFirst())
      if !entries.isEmpty { return Remains(entries: entries, file: file) }
    }
    return nil
  }

  /// Throws the edits away: they were taken over, or the author does not want them.
  package static func discard(_ remains: Remains) {
    unlink(remains.file.path)
  }

  /// The edits, numbered from 1, up to the first line that cannot be read or does not follow: a session killed while
  /// it wrote leaves half a line.
  private static func entries(in lines: ArraySlice<Data>) -> [JournalEntry] {
    let decoder = JSONDecoder()
    var result: [JournalEntry] = []
    var first: Int?
    for line in lines {
      guard var entry = try? decoder.decode(JournalEntry.self, from: line) else { break }
      // Saving empties a journal, and the session counts on.
      first = first ?? entry.sequence
      guard entry.sequence == (first ?? 0) + result.count else { break }
      entry.sequence = result.count + 1
      result.append(entry)
    }
    return result
  }

  private static func file(for song: String, number: Int, in folder: URL) -> URL {
    folder.appending(path: "\(digest(Data(song.utf8)))-\(number).journal")
  }

  /// The open file, or nil when another session holds it.
  private static func lock(_ file: URL) -> Int32? {
    let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private static func isEmpty(_ descriptor: Int32) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size == 0 else {
      close(descriptor)
      return false
    }
    return true
  }

  /// FNV-1a, 64 bits (Fowler, Noll, Vo): tells versions of a file apart; nobody gains by a collision.
  private static func digest(_ bytes: Data) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes {
      hash ^= UInt64(byte)
      hash &*= 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}
