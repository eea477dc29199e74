/// How many colours a terminal shows, from none to all 24 bits.
package enum ColorDepth: Int, Comparable, Sendable, CaseIterable {
  case mono, eight, sixteen, cube, direct

  package static func < (lhs: ColorDepth, rhs: ColorDepth) -> Bool { lhs.rawValue < rhs.rawValue }

  /// The depth of a terminal that claims so many colours.
  package init(colors: Int) {
    switch colors {
    case ..<8: self = .mono
    case ..<16: self = .eight
    case ..<256: self = .sixteen
    case 256: self = .cube
    default: self = .direct
    }
  }
}

extension Style {
  /// The style on a terminal of eight colours, whose bright half is the bold attribute; nil is the terminal's own
  /// colour. Grey, the bright black, is often drawn black there: on a dark ground it becomes white.
  package var inEightColors: (foreground: Int?, background: Int?, isBold: Bool) {
    let ground = background.map { $0.nearestOfSixteen & 7 }
    let colour = foreground?.nearestOfSixteen
    if colour == 8, ground ?? 0 == 0 { return (7, ground, false) }
    return (colour.map { $0 & 7 }, ground, (colour ?? 0) >= 8)
  }
}

extension RGB {
  /// The nearest of the fixed 240 colours of a 256-colour terminal: a 6×6×6 cube from index 16, greys from 232.
  package var nearestInCube: Int {
    let levels = [0, 95, 135, 175, 215, 255]
    func nearestLevel(_ value: UInt8) -> Int {
      levels.indices.min { abs(levels[$0] - Int(value)) < abs(levels[$1] - Int(value)) } ?? 0
    }
    let (red, green, blue) = (nearestLevel(red), nearestLevel(green), nearestLevel(blue))
    let cube = RGB(UInt8(levels[red]), UInt8(levels[green]), UInt8(levels[blue]))
    let average = (Int(self.red) + Int(self.green) + Int(self.blue)) / 3
    let step = min(max((average - 3) / 10, 0), 23)
    let grey = UInt8(8 + 10 * step)
    return distance(to: RGB(grey, grey, grey)) < distance(to: cube)
      ? 232 + step : 16 + 36 * red + 6 * green + blue
  }

  /// The one of the 16 basic colours that keeps the hue: what is told apart by hue stays apart, whatever a
  /// terminal makes of the sixteen. Bit 0 is red, 1 green, 2 blue, 3 the bright half.
  package var nearestOfSixteen: Int {
    let low = Int(min(red, green, blue))
    let high = Int(max(red, green, blue))
    guard high - low > 48 else {
      return switch luminance {
      case ..<0.18: 0
      case ..<0.65: 8
      case ..<0.95: 7
      default: 15
      }
    }
    let middle = (low + high) / 2
    let hue = (Int(red) > middle ? 1 : 0) + (Int(green) > middle ? 2 : 0) + (Int(blue) > middle ? 4 : 0)
    return high > 220 ? hue + 8 : hue
  }

  /// The "redmean" approximation of perceived distance (Riemersma, https://www.compuphase.com/cmetric.htm).
  private func distance(to other: RGB) -> Int {
    let mean = (Int(red) + Int(other.red)) / 2
    let red = Int(red) - Int(other.red)
    let green = Int(green) - Int(other.green)
    let blue = Int(blue) - Int(other.blue)
    return ((512 + mean) * red * red) >> 8 + 4 * green * green + ((767 - mean) * blue * blue) >> 8
  }
}
