import Glibc
import Synchronization

/// The two streams of a command: results on standard output, messages on standard error.
package enum Console {
  /// Why results did not arrive, the first time that some did not.
  private static let failure = Mutex<SystemFailure?>(nil)

  /// Writes a line of result. The text must be made of safe parts (see `printable`).
  package static func print(_ line: String) {
    writeResult(line + "\n")
  }

  /// Writes results as they stand. What could not be written is known to `checkResults`.
  package static func writeResult(_ text: String) {
    if let failed = write(text, to: STDOUT_FILENO) { failure.withLock { $0 = $0 ?? failed } }
  }

  /// - Throws: `CommandError` when results were lost: a full disk. A reader that went away wants no more.
  package static func checkResults() throws(CommandError) {
    guard let failed = failure.withLock({ $0 }), failed.code != EPIPE else { return }
    throw CommandError(.cannotRun, "the results could not be written, \(failed.text)")
  }

  /// Writes a line for the person at the keyboard.
  package static func note(_ line: String) {
    write("\(Program.name): \(line)\n", to: STDERR_FILENO)
  }

  package static func fail(_ error: CommandError) {
    note(error.text)
  }

  /// Writes all bytes, going on after interruptions. Returns why it could not.
  @discardableResult
  package static func write(_ text: String, to descriptor: Int32) -> SystemFailure? {
    var text = text
    return text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count > 0 {
          done += count
        } else if errno != EINTR {
          return SystemFailure()
        }
      }
      return nil
    }
  }
}
