/// Whose keys the editor speaks: those of the program that an author comes from.
package enum KeyPreset: String, Hashable, Sendable, CaseIterable {
  case vortex, stepmania, groove, smeditor, stepedit

  package var bindings: [KeyBinding] { CoreKeys.edit }
}

/// What a prefix key stands for, for the hints that appear after it.
enum PrefixName {
  static func name(of key: KeyEvent) -> String { names[key.description] ?? key.description }

  private static let names = ["j": "jump", "e": "stretch", "c": "count"]
}
