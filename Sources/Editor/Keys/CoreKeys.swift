/// The keys that all presets share.
enum CoreKeys {
  static let edit: [KeyBinding] =
    [
      ("down", "down"), ("up", "up"), ("pagedown", "measure-down"), ("pageup", "measure-up"),
      ("home", "go-start"), ("end", "go-end"), ("left", "snap-coarser"), ("right", "snap-finer"),
    ].map { KeyBinding(.edit, $0.0, $0.1) }
}
