/// A position on the finest grid that step files know: 48 rows a beat, 192 a measure.
package struct Row: Hashable, Comparable, Strideable, Sendable, Codable {
  package static let perBeat = 48
  /// A measure of note data is four beats, whatever the time signature says.
  package static let perMeasure = 192
  package static let zero = Row(0)

  /// Rows since beat 0; negative before it.
  package var index: Int

  package init(_ index: Int) { self.index = index }

  package var beat: Beat { Beat(Double(index) / Double(Row.perBeat)) }
  package var measure: Int { index.dividedDown(by: Row.perMeasure) }

  package func distance(to other: Row) -> Int { other.index - index }
  package func advanced(by rows: Int) -> Row { Row(index + rows) }

  package static func < (lhs: Row, rhs: Row) -> Bool { lhs.index < rhs.index }
  package static func + (row: Row, rows: Int) -> Row { Row(row.index + rows) }
  package static func - (row: Row, rows: Int) -> Row { Row(row.index - rows) }
  package static func += (row: inout Row, rows: Int) { row.index += rows }
  package static func measure(_ number: Int) -> Row { Row(number * perMeasure) }
}

/// A musical position in quarter notes from the first beat of the chart.
package struct Beat: Hashable, Comparable, Sendable, Codable {
  package var value: Double

  package init(_ value: Double) { self.value = value }

  /// The nearest row, halves to even, as StepMania rounds. Positions beyond any song stop at the largest row.
  package var row: Row {
    Row(Int(saturating: (value * Double(Row.perBeat)).rounded(.toNearestOrEven)))
  }

  package static func < (lhs: Beat, rhs: Beat) -> Bool { lhs.value < rhs.value }
  package static func + (lhs: Beat, rhs: Double) -> Beat { Beat(lhs.value + rhs) }
  package static func - (lhs: Beat, rhs: Double) -> Beat { Beat(lhs.value - rhs) }
}

/// A time or a length in seconds. A time counts from the start of the music file.
package struct Seconds: Hashable, Comparable, Sendable, Codable {
  package static let zero = Seconds(0)
  package var value: Double

  package init(_ value: Double) { self.value = value }

  /// Beyond this, eleven days, a number in a file is damage and no time of a song.
  package static let furthest = 1e6

  /// A time as a file gives it; nil when no song can mean it.
  package init?(plausible value: Double) {
    guard value.isFinite, abs(value) < Seconds.furthest else { return nil }
    self.value = value
  }

  package static func < (lhs: Seconds, rhs: Seconds) -> Bool { lhs.value < rhs.value }
  package static func + (lhs: Seconds, rhs: Seconds) -> Seconds { Seconds(lhs.value + rhs.value) }
  package static func - (lhs: Seconds, rhs: Seconds) -> Seconds { Seconds(lhs.value - rhs.value) }
  package static func += (lhs: inout Seconds, rhs: Seconds) { lhs.value += rhs.value }
  package static prefix func - (time: Seconds) -> Seconds { Seconds(-time.value) }
  package static func * (lhs: Seconds, rhs: Double) -> Seconds { Seconds(lhs.value * rhs) }
}

/// A column of the note field, from 0 at the left.
package struct Lane: Hashable, Comparable, Sendable {
  /// Small, because charts hold many.
  private var number: Int32

  package init(_ index: Int) { number = Int32(clamping: index) }

  package var index: Int {
    get { Int(number) }
    set { number = Int32(clamping: newValue) }
  }

  package static func < (lhs: Lane, rhs: Lane) -> Bool { lhs.index < rhs.index }
}

extension Lane: Codable {
  private enum CodingKeys: String, CodingKey { case index }

  package init(from decoder: any Decoder) throws {
    self.init(try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .index))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(index, forKey: .index)
  }
}

extension Int {
  /// The whole number of a position computed from what files say, which may be anything: far ones stop where sums and
  /// products with screens and grids still have room, and no number is 0.
  package init(saturating value: Double) {
    self = value.isNaN ? 0 : Int(Swift.max(-0x1p40, Swift.min(0x1p40, value)))
  }

  /// Division that rounds towards minus infinity (`-1` measure holds the rows -192 to -1).
  package func dividedDown(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
