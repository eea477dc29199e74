import Dispatch
import Editor
import Foundation
import Glibc
import Synchronization

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
    /// How many edits the journal holds; more than `entries` where one in between cannot be read.
    package var count: Int
    /// Whether the chart file is still the one that the edits were made on.
    package var fits: Bool
    package var file: URL
  }

  private let file: URL
  /// The chart file whose edits these are.
  package let song: URL
  private let descriptor: OpenFile

  /// Opens a journal of its own for the song; another session on the same song has another.
  ///
  /// - Parameter base: the bytes of the chart file that the edits will be applied to.
  package init(for song: URL, base: Data, in folder: URL) throws(SystemFailure) {
    try FileStore.makeFolder(folder)
    self.song = song
    for number in 0..<Journal.largestNumber {
      let file = Journal.file(for: song, number: number, in: folder)
      if let descriptor = Journal.lock(file), Journal.isEmpty(descriptor) {
        self.file = file
        self.descriptor = OpenFile(descriptor)
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
    guard FileStore.writeAll(line, to: descriptor.number) else { throw SystemFailure() }
    descriptor.synchroniseSoon()
  }

  /// Forgets the edits: the file on disk now has these bytes.
  ///
  /// - Parameter rest: what of the song is not in the file, under the number of the session's last edit, from which it
  ///   counts on.
  package func begin(base: Data, holding rest: JournalEntry? = nil) throws(SystemFailure) {
    guard ftruncate(descriptor.number, 0) == 0, lseek(descriptor.number, 0, SEEK_SET) == 0 else {
      throw SystemFailure()
    }
    let heading = Heading(song: Journal.place(of: song), digest: Journal.digest(base))
    guard var line = try? JSONEncoder().encode(heading) else { throw SystemFailure(code: EINVAL) }
    line.append(0x0A)
    guard FileStore.writeAll(line, to: descriptor.number) else { throw SystemFailure() }
    if let rest { try append(rest) }
  }

  /// Ends the journal of a session that leaves nothing unsaved.
  package func remove() {
    unlink(file.path)
  }
}

// MARK: - What is left of others

extension Journal {
  /// More journals than anybody leaves behind for one song.
  private static let largestNumber = 1000

  /// What ended sessions left unsaved for this song, the newest journal first. Journals that hold no edit are removed
  /// on the way.
  package static func remains(for song: URL, base: Data, in folder: URL) -> [Remains] {
    let heading = Heading(song: place(of: song), digest: digest(base))
    let there = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let names = Set(there)
    return (0..<largestNumber).map { file(for: song, number: $0, in: folder) }
      .filter { names.contains($0.lastPathComponent) }
      .compactMap { remains(in: $0, heading: heading) }
      .sorted { FileStore.stamp(of: $0.file)?.modified ?? 0 > FileStore.stamp(of: $1.file)?.modified ?? 0 }
  }

  /// What one journal holds; nil for one that a living session holds, and for one without an edit.
  private static func remains(in file: URL, heading: Heading) -> Remains? {
    guard let descriptor = lock(file) else { return nil }
    defer { close(descriptor) }
    guard let bytes = try? Data(contentsOf: file) else { return nil }
    // What stands behind the last line end is an edit that was never confirmed.
    let lines = bytes.prefix(through: bytes.lastIndex(of: 0x0A) ?? bytes.startIndex).split(separator: 0x0A)
    guard lines.count > 1 else {
      unlink(file.path)
      return nil
    }
    let fits = (try? JSONDecoder().decode(Heading.self, from: lines[0])) == heading
    let entries = entries(in: lines.dropFirst())
    let isWhole = isWhole(lines.dropFirst())
    if isWhole, entries.isEmpty {
      unlink(file.path)
      return nil
    }
    let count = isWhole ? entries.count : max(lines.count - 1, entries.count + 1)
    return Remains(entries: entries, count: count, fits: fits, file: file)
  }

  /// Whether every line is an edit, and none between two is missing.
  private static func isWhole(_ lines: ArraySlice<Data>) -> Bool {
    let decoder = JSONDecoder()
    let numbers = lines.map { try? decoder.decode(JournalEntry.self, from: $0).sequence }
    return zip(numbers, numbers.dropFirst()).allSatisfy { before, after in
      before.flatMap { before in after.map { (before...before + 1).contains($0) } } ?? false
    } && !numbers.contains(nil)
  }

  /// Throws the edits away: they were taken over, or the author does not want them.
  package static func discard(_ remains: Remains) {
    unlink(remains.file.path)
  }

  /// The edits that count, up to the first line that cannot be read: a session killed while it wrote leaves half a
  /// line.
  private static func entries(in lines: ArraySlice<Data>) -> [JournalEntry] {
    let decoder = JSONDecoder()
    var written: [JournalEntry] = []
    for line in lines {
      guard let entry = try? decoder.decode(JournalEntry.self, from: line) else { break }
      written.append(entry)
    }
    return JournalEntry.standing(written)
  }

  private static func file(for song: URL, number: Int, in folder: URL) -> URL {
    folder.appending(path: "\(digest(Data(place(of: song).utf8)))-\(number).journal")
  }

  /// Where a song is, however it is named: by links, by way of other folders, with a slash too many.
  private static func place(of song: URL) -> String {
    let folder = song.deletingLastPathComponent().resolvingSymlinksInPath().standardizedFileURL
    return folder.appending(path: song.lastPathComponent).path
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

/// A file's descriptor, closed when nobody holds it any more.
private final class OpenFile: Sendable {
  let number: Int32
  private let isWaiting = Atomic(false)

  /// How long edits are gathered for one writing to the disk: typing must not wait for it, nor keep it awake.
  private static let pause = DispatchTimeInterval.milliseconds(300)
  private static let queue = DispatchQueue(label: "\(Program.name).journal", qos: .utility)

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// Has what was written so far survive a power cut, soon and on another thread.
  func synchroniseSoon() {
    guard !isWaiting.exchange(true, ordering: .acquiringAndReleasing) else { return }
    OpenFile.queue.asyncAfter(deadline: .now() + OpenFile.pause) { [weak self] in
      guard let self else { return }
      isWaiting.store(false, ordering: .releasing)
      fdatasync(number)
    }
  }
}
