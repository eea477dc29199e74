import ArgumentParser

/// The root command; without a subcommand it opens the editor.
package struct LearnItUp: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: Program.name,
    abstract: "Write charts for Pump It Up and dance games in the terminal, with a model at your side.",
    usage: """
      \(Program.name) [<song>]
      \(Program.name) <subcommand> [<options>]
      """,
    discussion: """
      Open a song (ogg, mp3, flac, wav), a folder, or a chart (.ssc, .sm, .ucs) to edit it. The other commands \
      do parts of the work without a screen, for scripts.

      Exit codes: 0 done, 1 the input has problems, 2 could not run.
      """,
    version: "\(Program.name) \(Program.version)",
    subcommands: CommandTable.all,
    defaultSubcommand: EditCommand.self)

  package init() {}
}
