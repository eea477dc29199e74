import ArgumentParser
import Chart
import Foundation
import Testing

@testable import App

/// `docs/commands.md` is what the tables say; `LEARNITUP_RECORD=1` writes it anew.
@Suite struct ManualTests {
  private static let docs = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs", directoryHint: .isDirectory)

  @Test func theManualIsWhatTheTablesSay() throws {
    let file = Self.docs.appending(path: "commands.md")
    if ProcessInfo.processInfo.environment["LEARNITUP_RECORD"] != nil {
      try Manual.text.write(to: file, atomically: true, encoding: .utf8)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    #expect(kept == Manual.text, "docs/commands.md is out of date; write it anew with LEARNITUP_RECORD=1")
  }

  @Test func everyCommandAndOptionIsInTheManual() throws {
    let text = try String(contentsOf: Self.docs.appending(path: "commands.md"), encoding: .utf8)
    for command in CommandTable.all {
      let name = try #require(command.configuration.commandName)
      let section = try #require(text.components(separatedBy: "\n## ").first { $0.hasPrefix("\(name)\n") })
      for option in Manual.options(of: command) {
        #expect(section.contains(option), "\(name) \(option)")
      }
    }
  }

  @Test func everyJSONIsDescribed() throws {
    let text = try String(contentsOf: Self.docs.appending(path: "json.md"), encoding: .utf8)
    for command in CommandTable.all where Manual.options(of: command).contains("--json") {
      let name = try #require(command.configuration.commandName)
      #expect(text.contains("\n## `learnitup \(name) "), "docs/json.md says nothing of \(name)")
    }
  }
}

/// The manual of the command line, made from the tables.
private enum Manual {
  static var text: String {
    ([heading] + CommandTable.all.map(section) + [codes]).joined(separator: "\n")
  }

  /// The long options of a command, as its help lists them.
  static func options(of command: any ParsableCommand.Type) -> [String] {
    let words = LearnItUp.helpMessage(for: command, columns: 500).split(whereSeparator: \.isWhitespace)
    let names = words.map { $0.drop { $0 == "[" }.prefix { $0 == "-" || $0.isLetter } }
    return Set(names.filter { $0.hasPrefix("--") && $0.count > 3 }.map(String.init)).sorted()
  }

  private static let heading = """
    # Commands

    `learnitup SONG` opens the editor; the other commands do parts of the work without a screen, for scripts. Results go
    to standard output, messages to standard error. Exit codes: 0 done, 1 the input has problems, 2 could not run.
    `docs/json.md` describes what `--json` writes.

    `learnitup --generate-completion-script bash` (or `zsh`, `fish`) prints a completion script for the shell; source it,
    or keep it where the shell looks for completions.

    This page is made from the program's tables (`Tests/AppTests/ManualTests.swift`).

    """

  private static func section(_ command: any ParsableCommand.Type) -> String {
    let help = LearnItUp.helpMessage(for: command, columns: 100)
    return """
      ## \(command.configuration.commandName ?? "")

      ```text
      \(help.trimmingCharacters(in: .newlines))
      ```

      """
  }

  private static var codes: String {
    let rows = (CheckedFile.manual + Lint.manual).map { "| `\($0.code)` | \($0.summary) |" }
    return """
      ## Codes of check

      What a reader cannot make sense of has codes of its own, told in the same way. These are the rules beyond that:

      | code | |
      |---|---|
      \(rows.joined(separator: "\n"))

      """
  }
}
