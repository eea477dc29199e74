/// What is wrong with an old file, which nobody mends line by line: of each kind the first, and how many there are.
struct FirstOfKind {
  private var firsts: [Diagnostic] = []
  private var counts: [String: Int] = [:]

  /// - Parameter line: only counted for the first.
  mutating func add(
    _ severity: Diagnostic.Severity, _ code: String, _ message: String, remedy: String = "",
    line: @autoclosure () -> Int
  ) {
    counts[code, default: 0] += 1
    guard counts[code] == 1 else { return }
    firsts.append(Diagnostic(severity, code, message, remedy: remedy, line: line()))
  }

  var diagnostics: [Diagnostic] {
    firsts.map { first in
      guard let count = counts[first.code], count > 1 else { return first }
      var told = first
      told.message += " (the first of \(count))"
      return told
    }
  }
}

extension Seconds {
  /// The time that a text gives in parts of a second, as `250` in thousandths; nil when that is no time of a song.
  init?(text: String, partsPerSecond: Double) {
    guard let number = Double(text) else { return nil }
    self.init(plausible: number / partsPerSecond)
  }
}

extension [UInt8] {
  /// The line, from 1, in which a byte of a file stands.
  func line(at offset: Int) -> Int { 1 + self[..<offset].count { $0 == UInt8(ascii: "\n") } }
}
