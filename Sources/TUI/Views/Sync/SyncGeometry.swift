import Chart
import Editor

/// Time runs straight down the lines, and the beats stand where the draft of the timing puts them.
struct SyncGeometry {
  let height: Int
  let centreLine: Int
  /// The time at the centre line's upper edge.
  let centre: Seconds
  let secondsPerLine: Double

  init(state: EditorState, playhead: Beat?, height: Int) {
    self.height = height
    centreLine = max(0, (height - 1) * state.settings.receptors / 100)
    let beat = playhead ?? state.cursor.beat
    centre = state.timingMap.seconds(at: beat)
    // The scale comes from the timing as it was, so that nudging the tempo moves beats and not the music.
    let bpm = (state.sync?.before ?? state.timing).bpm(at: state.cursor)
    let linesPerBeat = Double(Row.perBeat) / Double(max(1, state.settings.rowsPerLine))
    secondsPerLine = 60 / max(1, bpm) / max(0.25, linesPerBeat)
  }

  func time(atEdge edge: Double) -> Seconds {
    centre + Seconds((edge - Double(centreLine)) * secondsPerLine)
  }

  /// Where a time stands, in lines from the top.
  func y(of time: Seconds) -> Double {
    Double(centreLine) + (time - centre).value / secondsPerLine
  }

  /// The beats that can be seen, with where they stand.
  func beats(_ map: TimingMap) -> [(row: Row, y: Double)] {
    let first = map.beat(at: time(atEdge: 0)).row.gridFloor(Row.perBeat)
    let last = map.beat(at: time(atEdge: Double(height))).row
    guard first <= last, first.distance(to: last) / Row.perBeat <= height * 8 else { return [] }
    return stride(from: first, through: last, by: Row.perBeat).compactMap { row in
      let y = y(of: map.seconds(at: row))
      return y > -0.5 && y < Double(height) ? (row, y) : nil
    }
  }
}
