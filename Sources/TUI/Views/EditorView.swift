import Chart
import Editor

/// The picture of the editor on a screen of a size. Pure: the same values give the same cells.
///
/// - Parameter playhead: where the music is at this moment; nil when it is silent.
package func render(_ state: EditorState, playhead: Beat?, theme: Theme, size: Size) -> Grid {
  var grid = Grid(size: size, style: theme[.ui])
  EditorView(state: state, playhead: playhead, theme: theme, size: size).draw(into: &grid)
  return grid
}

/// Puts the views together.
struct EditorView {
  let state: EditorState
  let playhead: Beat?
  let theme: Theme
  let layout: ScreenLayout
  /// Where there is room a message covers the end of the field, and the keys stay where they are.
  let keepsKeys: Bool

  init(state: EditorState, playhead: Beat?, theme: Theme, size: Size) {
    self.state = state
    self.playhead = playhead
    self.theme = theme
    let speaks = state.message != nil || state.overlay != nil || !state.pending.isEmpty
    let usual = ScreenLayout(
      size: size, lanes: state.lanes, settings: state.settings, bottomLines: speaks ? 1 : 0)
    keepsKeys = EditorView.keepsKeys(state, usual)
    let lines = BottomView.height(of: state, theme: theme, width: size.width, keepsKeys: keepsKeys)
    layout =
      lines < 2
      ? usual
      : ScreenLayout(size: size, lanes: state.lanes, settings: state.settings, bottomLines: lines)
  }

  func draw(into grid: inout Grid) {
    if let session = state.sync {
      SyncView(state: state, session: session, playhead: playhead, theme: theme, body: layout.body)
        .draw(into: &grid)
    } else if state.chart == nil {
      drawEmpty(into: &grid)
    } else {
      drawField(into: &grid)
    }
    TitleView(state: state, theme: theme, area: layout.title).draw(into: &grid)
    StatusView(state: state, theme: theme, playhead: playhead, area: layout.status).draw(into: &grid)
    drawOverlay(into: &grid)
    if let message = state.message, keepsKeys {
      let view = MessageView(message: message, theme: theme)
      var body = layout.body
      view.draw(in: body.takeBottom(view.lines(in: body.width).count), into: &grid)
    }
    if !layout.bottom.isEmpty {
      BottomView(state: state, theme: theme, area: layout.bottom, keepsKeys: keepsKeys).draw(into: &grid)
    }
  }

  private static func keepsKeys(_ state: EditorState, _ layout: ScreenLayout) -> Bool {
    if case .prompt? = state.overlay { return false }
    return state.settings.showsKeys && layout.body.height >= 12
  }

  private func drawField(into grid: inout Grid) {
    let geometry = FieldGeometry(
      state: state, playhead: playhead, height: layout.lanes.height, isSmooth: !theme.isMono)
    let columns = LaneColumns(area: layout.lanes, laneWidth: layout.laneWidth, lanes: state.lanes)
    GutterView(state: state, theme: theme, geometry: geometry, area: layout.gutter).draw(into: &grid)
    FieldView(state: state, theme: theme, geometry: geometry, columns: columns).draw(into: &grid)
    if layout.wave.width > 0 {
      drawWave(geometry, into: &grid)
    } else {
      drawRightEdge(geometry, x: layout.lanes.columns.upperBound, into: &grid)
    }
    if layout.panel.width > 0 { drawPanel(into: &grid) }
    if layout.minimap.width > 0 {
      MinimapView(state: state, theme: theme, geometry: geometry, area: layout.minimap).draw(into: &grid)
    }
  }

  /// The line right of the lanes, with the receptors' mark.
  private func drawRightEdge(_ geometry: FieldGeometry, x: Int, into grid: inout Grid) {
    for y in layout.lanes.rows { grid.put(Glyph("│"), x: x, y: y, style: theme[.frame]) }
    let y = layout.lanes.y + geometry.receptorLine
    if !layout.lanes.isEmpty { grid.put(Glyph("◀"), x: x, y: y, style: theme[.fieldReceptor]) }
  }

  private func drawWave(_ geometry: FieldGeometry, into grid: inout Grid) {
    var area = layout.wave
    let edge = area.takeLeft(1)
    let map = state.timingMap
    WaveformView(state: state, theme: theme, area: area) { edge in
      map.seconds(at: Beat(geometry.position(atEdge: edge) / Double(Row.perBeat)))
    }.draw(into: &grid)
    drawRightEdge(geometry, x: edge.x, into: &grid)
  }

  private func drawPanel(into grid: inout Grid) {
    let lines =
      state.review.map { ReviewPanel(state: state, review: $0, width: layout.panel.width).lines }
      ?? EditPanel(state: state, width: layout.panel.width).lines
    PanelView(lines: lines, theme: theme, area: layout.panel).draw(into: &grid)
  }

  /// A song without a chart: what to do about it, and the music.
  private func drawEmpty(into grid: inout Grid) {
    let area = layout.body
    grid.fill(area, style: theme[.field])
    let keys = { (name: String) in
      state.keymap.keys(forCommand: name, in: state.mode).first.map { Keymap.text($0.keys) + " " } ?? ":"
    }
    let lines = [
      "No chart yet.", "", keys("sync") + "finds the tempo", keys("new-chart") + "makes a chart",
      keys("help") + "shows all keys",
    ]
    let width = lines.map(\.columns).max() ?? 0
    let x = area.x + max(0, (area.width - width) / 2)
    for (index, line) in lines.enumerated() {
      let y = area.y + max(0, area.height / 3 - 1) + index
      grid.write(
        line, x: x, y: y, style: theme[index == 0 ? .panelHeading : .panelValue], within: area)
    }
  }

  private func drawOverlay(into grid: inout Grid) {
    let body = layout.body
    switch state.overlay {
    case .prompt(let prompt):
      CompletionList(prompt: prompt, theme: theme, body: body).draw(into: &grid)
    case .form(let form): FormView(form: form, theme: theme, body: body).draw(into: &grid)
    case .charts(let list):
      ChartListView(list: list, state: state, theme: theme, body: body).draw(into: &grid)
    case .help(let page): HelpView(page: page, state: state, theme: theme, body: body).draw(into: &grid)
    case .question, nil: break
    }
  }
}
