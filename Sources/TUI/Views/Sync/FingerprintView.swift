import Chart
import Editor

/// What begins to sound round each beat, one beat a line: a straight stripe down the middle is in sync, a tilt is a
/// wrong tempo, a jump a stop. Beside it how far the strongest onset stands from the beat.
struct FingerprintView {
  let state: EditorState
  let playhead: Beat?
  let theme: Theme
  let area: Rect

  /// Seconds shown on either side of a beat.
  private static let reach = 0.06

  func draw(into grid: inout Grid) {
    grid.fill(area, style: theme[.ui])
    for y in area.rows { grid.put(Glyph("│"), x: area.x, y: y, style: theme[.frame], within: area) }
    guard area.height >= 3, let onsets = state.music.onsets else {
      let row = area.row(area.height / 2)
      grid.write("no onsets heard yet", x: row.x + 2, y: row.y, style: theme[.menuHint], within: row)
      return
    }
    var rest = area
    let heading = rest.takeTop(1)
    _ = rest.takeLeft(2)
    let drift = rest.takeRight(min(22, rest.width / 2))
    // An odd number of columns has a middle one for the beat.
    let stripe = rest.takeLeft((rest.width - 9) / 2 * 2 + 1)
    grid.write("±60 ms", x: stripe.x, y: heading.y, style: theme[.panelLabel], within: heading)
    grid.write("off the beat", x: drift.x, y: heading.y, style: theme[.panelLabel], within: heading)
    let map = state.timingMap
    let centre = (playhead?.row ?? state.cursor).gridFloor(Row.perBeat)
    for line in 0..<stripe.height {
      let row = centre + (line - stripe.height / 3) * Row.perBeat
      guard row >= .zero else { continue }
      let time = map.seconds(at: row)
      let values = strengths(onsets, around: time, count: stripe.width)
      draw(values, row: stripe.row(line), isCentre: row == centre, into: &grid)
      let place = NumberText.right(NumberText.place(row), 7)
      let isMeasure = row.index.isMultiple(of: Row.perMeasure)
      grid.write(
        place, x: stripe.columns.upperBound + 1, y: stripe.y + line,
        style: theme[row == centre ? .fieldReceptor : isMeasure ? .fieldNumber : .panelLabel], within: area)
      drawDrift(state.lateness(of: row, by: map), row: drift.row(line), into: &grid)
    }
  }

  private func strengths(_ onsets: Envelope, around time: Seconds, count: Int) -> [Float] {
    let width = 2 * FingerprintView.reach / Double(max(1, count))
    return (0..<count).map { index in
      let start = time.value - FingerprintView.reach + Double(index) * width
      return onsets.peak(from: Seconds(start), to: Seconds(start + width))
    }
  }

  private static let shades: [Glyph] = [" ", "░", "▒", "▓", "█"].map { Glyph($0) }

  private func draw(_ values: [Float], row: Rect, isCentre: Bool, into grid: inout Grid) {
    for (index, value) in values.enumerated() {
      let step = min(4, max(0, Int((value * 5).rounded(.down))))
      var style = theme[.waveLoud]
      if let quiet = theme[.waveQuiet].foreground, let loud = theme[.waveOnset].foreground {
        style = Style(foreground: quiet.mixed(with: loud, Double(value)))
      }
      let isMiddle = index == values.count / 2
      if isMiddle, step == 0 {
        grid.put(Glyph("│"), x: row.x + index, y: row.y, style: theme[.fieldMeasure], within: row)
      } else {
        grid.put(FingerprintView.shades[step], x: row.x + index, y: row.y, style: style, within: row)
      }
    }
  }

  /// By how much the sound comes after the beat.
  private func drawDrift(_ lateness: Seconds?, row: Rect, into grid: inout Grid) {
    guard let lateness else { return }
    let milliseconds = lateness.value * 1000
    let style = theme[abs(milliseconds) <= 10 ? .syncGood : .syncBad]
    let text = (milliseconds < 0 ? "-" : "+") + "\(Int(abs(milliseconds).rounded())) ms"
    grid.write(NumberText.right(text, 7), x: row.x, y: row.y, style: style, within: row)
    let bar = Bars.horizontal(abs(milliseconds) / 60, width: max(0, row.width - 9))
    grid.write(bar, x: row.x + 8, y: row.y, style: style, within: row)
  }
}
