/// Something a reader or a check has to say about a file: where, what, and what to do about it.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: Int, Hashable, Sendable, Comparable {
    case note
    case warning
    case error

    package static func < (lhs: Severity, rhs: Severity) -> Bool { lhs.rawValue < rhs.rawValue }
  }

  package var severity: Severity
  /// A short stable name, such as `unclosed-hold`, by which scripts tell diagnostics apart.
  package var code: String
  package var message: String
  /// What the author can do; empty when the message says it all.
  package var remedy: String
  /// Line in the file, from 1; nil when it concerns the file as a whole.
  package var line: Int?
  /// Position in `Simfile.charts`; nil when it concerns the song.
  package var chart: Int?
  /// The row of the chart that it is about, where it is about one.
  package var row: Row?
  /// The tag that it is about, where it is about one.
  package var tag: String?

  package init(
    _ severity: Severity, _ code: String, _ message: String, remedy: String = "", line: Int? = nil,
    chart: Int? = nil, row: Row? = nil, tag: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.remedy = remedy
    self.line = line
    self.chart = chart
    self.row = row
    self.tag = tag
  }
}

/// Something that the written format cannot say, and what was written instead.
package struct Loss: Hashable, Sendable {
  /// The measure it concerns, from 0; nil when it concerns the whole chart.
  package var measure: Int?
  package var chart: Int?
  /// What is lost ("3 mines").
  package var what: String
  /// What was done instead ("left out").
  package var instead: String
  /// Whether charts, notes or timing are not in the file at all: the song does not count as saved by it.
  package var isMissing: Bool

  /// In one line, for the author.
  package var message: String {
    (measure.map { "measure \($0): " } ?? "") + "\(what): \(instead)"
  }

  package init(
    measure: Int? = nil, chart: Int? = nil, what: String, instead: String, isMissing: Bool = false
  ) {
    self.measure = measure
    self.chart = chart
    self.what = what
    self.instead = instead
    self.isMissing = isMissing
  }
}

/// A file that cannot be read as what it should be.
package struct UnreadableFile: Error, Hashable, Sendable {
  package var diagnostic: Diagnostic

  package init(_ code: String, _ message: String, remedy: String = "", line: Int? = nil) {
    diagnostic = Diagnostic(.error, code, message, remedy: remedy, line: line)
  }
}
