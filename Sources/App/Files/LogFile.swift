import Foundation
import Glibc
import Logging
import Synchronization

/// The program's log: a file in the state folder, since standard error is the screen.
package enum LogFile {
  /// Beyond this the file is begun anew, the last one kept beside it.
  private static let largest = 1 << 20

  /// Starts logging to `learnitup.log`; without a writable state folder nothing is logged.
  package static func start(in folders: XDGFolders) {
    let file = place(in: folders)
    try? FileStore.makeFolder(folders.state)
    if let size = FileStore.stamp(of: file)?.size, size > largest {
      let previous = file.appendingPathExtension("1")
      rename(file.path, previous.path)
    }
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    LoggingSystem.bootstrap { label in FileLogHandler(label: label, descriptor: descriptor) }
  }

  static func place(in folders: XDGFolders) -> URL { folders.state.appending(path: "\(Program.name).log") }
}

/// Standard error, while it is the screen: what libraries write there goes to the log, or it would stand in the picture.
package struct StandardErrorToLog {
  /// Where standard error led before; -1 when it was left alone.
  private let kept: Int32

  /// An author who has sent standard error elsewhere gets it there.
  package init(in folders: XDGFolders) {
    guard isatty(STDERR_FILENO) == 1 else {
      kept = -1
      return
    }
    kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard kept >= 0 else { return }
    var log = open(LogFile.place(in: folders).path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    if log < 0 { log = open("/dev/null", O_WRONLY | O_CLOEXEC) }
    guard log >= 0 else { return }
    dup2(log, STDERR_FILENO)
    close(log)
  }

  package func end() {
    guard kept >= 0 else { return }
    dup2(kept, STDERR_FILENO)
    close(kept)
  }
}

/// Writes one line a message. Lines of several threads do not mix: each is one `write` to a file opened to append.
private struct FileLogHandler: LogHandler {
  let label: String
  let descriptor: Int32
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    guard descriptor >= 0 else { return }
    let time = Date().formatted(.iso8601)
    let details = metadata.merging(event.metadata ?? [:]) { $1 }
      .sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let line = "\(time) \(event.level) \(label): \(event.message)\(details)".printable + "\n"
    _ = FileStore.writeAll(Data(line.utf8), to: descriptor)
  }
}
