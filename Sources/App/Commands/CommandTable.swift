import ArgumentParser

/// Every subcommand, one a line in the order in which `--help` lists them.
package enum CommandTable {
  package static let all: [any ParsableCommand.Type] = [
    EditCommand.self,
    SuggestCommand.self,
    TempoCommand.self,
    SyncCommand.self,
    InfoCommand.self,
    CheckCommand.self,
    ConvertCommand.self,
    DiffCommand.self,
    FormatCommand.self,
    SimulateCommand.self,
    RenderCommand.self,
    EvaluateCommand.self,
  ]
}
