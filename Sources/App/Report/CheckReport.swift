import Chart
import Foundation

/// What `check` has found, as it writes it (`docs/json.md`).
package struct CheckReport: Encodable, Sendable {
  package struct Problem: Encodable, Sendable {
    var severity: String
    var code: String
    var message: String
    var remedy: String
    var line: Int?
    var chart: Int?
    var row: Int?
    var beat: Double?

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(severity, forKey: .severity)
      try container.encode(code, forKey: .code)
      try container.encode(message, forKey: .message)
      try container.encode(remedy, forKey: .remedy)
      try container.encode(line, forKey: .line)
      try container.encode(chart, forKey: .chart)
      try container.encode(row, forKey: .row)
      try container.encode(beat, forKey: .beat)
    }

    private enum CodingKeys: CodingKey { case severity, code, message, remedy, line, chart, row, beat }
  }

  package struct File: Encodable, Sendable {
    var path: String
    var problems: [Problem]
  }

  package var files: [File]
  package var errors: Int
  package var warnings: Int
  package var notes: Int

  package init(_ checked: [CheckedFile]) {
    files = checked.map { File(path: $0.path, problems: $0.diagnostics.map(Problem.init)) }
    let all = checked.lazy.flatMap(\.diagnostics)
    errors = all.count { $0.severity == .error }
    warnings = all.count { $0.severity == .warning }
    notes = all.count { $0.severity == .note }
  }

  /// `3 files: 1 error, 2 warnings`.
  package var summary: String {
    let found = [(errors, "error"), (warnings, "warning"), (notes, "note")].filter { $0.0 > 0 }
    let problems = found.isEmpty ? "no problems" : found.map { counted($0.0, $0.1) }.joined(separator: ", ")
    return "\(counted(files.count, "file")): \(problems)"
  }

  /// A line a problem, as compilers write them: `song.ssc:12: warning: what is wrong; what to do [code]`.
  package var lines: [String] {
    files.flatMap { file in
      file.problems.map { problem in
        let place = problem.line.map { "\(file.path):\($0)" } ?? file.path
        let chart = problem.chart.map { "chart \($0): " } ?? ""
        let remedy = problem.remedy.isEmpty ? "" : "; \(problem.remedy)"
        return "\(place): \(problem.severity): \(chart)\(problem.message)\(remedy) [\(problem.code)]"
          .printable
      }
    }
  }
}

extension CheckReport.Problem {
  init(_ diagnostic: Diagnostic) {
    self.init(
      severity: diagnostic.severity.name, code: diagnostic.code, message: diagnostic.message,
      remedy: diagnostic.remedy, line: diagnostic.line, chart: diagnostic.chart, row: diagnostic.row?.index,
      beat: diagnostic.row?.beat.value)
  }
}

extension Diagnostic.Severity {
  /// The severity's name in JSON and on the command line.
  package var name: String {
    switch self {
    case .note: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }
}
