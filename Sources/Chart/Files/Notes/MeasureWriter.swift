/// Writes measures of note data.
struct MeasureWriter {
  /// The line counts that StepMania writes, least first.
  static let lineCounts = [4, 8, 12, 16, 24, 32, 48, 64, 192]

  let lanes: Int
  let isLayered: Bool
  let newline: [UInt8]

  /// The least line count that has a line for every row.
  static func lineCount(for cells: some Sequence<CellLayers.PlacedCell>) -> Int {
    lineCounts.first { count in
      cells.allSatisfy { $0.row.index % (Row.perMeasure / count) == 0 }
    } ?? Row.perMeasure
  }

  /// The lines of a measure with their line ends; `count` divides 192.
  func lines(_ cells: ArraySlice<CellLayers.PlacedCell>, measure: Int, count: Int) -> [UInt8] {
    var text: [UInt8] = []
    var position = cells.startIndex
    let step = Row.perMeasure / count
    for line in 0..<count {
      let row = Row.measure(measure) + line * step
      let start = position
      while position < cells.endIndex, cells[position].row <= row { position += 1 }
      text += self.row(cells[start..<position]) + newline
    }
    return text
  }

  /// One row without a line end.
  func row(_ cells: ArraySlice<CellLayers.PlacedCell>) -> [UInt8] {
    guard !cells.isEmpty else { return Array(repeating: UInt8(ascii: "0"), count: lanes) }
    var row: [UInt8] = []
    row.reserveCapacity(lanes)
    var position = cells.startIndex
    for lane in 0..<lanes {
      if position < cells.endIndex, cells[position].lane == lane {
        row += cells[position].cell.text(isLayered: isLayered)
        position += 1
      } else {
        row.append(UInt8(ascii: "0"))
      }
    }
    return row
  }

  /// All note data of a chart, from the line after `#NOTES:` to before the `;`.
  static func noteData(_ chart: StepChart, newline: [UInt8]) -> [UInt8] {
    let lanes = chart.header.stepsType.lanes ?? (chart.notes.map(\.lane.index).max() ?? 0) + 1
    let isLayered = CellLayers.needsLayers(chart)
    let writer = MeasureWriter(lanes: lanes, isLayered: isLayered, newline: newline)
    let layers = CellLayers(chart.notes, lanes: lanes, isLayered: isLayered).layers
    let texts = layers.map { writer.layer($0) }
    return Array(texts.joined(separator: [UInt8(ascii: "&")] + newline))
  }

  private func layer(_ cells: [CellLayers.PlacedCell]) -> [UInt8] {
    let last = cells.last?.row.measure ?? 0
    var text: [UInt8] = []
    var position = 0
    for measure in 0...last {
      let start = position
      while position < cells.count, cells[position].row.measure <= measure { position += 1 }
      let slice = cells[start..<position]
      if measure > 0 { text += [UInt8(ascii: ",")] + newline }
      text += lines(slice, measure: measure, count: MeasureWriter.lineCount(for: slice))
    }
    return text
  }
}
