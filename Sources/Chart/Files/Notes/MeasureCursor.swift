/// One measure of note data as it stands in the bytes.
struct MeasureText {
  /// From after the last measure's comma up to the own comma (or the end of the layer).
  var range: Range<Int>
  /// The player's layer, from 0; `&` begins the next.
  var layer: Int
  /// The number within the layer, from 0.
  var index: Int
}

/// Walks note data measure by measure and row by row: `,` ends a measure, `&` a layer, blank rows and comments do not
/// count. Nothing between two commas makes no measure; a line end between them makes an empty one.
struct MeasureCursor {
  private var position: Int
  private let end: Int
  private var layer = 0
  private var index = 0

  init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next measure, its rows' places put into `rows`; nil at the end of the note data.
  mutating func next(in bytes: Span<UInt8>, rows: inout [Range<Int>]) -> MeasureText? {
    while position < end {
      rows.removeAll(keepingCapacity: true)
      let start = position
      let hasText = readRows(bytes, into: &rows)
      let measure = MeasureText(range: start..<position, layer: layer, index: index)
      let endsLayer = position < end && bytes[position] == UInt8(ascii: "&")
      position += 1
      if hasText { index += 1 }
      if endsLayer {
        layer += 1
        index = 0
      }
      if hasText { return measure }
    }
    return nil
  }

  /// Stops on the comma or ampersand that ends the measure. Returns whether anything but a comment was there.
  private mutating func readRows(_ bytes: Span<UInt8>, into rows: inout [Range<Int>]) -> Bool {
    var rowStart = position
    var hasText = false
    while position < end {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "&"):
        MeasureCursor.append(rowStart..<position, bytes, to: &rows)
        return hasText
      case MSDText.newline:
        hasText = true
        MeasureCursor.append(rowStart..<position, bytes, to: &rows)
        position += 1
        rowStart = position
      case MSDText.slash where MSDText.isComment(bytes, at: position):
        MeasureCursor.append(rowStart..<position, bytes, to: &rows)
        position = min(MSDText.endOfLine(bytes, from: position), end)
        rowStart = position
      default:
        hasText = true
        position += 1
      }
    }
    MeasureCursor.append(rowStart..<position, bytes, to: &rows)
    return hasText
  }

  @inline(__always)
  private static func append(_ range: Range<Int>, _ bytes: Span<UInt8>, to rows: inout [Range<Int>]) {
    let row = MSDText.trimmed(bytes, range)
    if !row.isEmpty { rows.append(row) }
  }

  /// The row of the grid nearest to line `line` of `count`, within a measure; halves go to the even one.
  @inline(__always)
  static func gridRow(line: Int, of count: Int) -> Int {
    let (quotient, remainder) = (line * Row.perMeasure).quotientAndRemainder(dividingBy: count)
    if remainder * 2 > count || (remainder * 2 == count && quotient % 2 == 1) { return quotient + 1 }
    return quotient
  }
}
