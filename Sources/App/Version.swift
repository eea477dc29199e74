/// The program's name and version, for `--version`, the log and saved files.
public enum Program {
  /// The command's name.
  public static let name = "learnitup"
  /// Semantic version.
  public static let version = "0.1.0"
}
