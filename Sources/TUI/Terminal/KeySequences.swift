import Editor

/// What terminals send for keys that are more than one character, whatever their terminfo entry says of it.
///
/// ncurses hands each back as `firstCode` + its position here. The forms are xterm's (also kitty's, foot's, VTE's,
/// tmux's), rxvt's and the Linux console's.
enum KeySequences {
  /// Above all codes that ncurses gives out itself.
  static let firstCode: Int32 = 0x4000

  static let table: [(sequence: String, key: KeyEvent)] = modified + plain + rxvt

  /// Bracketed paste (xterm's mode 2004): what comes between these was not typed.
  static let pasteMarks = ["\u{1B}[200~", "\u{1B}[201~"]
  static let pasteBegins = firstCode + Int32(table.count)
  static let pasteEnds = pasteBegins + 1

  static func key(forCode code: Int32) -> KeyEvent? {
    let index = Int(code - firstCode)
    return table.indices.contains(index) ? table[index].key : nil
  }

  private static let lettered: [(String, KeyEvent.Key)] = [
    ("A", .up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end),
    ("P", .function(1)), ("Q", .function(2)), ("R", .function(3)), ("S", .function(4)),
  ]

  private static let numbered: [(Int, KeyEvent.Key)] = [
    (1, .home), (2, .insert), (3, .delete), (4, .end), (5, .pageUp), (6, .pageDown), (7, .home), (8, .end),
    (11, .function(1)), (12, .function(2)), (13, .function(3)), (14, .function(4)), (15, .function(5)),
    (17, .function(6)), (18, .function(7)), (19, .function(8)), (20, .function(9)), (21, .function(10)),
    (23, .function(11)), (24, .function(12)),
  ]

  /// xterm's modifier parameter: one more than shift 1, alt 2, control 4.
  private static let modified: [(String, KeyEvent)] = (2...8).flatMap { parameter in
    let bits = parameter - 1
    func event(_ key: KeyEvent.Key) -> KeyEvent {
      KeyEvent(key, control: bits & 4 != 0, alt: bits & 2 != 0, shift: bits & 1 != 0)
    }
    return lettered.map { ("\u{1B}[1;\(parameter)\($0.0)", event($0.1)) }
      + numbered.map { ("\u{1B}[\($0.0);\(parameter)~", event($0.1)) }
  }

  private static let plain: [(String, KeyEvent)] =
    lettered.flatMap { [("\u{1B}[\($0.0)", KeyEvent($0.1)), ("\u{1B}O\($0.0)", KeyEvent($0.1))] }
    + numbered.map { ("\u{1B}[\($0.0)~", KeyEvent($0.1)) }
    + [("\u{1B}[Z", KeyEvent(.tab, shift: true))]
    + "ABCDE".enumerated().map { ("\u{1B}[[\($1)", KeyEvent(.function($0 + 1))) }

  private static let rxvt: [(String, KeyEvent)] = [
    ("a", KeyEvent.Key.up), ("b", .down), ("c", .right), ("d", .left),
  ].flatMap {
    [("\u{1B}[\($0.0)", KeyEvent($0.1, shift: true)), ("\u{1B}O\($0.0)", KeyEvent($0.1, control: true))]
  }
}
