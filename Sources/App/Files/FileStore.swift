import Chart
import Foundation
import Glibc

/// Reads files whole and replaces them in one step: a reader sees the old bytes or the new ones, never a mixture,
/// and a failure (full disk, power cut) leaves the old ones.
package enum FileStore {
  /// What tells one version of a file from another without reading it.
  package struct Stamp: Hashable, Sendable {
    package var inode: UInt64
    package var size: Int
    package var modified: Int64
  }

  /// Beyond this a file is no chart; reading it whole would only exhaust the memory.
  package static let largestFile = SimfileDocument.sizeLimit

  /// The bytes of a regular file of at most `largestFile` bytes.
  package static func read(_ file: URL) throws(CommandError) -> Data {
    let name = file.path
    var status = stat()
    guard stat(name, &status) == 0 else {
      throw CommandError(.cannotRun, file: name, SystemFailure().text)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw CommandError(.cannotRun, file: name, "not a regular file")
    }
    guard status.st_size <= largestFile else {
      throw CommandError(
        .problems, file: name, "larger than \(largestFile >> 20) MB",
        remedy: "no chart is; give another file")
    }
    guard access(name, R_OK) == 0 else {
      throw CommandError(
        .cannotRun, file: name, "cannot be read, \(SystemFailure().text)",
        remedy: "give yourself the right to read it")
    }
    do {
      return try Data(contentsOf: file)
    } catch {
      throw CommandError(.cannotRun, file: name, "cannot be read", remedy: "check the disk")
    }
  }

  /// The file's present stamp; nil when there is none.
  package static func stamp(of file: URL) -> Stamp? {
    var status = stat()
    guard stat(file.path, &status) == 0 else { return nil }
    return Stamp(
      inode: UInt64(status.st_ino), size: Int(status.st_size),
      modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
  }

  /// Puts `bytes` in place of the file's contents, keeping its permissions; a symbolic link stays one. A new file has
  /// what the process's mask leaves.
  package static func replace(_ file: URL, with bytes: Data) throws(SystemFailure) {
    let target = file.resolvingSymlinksInPath()
    try put(bytes, at: target, permissions: try permissions(of: target))
  }

  /// Puts a file where the name stands, whatever stood there under it.
  private static func put(_ bytes: Data, at target: URL, permissions: mode_t?) throws(SystemFailure) {
    let folder = target.deletingLastPathComponent()
    let temporary = folder.appending(path: ".\(target.lastPathComponent).\(getpid()).tmp")
    try write(bytes, toNew: temporary, permissions: permissions)
    guard rename(temporary.path, target.path) == 0 else {
      let failure = SystemFailure()
      unlink(temporary.path)
      throw failure
    }
    synchronise(folder)
  }

  /// The permissions of what is there; nil when nothing is. A device or a folder is not to be replaced by a file.
  private static func permissions(of file: URL) throws(SystemFailure) -> mode_t? {
    var status = stat()
    guard stat(file.path, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw SystemFailure(code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : ENOTSUP)
    }
    return status.st_mode & 0o7777
  }

  /// Copies the file's present contents and permissions to `NAME.old` beside it. Nothing happens when there is no file.
  ///
  /// A link of that name is replaced and not followed: whoever made the folder may have laid it to any file.
  package static func backUp(_ file: URL) throws(SystemFailure) {
    guard let permissions = try permissions(of: file) else { return }
    guard let bytes = try? Data(contentsOf: file) else { throw SystemFailure(code: EIO) }
    try put(bytes, at: backup(of: file), permissions: permissions)
  }

  /// StepMania's own name for the previous version of a chart.
  package static func backup(of file: URL) -> URL {
    file.deletingLastPathComponent().appending(path: file.lastPathComponent + ".old")
  }

  package static func makeFolder(_ folder: URL) throws(SystemFailure) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw SystemFailure(code: errno == 0 ? EACCES : errno)
    }
  }

  private static func write(_ bytes: Data, toNew file: URL, permissions: mode_t?) throws(SystemFailure) {
    unlink(file.path)
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions ?? 0o666)
    guard descriptor >= 0 else { throw SystemFailure() }
    var failure: SystemFailure?
    if !writeAll(bytes, to: descriptor) || fsync(descriptor) != 0 { failure = SystemFailure() }
    if close(descriptor) != 0, failure == nil { failure = SystemFailure() }
    if let failure {
      unlink(file.path)
      throw failure
    }
    // The mask of the process must not narrow what the file had before.
    if let permissions { chmod(file.path, permissions) }
  }

  /// Whether all bytes were taken; `errno` says why not.
  package static func writeAll(_ bytes: Data, to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
        if count > 0 {
          done += count
        } else if count == 0 || errno != EINTR {
          return false
        }
      }
      return true
    }
  }

  /// Makes a rename in the folder survive a power cut. Some file systems refuse; then there is nothing to do.
  private static func synchronise(_ folder: URL) {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
