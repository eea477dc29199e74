/// How many colours the author wants; `auto` believes the environment.
package enum ColorChoice: String, Sendable, CaseIterable {
  case auto, direct, cube, sixteen, mono
}

/// What the environment says about the terminal, and the terminfo entries worth trying for it.
package struct TerminalType: Sendable {
  package let name: String
  private let environment: [String: String]

  package init(environment: [String: String]) {
    self.environment = environment
    name = environment["TERM"] ?? ""
  }

  /// No colours are wanted: https://no-color.org, any value but the empty one counts.
  package var refusesColor: Bool { !(environment["NO_COLOR"] ?? "").isEmpty }

  /// The terminal shows all 24 bits, by its own word.
  package var claimsDirectColor: Bool {
    ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") || name.hasSuffix("-direct")
  }

  /// Whether the terminal's background is light, where the environment says (`COLORFGBG`, as rxvt, Konsole and
  /// others set it).
  package var hasLightBackground: Bool {
    guard let last = environment["COLORFGBG"]?.split(separator: ";").last, let color = Int(last) else {
      return false
    }
    return color == 7 || color == 15
  }

  /// Terminfo entries to try, best first. ncurses reaches 24-bit colour only through an entry that says so, and
  /// most terminals that could show it call themselves `…-256color`; where the system has a direct-colour sibling
  /// of the entry, that one is used. Its keys do not matter: `KeySequences` defines them.
  package func entries(for choice: ColorChoice) -> [String] {
    let wantsDirect = choice == .direct || (choice == .auto && claimsDirectColor && !refusesColor)
    guard wantsDirect, !name.hasSuffix("-direct") else { return [name] }
    let base = name.hasSuffix("-256color") ? String(name.dropLast(9)) : name
    // xterm's own direct entry separates with colons, which some lookalikes cannot read; these two do not.
    let siblings =
      base == "xterm" ? ["vte-direct", "alacritty-direct", "xterm-direct"] : [base + "-direct"]
    return siblings + [name]
  }

  /// The depth to draw with, given what the entry in use offers.
  package func depth(offered colors: Int, choice: ColorChoice) -> ColorDepth {
    let offered = ColorDepth(colors: colors)
    switch choice {
    case .auto: return refusesColor ? .mono : offered
    case .direct: return offered
    case .cube: return min(offered, .cube)
    case .sixteen: return min(offered, .sixteen)
    case .mono: return .mono
    }
  }
}

/// Why there is no screen to draw on.
package enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  case notATerminal
  case noType
  case unknownType(String)
  case tooPlain(String)

  package var description: String {
    switch self {
    case .notATerminal:
      "the editor needs a terminal for its keys and its screen; "
        + "`learnitup --help` lists the commands that work without one"
    case .noType:
      "TERM is not set, so the terminal is unknown; run with TERM=xterm-256color, or what your terminal is"
    case .unknownType(let name):
      "TERM=\(name.printableASCII) is not known on this system; "
        + "install its terminfo entry (package ncurses-term) or run with TERM=xterm-256color"
    case .tooPlain(let name):
      "TERM=\(name.printableASCII) cannot place its cursor; run in a full terminal, or with TERM=xterm-256color"
    }
  }
}

extension String {
  fileprivate var printableASCII: String {
    String(unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" })
  }
}
