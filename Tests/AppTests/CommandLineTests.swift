import App
import ArgumentParser
import Testing

@Suite struct CommandLineTests {
  @Test func aBareFileNameMeansTheEditor() throws {
    #expect(try LearnItUp.parseAsRoot(["song.ogg"]) is EditCommand)
    #expect(try LearnItUp.parseAsRoot([]) is EditCommand)
  }

  @Test(arguments: [["--no-such-option"], ["one", "two"], ["edit", "--no-such-option"]])
  func wrongUsageCouldNotRun(arguments: [String]) {
    #expect(CommandLineProgram.run(arguments) == 2)
  }

  @Test func everyCommandSaysWhatItDoes() {
    for command in CommandTable.all {
      #expect(!command.configuration.abstract.isEmpty, "\(command)")
      #expect(command.configuration.commandName != nil, "\(command)")
    }
  }

  @Test func errorsNameFileLineAndRemedyOnOneSafeLine() {
    let error = CommandError(
      .problems, file: "a\u{1B}[2J.ssc", line: 12, "no value\nafter #BPMS", remedy: "write one")
    #expect(error.text == "a\\u{1b}[2J.ssc:12: no value\\u{a}after #BPMS: write one")
  }
}
