import Chart
import Editor

/// The status line: mode, place, snap, tempo, time, level, notes. What does not fit is left out from the right.
struct StatusView {
  let state: EditorState
  let theme: Theme
  let playhead: Beat?
  let area: Rect

  func draw(into grid: inout Grid) {
    guard area.width > 0 else { return }
    grid.fill(area, style: theme[.status])
    let mode = " " + modeName + " "
    var x = area.x
    x += grid.write(
      area.width < 30 ? " \(mode.dropFirst().prefix(1)) " : mode, x: x, y: area.y,
      style: theme[modeScope], within: area)
    var right = area.columns.upperBound
    for (index, part) in parts.enumerated() {
      let width = part.text.columns + 2
      if part.isRight {
        guard right - width > x else { continue }
        right -= width
        grid.write(" " + part.text + " ", x: right, y: area.y, style: theme[.status], within: area)
      } else if x + width <= right || index == 0 {
        x += grid.write(" " + part.text + " ", x: x, y: area.y, style: theme[.status], within: area)
      }
    }
  }

  private var row: Row { playhead.map { max(.zero, $0.row) } ?? state.cursor }

  /// The parts, the most important first.
  private var parts: [(text: String, isRight: Bool)] {
    let map = state.timingMap
    let beat = playhead ?? state.cursor.beat
    let place = NumberText.left(NumberText.place(row), 8)
    var parts: [(String, Bool)] = [
      (place, false), (NumberText.right(NumberText.time(map.seconds(at: beat)), 9), true),
      ("1/" + NumberText.left(SnapText.parts(of: state.snap), 3), false),
      (NumberText.right(NumberText.bpm(map.bpm(at: row)), 7) + " BPM", true),
    ]
    if state.entryKind != .tap { parts.append((state.entryKind.rawValue, false)) }
    if let region = state.region {
      let beats = Double(region.lowerBound.distance(to: region.upperBound)) / Double(Row.perBeat)
      parts.append(("region \(NumberText.place(region.lowerBound)) + \(NumberText.fixed(beats, 2))", false))
    }
    if !state.notes.isEmpty || state.chart != nil {
      let count = state.notes.count
      parts.append((NumberText.right("\(count)", 5) + (count == 1 ? " note " : " notes"), true))
    }
    if let level = state.level { parts.append(("level \(level)", true)) }
    return parts.map { (text: $0.0, isRight: $0.1) }
  }

  private var modeName: String {
    if state.playback.isPlaying, state.mode == .edit { return "PLAY" }
    return state.mode.rawValue.uppercased()
  }

  private var modeScope: Scope {
    switch state.mode {
    case .edit: .modeEdit
    case .review: .modeReview
    case .sync: .modeSync
    case .prompt, .form, .charts, .help, .question: .modeOverlay
    }
  }
}
