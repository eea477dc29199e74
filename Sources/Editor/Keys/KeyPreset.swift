/// Whose keys the editor speaks: those of the program that an author comes from.
package enum KeyPreset: String, Hashable, Sendable, CaseIterable {
  case vortex, stepmania, groove, smeditor, stepedit, vim

  /// All bindings of the preset. Where two tables name a key, or one names a key that begins a sequence of the
  /// other, the preset's own table counts before the lanes, and both before the core.
  package var bindings: [KeyBinding] {
    let core = CoreKeys.everywhere + PresetKeys.asking
    return KeyPreset.merged([own, lanes, core, edit], in: .edit)
      + KeyPreset.merged([reviewLanes, CoreKeys.review, CoreKeys.everywhere], in: .review)
      + KeyPreset.merged([CoreKeys.sync, CoreKeys.everywhere], in: .sync)
  }

  /// The tables in order of precedence, for a test that each names a key once.
  package var tables: [[(String, String)]] { [own, lanes, CoreKeys.everywhere + PresetKeys.asking, edit] }

  private var own: [(String, String)] {
    switch self {
    case .vortex: PresetKeys.vortex
    case .stepmania: PresetKeys.stepmania
    case .groove: PresetKeys.groove
    case .smeditor: PresetKeys.smeditor
    case .stepedit: PresetKeys.stepedit
    case .vim: PresetKeys.vim
    }
  }

  private var lanes: [(String, String)] {
    switch self {
    case .stepedit: PresetKeys.padLanes
    case .vim: PresetKeys.vimLanes
    default: CoreKeys.digitLanes
    }
  }

  /// The pad-shaped lane keys type over a proposal too, beside the digits; the second pad has only those.
  private var reviewLanes: [(String, String)] {
    switch self {
    case .stepedit, .vim: PresetKeys.reviewLanes
    default: []
    }
  }

  /// The core's keys of edit mode, with other prefixes where the preset has its own use for the core's.
  private var edit: [(String, String)] {
    let moved: [Character: String] =
      switch self {
      case .vortex: ["C": "O"]
      case .stepedit: ["e": "E", "g": "G", "v": "V"]
      case .vim: ["e": "E", "v": "V", "k": "K"]
      case .stepmania, .groove, .smeditor: [:]
      }
    return CoreKeys.edit.map { keys, line in
      guard let first = keys.first, keys.dropFirst().first == " ", let prefix = moved[first] else {
        return (keys, line)
      }
      return (prefix + keys.dropFirst(), line)
    }
  }

  private static func merged(_ tables: [[(String, String)]], in mode: Mode) -> [KeyBinding] {
    var taken: Set<String> = []
    var prefixes: Set<String> = []
    var result: [KeyBinding] = []
    for table in tables {
      let free = table.filter { keys, _ in
        let first = String(keys.split(separator: " ")[0])
        return !taken.contains(keys) && (keys == first ? !prefixes.contains(keys) : !taken.contains(first))
      }
      taken.formUnion(free.map(\.0))
      prefixes.formUnion(free.filter { $0.0.contains(" ") }.map { String($0.0.split(separator: " ")[0]) })
      result += free.map { KeyBinding(mode, $0.0, $0.1) }
    }
    // What a shifted digit types counts before whatever else stands on that character.
    return result.filter { !$0.keys.hasPrefix("shift+") } + result.filter { $0.keys.hasPrefix("shift+") }
  }
}

/// What a prefix key stands for, for the hints that appear after it.
enum PrefixName {
  static func name(of key: KeyEvent) -> String { names[key.description] ?? key.description }

  private static let names = [
    "g": "go", "G": "go", "e": "change", "E": "change", "k": "kind", "K": "kind", "d": "delete", "o": "hold",
    "v": "view", "V": "view", "C": "charts",
    "O": "charts", "f": "song",
    "h": "hold",
  ]
}
