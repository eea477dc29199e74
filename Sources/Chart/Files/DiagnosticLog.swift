/// Gathers diagnostics by byte offset while a file is read; lines are counted once, at the end.
struct DiagnosticLog {
  /// A hostile file must not turn into a list as large as itself.
  static let limit = 1000

  private var found: [(offset: Int, diagnostic: Diagnostic)] = []
  private(set) var dropped = 0

  mutating func add(
    _ severity: Diagnostic.Severity, _ code: String, at offset: Int, _ message: @autoclosure () -> String,
    remedy: @autoclosure () -> String
  ) {
    guard found.count < DiagnosticLog.limit else {
      dropped += 1
      return
    }
    found.append((offset, Diagnostic(severity, code, message(), remedy: remedy())))
  }

  /// The diagnostics in file order with their lines.
  func resolved(in bytes: [UInt8]) -> [Diagnostic] {
    var line = 1
    var position = 0
    var result: [Diagnostic] = []
    for (offset, diagnostic) in found.sorted(by: { $0.offset < $1.offset }) {
      while position < min(offset, bytes.count) {
        if bytes[position] == MSDText.newline { line += 1 }
        position += 1
      }
      var placed = diagnostic
      placed.line = line
      result.append(placed)
    }
    if dropped > 0 {
      result.append(
        Diagnostic(
          .note, "more-problems", "\(dropped) more problems are not listed", remedy: "mend these first"))
    }
    return result
  }
}
