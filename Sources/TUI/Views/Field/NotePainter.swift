import Chart
import Editor

/// Draws single notes into the lanes.
struct NotePainter {
  let type: StepsType
  let columns: LaneColumns
  let palette: NotePalette
  let theme: Theme
  /// Empty when the feet are not to be seen.
  let feet: Footwork

  // MARK: Notes of the chart

  /// The head of a note on one line.
  func draw(_ note: Note, y: Int, into grid: inout Grid) {
    let style = palette.style(of: note)
    let arrow = NoteShapes.arrow(of: note.lane, in: type)
    switch note.kind {
    case .tap where note.modifiers.isFake: edged("(", arrow, ")", note.lane, y, style, into: &grid)
    case .tap: solid("▐", arrow, "▌", note.lane, y, style, into: &grid)
    case .hold:
      solid("▐", NoteShapes.holdHead(of: note.lane, in: type), "▌", note.lane, y, style, into: &grid)
    case .roll: solid("▞", NoteShapes.rollHead, "▚", note.lane, y, style, into: &grid)
    case .mine: edged("‹", NoteShapes.mine, "›", note.lane, y, style, into: &grid)
    case .lift: edged("▝", arrow, "▘", note.lane, y, style, into: &grid)
    case .fake: edged("(", arrow, ")", note.lane, y, style, into: &grid)
    case .keysound: edged("(", NoteShapes.keysound, ")", note.lane, y, style, into: &grid)
    }
    drawFoot(of: note, y: y, into: &grid)
  }

  /// An L on the left edge of what the left foot steps on, an R on the right edge of what the right foot does, and
  /// exclamation marks where no foot can.
  private func drawFoot(of note: Note, y: Int, into grid: inout Grid) {
    guard columns.chipWidth >= 3, let step = feet.step(at: note.row), note.isStep else { return }
    let start = columns.chipStart(of: note.lane.index)
    let end = start + columns.chipWidth - 1
    let isHard = step.isHard
    switch step.side(on: note.lane) {
    case .left: put(Glyph("L"), start, y, theme[isHard ? .footHard : .footLeft], into: &grid)
    case .right: put(Glyph("R"), end, y, theme[isHard ? .footHard : .footRight], into: &grid)
    case nil:
      guard step.freedom == .impossible else { return }
      for x in [start, end] { put(Glyph("!"), x, y, theme[.footHard], into: &grid) }
    }
  }

  /// A head between two lines, in eighths of a line below the upper edge of line `y`.
  func drawMoving(_ note: Note, y: Int, eighths: Int, into grid: inout Grid) {
    guard eighths > 0 else { return draw(note, y: y, into: &grid) }
    let color = palette.style(of: note).foreground
    let start = columns.chipStart(of: note.lane.index)
    let lower = Glyph(NotePainter.eighths[8 - eighths])
    for x in start..<start + columns.chipWidth {
      put(lower, x, y, Style(foreground: color), into: &grid)
      // The upper part of the next line: the lower part in the ground's colour on a cell of the note's.
      guard columns.area.rows.contains(y + 1), columns.area.columns.contains(x) else { continue }
      let ground = grid[x, y + 1].style.background ?? palette.paper
      put(lower, x, y + 1, Style(foreground: ground, background: color), into: &grid)
    }
  }

  private static let eighths: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// One line of the body of a hold or roll.
  func drawBody(_ note: Note, y: Int, into grid: inout Grid) {
    let style = palette.style(of: note)
    drawBody(lane: note.lane, isRoll: note.isRoll, isGhost: false, y, style, into: &grid)
  }

  /// The last line of a hold or roll, when it is not that of its head.
  func drawTail(_ note: Note, y: Int, isTimeDown: Bool, into grid: inout Grid) {
    let style = Style(foreground: palette.style(of: note).foreground)
    let start = columns.chipStart(of: note.lane.index)
    if columns.chipWidth == 1 { return put(Glyph(isTimeDown ? "╹" : "╻"), start, y, style, into: &grid) }
    let text = isTimeDown ? ["▝", "▀", "▘"] : ["▗", "▄", "▖"]
    for x in start..<start + columns.chipWidth {
      let part = x == start ? 0 : x == start + columns.chipWidth - 1 ? 2 : 1
      put(Glyph(Character(text[part])), x, y, style, into: &grid)
    }
  }

