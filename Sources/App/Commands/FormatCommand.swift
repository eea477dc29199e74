import ArgumentParser
import Foundation

/// `learnitup fmt FILE…`: chart files in one layout, so that versions of them compare line by line.
package struct FormatCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Lay chart files out in one way, so that their changes show as lines.",
    discussion: """
      What a file says stays, and so do its comments and the order of its tags. The previous version is kept as \
      NAME.old. Exit codes: 0 done, 1 with --check: some file is laid out otherwise, 2 could not run.
      """)

  @Argument(
    help: "Charts (.ssc, .sm, .ucs), folders or patterns.",
    completion: .file(extensions: ["ssc", "sm", "ucs"]))
  var files: [String]
  @Flag(help: "Write nothing; list the files that would change.")
  var check = false
  @Flag(help: "Print JSON.")
  var json = false

  package init() {}

  package func run() throws {
    let inputs = InputFiles(files)
    let isCheck = check
    let formatted = Parallel.map(inputs.files) { FormattedFile($0, writes: !isCheck) }
    let known = formatted.filter(\.hasLayout)
    if json {
      try JSONOutput.print(FormatReport(known))
    } else {
      for file in known where file.isChanged { Console.print(file.path.printable) }
    }
    var failures = inputs.problems + formatted.compactMap(\.failure)
    if known.isEmpty, failures.isEmpty {
      failures = [
        CommandError(.cannotRun, "no .ssc, .sm or .ucs file among these", remedy: "convert them first")
      ]
    }
    for failure in failures { Console.fail(failure) }
    if let worst = failures.map(\.status.rawValue).max() { throw ExitCode(worst) }
    if check, known.contains(where: \.isChanged) { throw ExitCode(1) }
  }
}

/// One file and what became of it.
struct FormattedFile: Sendable {
  var path: String
  /// Whether its format has a canonical layout; a folder may hold files of others.
  var hasLayout = true
  /// Whether the canonical layout is another one.
  var isChanged = false
  var failure: CommandError?

  init(_ file: URL, writes: Bool) {
    path = file.path
    do throws(CommandError) {
      let read = try SongFile(reading: file)
      guard let bytes = read.canonicalBytes else {
        hasLayout = false
        return
      }
      isChanged = Data(bytes) != read.bytes
      if isChanged, writes { try OutputFile.write(bytes, to: file) }
    } catch {
      failure = error
    }
  }
}

/// What `fmt` has done, as it writes it (`docs/json.md`).
struct FormatReport: Encodable {
  struct File: Encodable {
    var path: String
    var changed: Bool
  }

  var files: [File]

  init(_ formatted: [FormattedFile]) {
    files = formatted.filter { $0.failure == nil }.map { File(path: $0.path, changed: $0.isChanged) }
  }
}
