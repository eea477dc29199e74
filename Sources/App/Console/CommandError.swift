/// Why a command did not do what it was asked: one line for a person, and the exit status for a script.
package struct CommandError: Error, Hashable, Sendable {
  /// What a script learns from the exit code.
  package enum Status: Int32, Sendable {
    /// The command ran, and the input has problems.
    case problems = 1
    /// The command could not run: bad usage, a missing file, no terminal.
    case cannotRun = 2
  }

  package var status: Status
  /// The file concerned, as the author wrote it.
  package var file: String?
  /// The line in that file, from 1.
  package var line: Int?
  package var message: String
  /// What the author can do about it; empty when the message says it all.
  package var remedy: String

  package init(
    _ status: Status, file: String? = nil, line: Int? = nil, _ message: String, remedy: String = ""
  ) {
    self.status = status
    self.file = file
    self.line = line
    self.message = message
    self.remedy = remedy
  }

  /// `song.ssc:12: what is wrong: what to do`, on one line and safe for a terminal.
  package var text: String {
    var parts: [String] = []
    if let file { parts.append(line.map { "\(file):\($0)" } ?? file) }
    parts.append(message)
    if !remedy.isEmpty { parts.append(remedy) }
    return parts.map { $0.printable }.joined(separator: ": ")
  }
}
