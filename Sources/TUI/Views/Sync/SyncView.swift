import Chart
import Editor

/// The screen while the tempo is worked on: candidates, the music with the draft's beats over it, and how well they
/// fit.
struct SyncView {
  let state: EditorState
  let session: SyncSession
  let playhead: Beat?
  let theme: Theme
  let body: Rect

  func draw(into grid: inout Grid) {
    grid.fill(body, style: theme[.field])
    var rest = body
    let lines = CandidateText.lines(state, session)
    let room = body.height >= 18 ? min(lines.count, 6) : min(1, lines.count)
    drawCandidates(lines, rest.takeTop(body.height >= 4 ? room : 0), into: &grid)
    let fits = rest.width >= 76 ? rest.takeRight(min(60, rest.width / 2)) : rest.takeRight(0)
    drawMusic(rest, into: &grid)
    if fits.width > 0 {
      FingerprintView(state: state, playhead: playhead, theme: theme, area: fits).draw(into: &grid)
    }
  }

  private func drawCandidates(_ lines: [CandidateText.Line], _ area: Rect, into grid: inout Grid) {
    // With a single line to spare the proposed segment is the one to show, or the chosen candidate.
    let foremost = lines.firstIndex(where: \.isForemost) ?? lines.firstIndex(where: \.isChosen)
    let first = area.height == 1 ? foremost ?? 0 : 0
    for (index, line) in lines.dropFirst(first).prefix(area.height).enumerated() {
      let row = area.row(index)
      let style = theme[line.isChosen ? .syncChosen : .ui]
      grid.fill(row, style: style)
      grid.write(
        line.text.clipped(to: row.width), x: row.x, y: row.y,
        style: line.isChosen ? Style(attributes: style.attributes) : theme[.panelValue], within: row)
    }
  }

  private func drawMusic(_ area: Rect, into grid: inout Grid) {
    let geometry = SyncGeometry(state: state, playhead: playhead, height: area.height)
    var rest = area
    let gutter = rest.takeLeft(area.width >= 40 ? 21 : min(8, area.width))
    WaveformView(state: state, theme: theme, area: rest) { geometry.time(atEdge: $0) }.draw(into: &grid)
    for beat in geometry.beats(state.timingMap) {
      drawBeat(beat.row, y: beat.y, gutter: gutter, wave: rest, into: &grid)
    }
    let y = area.y + geometry.centreLine
    if gutter.width > 0 {
      grid.put(
        Glyph("▶"), x: gutter.columns.upperBound - 1, y: y, style: theme[.fieldReceptor], within: gutter)
    }
  }

  /// Horizontal lines at the top, the middle and the bottom of a cell.
  private static let scanLines: [Glyph] = ["▔", "─", "▁"].map { Glyph($0) }

  private func drawBeat(_ row: Row, y: Double, gutter: Rect, wave: Rect, into grid: inout Grid) {
    let line = Int(y.rounded(.down))
    guard (0..<gutter.height).contains(line) else { return }
    let screenY = gutter.y + line
    let isMeasure = row.index.isMultiple(of: Row.perMeasure)
    let style = theme[isMeasure ? .fieldNumber : .panelLabel]
    let place = NumberText.right(NumberText.place(row), min(7, gutter.width - 1))
    grid.write(place, x: gutter.x, y: screenY, style: style, within: gutter)
    drawEvent(row, y: screenY, gutter: gutter, into: &grid)
    let stroke = SyncView.scanLines[min(2, max(0, Int((y - Double(line)) * 3)))]
    let lineStyle = theme[isMeasure ? .fieldReceptor : .fieldMeasure]
    grid.put(stroke, x: gutter.columns.upperBound - 1, y: screenY, style: lineStyle, within: gutter)
    for x in wave.columns where grid[x, screenY].glyph == .space {
      grid.put(stroke, x: x, y: screenY, style: lineStyle, within: wave)
    }
  }

  private func drawEvent(_ row: Row, y: Int, gutter: Rect, into grid: inout Grid) {
    guard gutter.width > 12 else { return }
    let rows = row..<row + Row.perBeat
    if session.pins.contains(where: { rows.contains($0.row) }) {
      grid.write("● pin", x: gutter.x + 9, y: y, style: theme[.syncPin], within: gutter)
    } else if let mark = TimingMarks.marks(of: state, in: rows).first {
      grid.write(mark.text.clipped(to: 10), x: gutter.x + 9, y: y, style: theme[mark.scope], within: gutter)
    }
  }
}
