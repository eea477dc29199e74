import Glibc

/// The two streams of a command: results on standard output, messages on standard error.
package enum Console {
  /// Writes a line of result. The text must be made of safe parts (see `printable`).
  package static func print(_ line: String) {
    write(line + "\n", to: STDOUT_FILENO)
  }

  /// Writes a line for the person at the keyboard.
  package static func note(_ line: String) {
    write("\(Program.name): \(line)\n", to: STDERR_FILENO)
  }

  package static func fail(_ error: CommandError) {
    note(error.text)
  }

  /// Writes all bytes, going on after interruptions; a reader that went away ends the writing.
  package static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count > 0 {
          done += count
        } else if errno != EINTR {
          return
        }
      }
    }
  }
}
