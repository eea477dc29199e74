import CNcurses
import Editor

/// From what ncurses reads to `KeyEvent`.
enum KeyDecoder {
  /// One answer of `get_wch`.
  enum Input: Hashable {
    case character(UInt32)
    case code(Int32)
  }

  static let escape = Input.character(27)

  /// The key of an input other than a lone escape; nil for one that means nothing to us.
  static func key(_ input: Input) -> KeyEvent? {
    switch input {
    case .character(let value): key(character: value)
    case .code(let code): KeySequences.key(forCode: code) ?? named[code] ?? function(code)
    }
  }

  private static func key(character value: UInt32) -> KeyEvent? {
    switch value {
    case 0: return KeyEvent(.space, control: true)
    case 8, 127: return KeyEvent(.backspace)
    case 9: return KeyEvent(.tab)
    case 10, 13: return KeyEvent(.enter)
    case 27: return KeyEvent(.escape)
    case 32: return KeyEvent(.space)
    case 1...26: return control(value + 0x60)
    case 28...31: return control(value + 0x40)
    default:
      return Unicode.Scalar(value).map { KeyEvent(.character(Character($0))) }
    }
  }

  private static func control(_ value: UInt32) -> KeyEvent? {
    Unicode.Scalar(value).map { KeyEvent(.character(Character($0)), control: true) }
  }

  private static func function(_ code: Int32) -> KeyEvent? {
    (1...12).first { nc_key_f(Int32($0)) == code }.map { KeyEvent(.function($0)) }
  }

  private static let named: [Int32: KeyEvent] = [
    KEY_UP: KeyEvent(.up), KEY_DOWN: KeyEvent(.down), KEY_LEFT: KeyEvent(.left), KEY_RIGHT: KeyEvent(.right),
    KEY_HOME: KeyEvent(.home), KEY_END: KeyEvent(.end), KEY_PPAGE: KeyEvent(.pageUp),
    KEY_NPAGE: KeyEvent(.pageDown), KEY_IC: KeyEvent(.insert), KEY_DC: KeyEvent(.delete),
    KEY_BACKSPACE: KeyEvent(.backspace), KEY_ENTER: KeyEvent(.enter),
    KEY_BTAB: KeyEvent(.tab, shift: true), KEY_SLEFT: KeyEvent(.left, shift: true),
    KEY_SRIGHT: KeyEvent(.right, shift: true), KEY_SR: KeyEvent(.up, shift: true),
    KEY_SF: KeyEvent(.down, shift: true), KEY_SHOME: KeyEvent(.home, shift: true),
    KEY_SEND: KeyEvent(.end, shift: true), KEY_SDC: KeyEvent(.delete, shift: true),
    KEY_A1: KeyEvent(.home), KEY_A3: KeyEvent(.pageUp), KEY_C1: KeyEvent(.end), KEY_C3: KeyEvent(.pageDown),
  ]
}
