import Chart
import Editor

/// The music beside the lanes: loudness as a bar to the right, two to a line, brighter where something begins.
struct WaveformView {
  let state: EditorState
  let theme: Theme
  let area: Rect
  /// The time at the upper edge of a line of the area, fractions of lines included.
  let time: (Double) -> Seconds

  func draw(into grid: inout Grid) {
    grid.fill(area, style: theme[.field])
    guard area.width >= 2 else { return }
    guard let waveform = state.music.waveform else {
      drawNotice(into: &grid)
      return
    }
    for line in 0..<area.height {
      let edges = (0...2).map { time(Double(line) + Double($0) / 2) }
      let upper = peak(waveform, edges[0], edges[1])
      let lower = peak(waveform, edges[1], edges[2])
      drawLine(y: area.y + line, upper: upper, lower: lower, onset: onset(edges[0], edges[2]), into: &grid)
    }
  }

  private func drawLine(y: Int, upper: Float, lower: Float, onset: Float, into grid: inout Grid) {
    let half = Double(area.width * 2)
    let upperSteps = Int((Double(upper) * half).rounded())
    let lowerSteps = Int((Double(lower) * half).rounded())
    for x in 0..<area.width {
      let top = upperSteps - 2 * x
      let bottom = lowerSteps - 2 * x
      if top <= 0 && bottom <= 0 { break }
      let glyph = WaveformView.quadrants[min(max(top, 0), 2) * 3 + min(max(bottom, 0), 2)]
      grid.put(
        glyph, x: area.x + x, y: y, style: style(at: Double(x) / Double(area.width), onset), within: area)
    }
  }

  /// Half blocks by how many columns of the upper half (times three) and of the lower half are filled.
  private static let quadrants: [Glyph] = [" ", "▖", "▄", "▘", "▌", "▙", "▀", "▛", "█"].map { Glyph($0) }

  private func style(at share: Double, _ onset: Float) -> Style {
    guard let quiet = theme[.waveQuiet].foreground, let loud = theme[.waveLoud].foreground else {
      return onset > 0.5 ? theme[.waveOnset] : theme[.waveQuiet]
    }
    var color = quiet.mixed(with: loud, share)
    if let bright = theme[.waveOnset].foreground { color = color.mixed(with: bright, Double(onset) * 0.6) }
    return Style(foreground: color)
  }

  private func peak(_ envelope: Envelope, _ first: Seconds, _ second: Seconds) -> Float {
    envelope.peak(from: min(first, second), to: max(first, second))
  }

  private func onset(_ first: Seconds, _ second: Seconds) -> Float {
    guard let onsets = state.music.onsets else { return 0 }
    return peak(onsets, first, second)
  }

  private func drawNotice(into grid: inout Grid) {
    let text: String =
      switch state.music.status {
      case .loading: "loading…"
      case .loaded: ""
      case .failed: "no sound"
      case .none: "no music"
      }
    grid.write(
      text.clipped(to: area.width), x: area.x, y: area.y + area.height / 2, style: theme[.menuHint],
      within: area)
  }
}
