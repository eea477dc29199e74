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

  /// The nearest of the 16 basic colours, as xterm defines them. A coloured tone never becomes a grey, so that
  /// what is told apart by hue stays apart.
  package var nearestOfSixteen: Int {
    let spread = Int(max(red, green, blue)) - Int(min(red, green, blue))
    let candidates = RGB.sixteen.indices.filter { index in
      let isGrey = [0, 7, 8, 15].contains(index)
      return spread > 60 ? !isGrey : spread < 30 ? isGrey : true
    }
    return candidates.min { distance(to: RGB.sixteen[$0]) < distance(to: RGB.sixteen[$1]) } ?? 7
  }

  /// The "redmean" approximation of perceived distance (Riemersma, https://www.compuphase.com/cmetric.htm).
  private func distance(to other: RGB) -> Int {
    let mean = (Int(red) + Int(other.red)) / 2
    let red = Int(red) - Int(other.red)
    let green = Int(green) - Int(other.green)
    let blue = Int(blue) - Int(other.blue)
    return ((512 + mean) * red * red) >> 8 + 4 * green * green + ((767 - mean) * blue * blue) >> 8
  }

  private static let sixteen: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205),
    RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0),
    RGB(255, 255, 0), RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]
}
