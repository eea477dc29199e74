/// A colour of a theme: 24 bits, reduced to what the terminal has when it is drawn.
package struct RGB: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Reads `#rrggbb`.
  package init?(hex: String) {
    guard hex.hasPrefix("#"), hex.utf8.count == 7, let value = UInt32(hex.dropFirst(), radix: 16) else {
      return nil
    }
    self.init(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
  }

  package var hex: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The colour part of the way to another: 0 is this one, 1 the other.
  package func mixed(with other: RGB, _ amount: Double) -> RGB {
    let share = min(max(amount, 0), 1)
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Double(from) + (Double(to) - Double(from)) * share).rounded())
    }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  /// Relative luminance from 0 to 1 (the weights of ITU-R BT.709 on gamma-coded values, good enough to choose
  /// between dark and light text).
  package var luminance: Double {
    (0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)) / 255
  }
}

/// How a cell is drawn. A missing colour lets what lies underneath through, and at the bottom the terminal's own.
package struct Style: Hashable, Sendable {
  /// The ways to stress text that every terminal has.
  package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
    package static let reverse = Attributes(rawValue: 8)
  }

  package var foreground: RGB?
  package var background: RGB?
  package var attributes: Attributes

  package init(foreground: RGB? = nil, background: RGB? = nil, attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// This style drawn on top of another: its own colours where it has them, its own attributes.
  package func over(_ under: Style) -> Style {
    Style(
      foreground: foreground ?? under.foreground, background: background ?? under.background,
      attributes: attributes)
  }

  package func with(background: RGB?) -> Style {
    var style = self
    style.background = background
    return style
  }

  package func adding(_ extra: Attributes) -> Style {
    var style = self
    style.attributes.formUnion(extra)
    return style
  }
}
