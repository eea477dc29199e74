import Chart

/// Numbers as the screen writes them: right-aligned where they stand in columns, so that nothing jumps about.
enum NumberText {
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    value.isFinite ? DecimalText.fixed(value, decimals: decimals) : "–"
  }

  static func bpm(_ value: Double) -> String { fixed(value, 3) }

  /// `1:23.456`, with a sign before the start of the music.
  static func time(_ time: Seconds) -> String {
    guard time.value.isFinite, abs(time.value) < 1e9 else { return "–" }
    let milliseconds = Int((abs(time.value) * 1000).rounded())
    let seconds = milliseconds / 1000 % 60
    let thousandths = milliseconds % 1000
    return (time.value < 0 && milliseconds > 0 ? "-" : "") + "\(milliseconds / 60000):"
      + padded(seconds, 2) + "." + padded(thousandths, 3)
  }

  /// Measure from 0, beat from 1, and the rows after it when the row is off the beat: `17:1`, `17:1+12`.
  static func place(_ row: Row) -> String {
    let inMeasure = row.index - row.measure * Row.perMeasure
    let rest = inMeasure % Row.perBeat
    return "\(row.measure):\(inMeasure / Row.perBeat + 1)" + (rest == 0 ? "" : "+\(rest)")
  }

  static func percent(_ share: Double) -> String { "\(Int((min(max(share, 0), 1) * 100).rounded())) %" }

  /// Right-aligned in so many columns.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.columns)) + text
  }

  /// Left-aligned in so many columns.
  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.columns))
  }

  private static func padded(_ value: Int, _ digits: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

/// Bars from block elements.
enum Bars {
  /// A vertical bar of one cell for a share from 0 to 1.
  static func vertical(_ share: Double) -> Character {
    let steps: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return steps[min(max(Int((share * 8).rounded(.up)), 0), 8)]
  }

  /// A horizontal bar over so many cells for a share from 0 to 1, in eighths of a cell.
  static func horizontal(_ share: Double, width: Int) -> String {
    let steps: [Character] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let eighths = Int((min(max(share.isFinite ? share : 0, 0), 1) * Double(width * 8)).rounded())
    let text = String(repeating: "█", count: eighths / 8)
    return eighths % 8 == 0 ? text : text + String(steps[eighths % 8])
  }
}
