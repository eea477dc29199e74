import CNcurses

/// Draws cells with ncurses: reduces their colours to the terminal's and finds them a colour pair.
final class CellPainter {
  private let depth: ColorDepth
  // Neighbouring cells mostly look alike: the last style's pair and attributes are kept.
  private var lastStyle: Style?
  private var lastPair: Int32 = 0
  private var lastAttributes = nc_normal

  init(depth: ColorDepth) { self.depth = depth }

  func paint(_ cell: Cell, x: Int32, y: Int32, window: UnsafeMutablePointer<WINDOW>?) {
    prepare(cell.style)
    var glyph = cell.glyph
    // Where the C library counts other columns than we do, its picture of the line would shift.
    if glyph.base >= 0x80, Int(wcwidth(wchar_t(glyph.base))) != glyph.width {
      glyph = glyph.width == 1 ? .replacement : .space
      if cell.extent == .leading { draw(.space, x: x + 1, y: y, window: window) }
    }
    draw(glyph, x: x, y: y, window: window)
  }

  private func draw(_ glyph: Glyph, x: Int32, y: Int32, window: UnsafeMutablePointer<WINDOW>?) {
    var text = (
      wchar_t(bitPattern: glyph.base), wchar_t(bitPattern: glyph.marks.0), wchar_t(bitPattern: glyph.marks.1),
      wchar_t(0)
    )
    var character = cchar_t()
    withUnsafeBytes(of: &text) { bytes in
      _ = nc_setcchar(
        &character, bytes.assumingMemoryBound(to: wchar_t.self).baseAddress, lastAttributes, lastPair)
    }
    wmove(window, y, x)
    // The lower right corner draws right but reports an error, since the cursor cannot move on.
    wadd_wch(window, &character)
  }

  private func prepare(_ style: Style) {
    if style == lastStyle { return }
    lastStyle = style
    var attributes = nc_normal
    if style.attributes.contains(.bold) { attributes |= nc_bold }
    if style.attributes.contains(.dim) { attributes |= nc_dim }
    if style.attributes.contains(.underline) { attributes |= nc_underline }
    if style.attributes.contains(.reverse) { attributes |= nc_reverse }
    lastPair = 0
    if depth > .mono, style.foreground != nil || style.background != nil {
      if depth == .eight {
        let colors = style.inEightColors
        if colors.isBold { attributes |= nc_bold }
        lastPair = max(0, alloc_pair(Int32(colors.foreground ?? -1), Int32(colors.background ?? -1)))
      } else {
        lastPair = max(0, alloc_pair(index(style.foreground), index(style.background)))
      }
    }
    lastAttributes = attributes
  }

  private func index(_ color: RGB?) -> Int32 {
    guard let color else { return -1 }
    switch depth {
    case .mono: return -1
    case .eight, .sixteen: return Int32(color.nearestOfSixteen)
    case .cube: return Int32(color.nearestInCube)
    case .direct:
      let value = Int32(color.red) << 16 | Int32(color.green) << 8 | Int32(color.blue)
      // Direct-colour entries keep 0 to 7 as palette colours: the nearest blues beyond them look the same.
      return value < 8 && value > 0 ? 8 : value
    }
  }
}
