import ArgumentParser
import Chart

/// `learnitup check FILE…`: everything that is wrong with chart files.
package struct CheckCommand: ParsableCommand {
  package enum Severity: String, ExpressibleByArgument, CaseIterable, Sendable { case note, warning, error }

  package static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tell what is wrong with charts, each problem with its place and its remedy.",
    discussion: """
      Folders are looked through for all their charts; patterns in quotes are understood. The exit code is 1 when \
      there is a problem. docs/commands.md lists the codes.
      """)

  @Argument(help: "Charts (.ssc, .sm, .ucs, .dwi, .ksf), folders or patterns.", completion: .file())
  var files: [String]
  @Option(help: "What counts as a problem and is told: what is this severe or more.")
  var severity = Severity.warning
  @Flag(help: "Judge the charts alone: do not look for the music and the pictures that they name.")
  var chartsOnly = false
  @Flag(help: "Print JSON.")
  var json = false

  package init() {}

  package func run() throws {
    let inputs = InputFiles(files)
    let sounds = chartsOnly ? nil : SoundLengths()
    let least = severity.least
    let checked = Parallel.map(inputs.files) { CheckedFile($0, least: least, sounds: sounds) }
    let failures = inputs.problems + checked.compactMap(\.failure).filter { $0.status == .cannotRun }
    if json {
      try JSONOutput.print(CheckReport(checked))
    } else {
      let report = CheckReport(checked.filter { $0.failure?.status != .cannotRun })
      if !report.files.isEmpty { Console.print((report.lines + [report.summary]).joined(separator: "\n")) }
    }
    for failure in failures { Console.fail(failure) }
    if !failures.isEmpty { throw ExitCode(2) }
    if checked.contains(where: { !$0.diagnostics.isEmpty }) { throw ExitCode(1) }
  }
}

extension CheckCommand.Severity {
  fileprivate var least: Diagnostic.Severity {
    switch self {
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}
