/// The program's name and version, for `--version`, the log and saved files.
package enum Program {
  /// The command's name.
  package static let name = "learnitup"
  /// Semantic version.
  package static let version = "0.1.0"
}
