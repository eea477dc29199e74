/// What one cell of a row says: a head and its tail are two cells of one note.
struct NoteCell: Hashable {
  enum Symbol: UInt8 {
    case empty = 0x30
    case tap = 0x31
    case holdHead = 0x32
    case tail = 0x33
    case rollHead = 0x34
    case mine = 0x4D
    case keysound = 0x4B
    case lift = 0x4C
    case fake = 0x46
  }

  static let empty = NoteCell(symbol: .empty)

  var symbol: Symbol
  var modifiers = NoteModifiers.plain

  init(symbol: Symbol, modifiers: NoteModifiers = .plain) {
    self.symbol = symbol
    self.modifiers = modifiers
  }

  /// The cell that a single letter stands for; nil for one that no game knows. `X Y Z` are co-op taps of players 1 to
  /// 3 and in lower case their hold heads; `S V H` taps that appear late, vanish, or are never seen.
  init?(letter: UInt8) {
    if let symbol = Symbol(rawValue: letter) {
      self.init(symbol: symbol)
      return
    }
    switch letter {
    case UInt8(ascii: "X")...UInt8(ascii: "Z"):
      self.init(symbol: .tap, modifiers: NoteModifiers(player: Int(letter - UInt8(ascii: "X"))))
    case UInt8(ascii: "x")...UInt8(ascii: "z"):
      self.init(symbol: .holdHead, modifiers: NoteModifiers(player: Int(letter - UInt8(ascii: "x"))))
    case UInt8(ascii: "S"): self.init(symbol: .tap, modifiers: NoteModifiers(visibility: .sudden))
    case UInt8(ascii: "V"): self.init(symbol: .tap, modifiers: NoteModifiers(visibility: .vanish))
    case UInt8(ascii: "H"): self.init(symbol: .tap, modifiers: NoteModifiers(visibility: .hidden))
    default: return nil
    }
  }

  /// The cell as it is written. In layered note data the layer tells the player, else a letter does.
  func text(isLayered: Bool) -> [UInt8] {
    var letter = symbol.rawValue
    if !isLayered, let player = modifiers.player, player < 3 {
      if symbol == .tap { letter = UInt8(ascii: "X") + UInt8(player) }
      if symbol == .holdHead { letter = UInt8(ascii: "x") + UInt8(player) }
    }
    var text = [letter]
    if modifiers.visibility != .normal || modifiers.isFake {
      let fake = UInt8(ascii: modifiers.isFake ? "1" : "0")
      text = [UInt8(ascii: "{"), letter] + Array("|".utf8) + [modifiers.visibility.letter]
      text += Array("|".utf8) + [fake] + Array("|0}".utf8)
    }
    if let keysound = modifiers.keysound, symbol != .tail { text += Array("[\(keysound)]".utf8) }
    return text
  }
}

extension NoteModifiers.Visibility {
  /// StepF2's attribute letter.
  var letter: UInt8 {
    switch self {
    case .normal: UInt8(ascii: "n")
    case .sudden: UInt8(ascii: "s")
    case .vanish: UInt8(ascii: "v")
    case .hidden: UInt8(ascii: "h")
    }
  }

  init?(letter: UInt8) {
    switch letter | 0x20 {
    case UInt8(ascii: "n"): self = .normal
    case UInt8(ascii: "s"): self = .sudden
    case UInt8(ascii: "v"): self = .vanish
    case UInt8(ascii: "h"): self = .hidden
    default: return nil
    }
  }
}

/// Cuts a row into cells. A cell is a letter or `{letter|attribute|fake|0}`, either with `[keysound]` after it; so a
/// row's columns are counted in cells, never in characters.
struct RowTokenizer {
  private(set) var position: Int
  private let end: Int

  init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next cell and the bytes that it takes, or nil at the end of the row. A cell without a known meaning is nil
  /// in `cell`.
  mutating func next(in bytes: Span<UInt8>) -> (cell: NoteCell?, range: Range<Int>)? {
    guard position < end else { return nil }
    let start = position
    var cell: NoteCell?
    if bytes[position] == UInt8(ascii: "{") {
      cell = braced(in: bytes)
    } else {
      cell = NoteCell(letter: bytes[position])
      position += 1
    }
    readSuffixes(in: bytes, of: &cell)
    return (cell, start..<position)
  }

  /// `{1|v|1|0}` from its brace; leaves the position after the closing one.
  private mutating func braced(in bytes: Span<UInt8>) -> NoteCell? {
    let open = position
    position = close(UInt8(ascii: "}"), in: bytes)
    // Some arcade charts hold item numbers in braces (`{108}`), which are no notes.
    let fields = open + 2
    guard fields < position, bytes[fields] == UInt8(ascii: "|") || bytes[fields] == UInt8(ascii: "}"),
      var cell = NoteCell(letter: bytes[open + 1])
    else { return nil }
    if fields + 1 < position, bytes[fields] == UInt8(ascii: "|") {
      cell.modifiers.visibility = NoteModifiers.Visibility(letter: bytes[fields + 1]) ?? .normal
    }
    if fields + 3 < position, bytes[fields + 2] == UInt8(ascii: "|") {
      cell.modifiers.isFake = bytes[fields + 3] == UInt8(ascii: "1")
    }
    return cell
  }

  /// `[12]` (a keysound) and `<name>` (an item, which no game of today reads) after a cell.
  private mutating func readSuffixes(in bytes: Span<UInt8>, of cell: inout NoteCell?) {
    while position < end {
      if bytes[position] == UInt8(ascii: "[") {
        let open = position
        position = close(UInt8(ascii: "]"), in: bytes)
        var index = 0
        for place in open + 1..<max(open + 1, position - 1) {
          guard bytes[place] >= 0x30, bytes[place] <= 0x39, index < 100_000 else { break }
          index = index * 10 + Int(bytes[place] - 0x30)
        }
        cell?.modifiers.keysound = index
      } else if bytes[position] == UInt8(ascii: "<") {
        position = close(UInt8(ascii: ">"), in: bytes)
      } else {
        return
      }
    }
  }

  /// Just after the next such byte, or the end of the row.
  private func close(_ mark: UInt8, in bytes: Span<UInt8>) -> Int {
    var index = position
    while index < end, bytes[index] != mark { index += 1 }
    return min(index + 1, end)
  }
}
