/// A stretch of an Andamiro `.ucs` file under one header: a tempo, and how many rows a beat has in it.
struct UCSBlock: Hashable, Sendable {
  /// The cells that the format knows; anything else is read as empty.
  enum Cell {
    static let empty = UInt8(ascii: ".")
    static let tap = UInt8(ascii: "X")
    static let head = UInt8(ascii: "M")
    static let body = UInt8(ascii: "H")
    static let tail = UInt8(ascii: "W")
  }

  var bpm: Double
  /// Milliseconds before the block's first row: in block 1 from the start of the music.
  var delay: Double
  /// Beats a measure; moves bar lines only.
  var beat: Int
  /// Rows a beat, from 1 to 128.
  var split: Int
  /// Row after row, one byte a lane.
  var cells: [UInt8] = []
  /// The line of the first row, from 1; 0 in a block that was not read.
  var firstLine = 0

  /// Seconds from one row to the next.
  var secondsPerRow: Double { 60 / (bpm * Double(split)) }

  func rowCount(lanes: Int) -> Int { cells.count / lanes }
}

/// Who plays a `.ucs` chart, and on how many panels.
enum UCSMode: String, CaseIterable, Sendable {
  case single = "Single"
  case double = "Double"
  case singlePerformance = "S-Performance"
  case doublePerformance = "D-Performance"

  var stepsType: StepsType {
    switch self {
    case .single, .singlePerformance: .pumpSingle
    case .double, .doublePerformance: .pumpDouble
    }
  }

  var lanes: Int {
    switch self {
    case .single, .singlePerformance: 5
    case .double, .doublePerformance: 10
    }
  }
}