  /// A note that a proposal would replace, struck through.
  func drawStruck(_ note: Note, y: Int, into grid: inout Grid) {
    edged("╌", NoteShapes.arrow(of: note.lane, in: type), "╌", note.lane, y, theme[.ghostStruck], into: &grid)
  }

  /// More notes of a lane than one line can show: how many there are.
  func drawPile(_ note: Note, count: Int, y: Int, into grid: inout Grid) {
    let digit = Glyph(count < 10 ? Character("\(count)") : "+")
    solid("▐", digit, "▌", note.lane, y, palette.style(of: note), into: &grid)
  }

  // MARK: Proposals

  /// - Parameter confidence: how sure the model is, from 0 to 1.
  func draw(_ ghost: Ghost, confidence: Double, isFocused: Bool, y: Int, into grid: inout Grid) {
    let lane = ghost.note.lane
    switch ghost.status {
    case .accepted: edged("[", Glyph("✓"), "]", lane, y, theme[.ghostTaken], into: &grid)
    case .rejected: edged(" ", Glyph("✗"), " ", lane, y, theme[.ghostStruck], into: &grid)
    case .open:
      let style = palette.ghost(confidence)
      let shape = ghost.note.kind == .mine ? NoteShapes.mine : NoteShapes.ghost(confidence)
      let edges: (Character, Character) = isFocused ? ("«", "»") : ("‹", "›")
      edged(edges.0, shape, edges.1, lane, y, style, into: &grid)
    }
    if ghost.status != .rejected { drawFoot(of: ghost.note, y: y, into: &grid) }
  }

  func drawBody(_ ghost: Ghost, confidence: Double, y: Int, into grid: inout Grid) {
    let style = ghost.status == .accepted ? theme[.ghostTaken] : palette.ghost(confidence)
    drawBody(lane: ghost.note.lane, isRoll: ghost.note.isRoll, isGhost: true, y, style, into: &grid)
  }

  // MARK: -

  private func drawBody(
    lane: Lane, isRoll: Bool, isGhost: Bool, _ y: Int, _ style: Style, into grid: inout Grid
  ) {
    let start = columns.chipStart(of: lane.index)
    let line = Style(
      foreground: style.foreground, background: isGhost ? nil : palette.band(style),
      attributes: isGhost ? style.attributes : [])
    let centre = columns.centre(of: lane.index)
    for x in start..<start + columns.chipWidth {
      put(x == centre ? NoteShapes.body(isRoll: isRoll, isGhost: isGhost) : .space, x, y, line, into: &grid)
    }
  }

  /// A filled picture: the symbol in the middle on the note's colour. The edges are half blocks, which stand out
  /// without colours; where lanes have room between them their other half is filled too.
  private func solid(
    _ left: Character, _ symbol: Glyph, _ right: Character, _ lane: Lane, _ y: Int, _ style: Style,
    into grid: inout Grid
  ) {
    let color = style.foreground
    let edge = Style(foreground: color, background: columns.laneWidth > 3 && left == "▐" ? color : nil)
    let inner = Style(
      foreground: palette.ink.foreground, background: color, attributes: palette.ink.attributes)
    let start = columns.chipStart(of: lane.index)
    let end = start + columns.chipWidth - 1
    if columns.chipWidth == 1 {
      return put(
        symbol, start, y, palette.isMono ? inner : Style(foreground: color, attributes: .bold), into: &grid)
    }
    put(Glyph(left), start, y, edge, into: &grid)
    for x in start + 1..<end { put(.space, x, y, inner, into: &grid) }
    put(Glyph(right), end, y, edge, into: &grid)
    put(symbol, columns.centre(of: lane.index), y, inner, into: &grid)
  }

  /// An outlined picture: a character on either side of the symbol.
  private func edged(
    _ left: Character, _ symbol: Glyph, _ right: Character, _ lane: Lane, _ y: Int, _ style: Style,
    into grid: inout Grid
  ) {
    let centre = columns.centre(of: lane.index)
    if columns.chipWidth >= 3 {
      put(Glyph(left), centre - 1, y, style, into: &grid)
      put(Glyph(right), centre + 1, y, style, into: &grid)
    }
    put(symbol, centre, y, style, into: &grid)
  }

  private func put(_ glyph: Glyph, _ x: Int, _ y: Int, _ style: Style, into grid: inout Grid) {
    grid.put(glyph, x: x, y: y, style: style, within: columns.area)
  }
}

extension Note {
  var isRoll: Bool { if case .roll = kind { true } else { false } }
  var isHead: Bool { end != nil }
}
