/// Reads the lines of a `.ucs` file into blocks.
///
/// The grammar is small: `:Format=1`, `:Mode=…`, then blocks of `:BPM :Delay :Beat :Split` and rows. What the
/// official editor would refuse but can be understood is read with a warning.
struct UCSReader {
  private(set) var mode = UCSMode.single
  private(set) var blocks: [UCSBlock] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Where each row's first cell stands in the file. Rows of a wrong length have all their cells read, but
  /// cannot be patched; `isUniform` tells.
  private(set) var rowOffsets: [Int] = []
  private(set) var isUniform = true

  private var pending: [String: Double] = [:]
  private var line = 0
  private var sawFormat = false
  private var sawMode = false

  /// - Throws: `UnreadableFile` when the bytes are not a `.ucs` file at all.
  init(_ bytes: [UInt8]) throws(UnreadableFile) {
    try UnreadableFile.refuseTooLarge(bytes)
    var hasBareLineEnd = false
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var stop = end
      if stop > start, bytes[stop - 1] == UInt8(ascii: "\r") {
        stop -= 1
      } else if end < bytes.count {
        hasBareLineEnd = true
      }
      line += 1
      try read(bytes[start..<stop])
      start = end + 1
    }
    guard sawFormat else {
      throw UnreadableFile("ucs-format", "there is no :Format=1 line", remedy: "is it a .ucs file?")
    }
    if blocks.isEmpty { throw UnreadableFile("ucs-empty", "the file has no block of rows") }
    if hasBareLineEnd {
      diagnostics.append(
        Diagnostic(
          .warning, "ucs-line-ends", "lines end without CR; the official web editor refuses that",
          remedy: "save it here"))
    }
    for block in blocks.filter(\.cells.isEmpty).prefix(DiagnosticLog.limit) {
      diagnostics.append(
        Diagnostic(.warning, "ucs-empty-block", "a block without a row", line: block.firstLine))
    }
  }

  private mutating func read(_ text: ArraySlice<UInt8>) throws(UnreadableFile) {
    guard let first = text.first else {
      warn("ucs-blank-line", "a blank line; the official web editor refuses it")
      return
    }
    if first == UInt8(ascii: ":") {
      try readHeader(String(decoding: text.dropFirst(), as: UTF8.self))
    } else {
      try readRow(text)
    }
  }

  private mutating func readHeader(_ text: String) throws(UnreadableFile) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let key = parts[0].trimmingBlanks
    let value = parts.count > 1 ? parts[1].trimmingBlanks : ""
    switch key {
    case "Format":
      if value != "1" { warn("ucs-format", "format \(value) is not known; read as format 1") }
      sawFormat = true
    case "Mode":
      guard let known = UCSMode(rawValue: value) else {
        throw UnreadableFile(
          "ucs-mode", "the mode \"\(value)\" is not known",
          remedy: "write one of \(UCSMode.allCases.map(\.rawValue).joined(separator: ", "))", line: line)
      }
      guard blocks.isEmpty || known == mode else {
        warn("ucs-mode", "a second mode behind rows of the first; it is left out")
        return
      }
      mode = known
      sawMode = true
    case "BPM", "Delay", "Beat", "Split":
      guard let number = Double(value), number.isFinite else {
        throw UnreadableFile("ucs-number", ":\(key)= needs a number, not \"\(value)\"", line: line)
      }
      try setHeader(key, number)
    default:
      warn("ucs-header", "the header :\(key) is not known and is left out")
    }
  }

  private mutating func setHeader(_ key: String, _ number: Double) throws(UnreadableFile) {
    if pending[key] != nil { warn("ucs-header", ":\(key) stands twice in one header; the later counts") }
    if let range = UCSReader.ranges[key], !range.contains(number) {
      guard number > 0 || key == "Delay", number.magnitude <= UCSReader.limit else {
        throw UnreadableFile(
          "ucs-range", ":\(key)=\(number) is no value for a chart",
          remedy: "give it one from \(range.lowerBound) to \(range.upperBound)", line: line)
      }
      warn("ucs-range", ":\(key)=\(number) is outside \(range.lowerBound) to \(range.upperBound)")
    }
    pending[key] = number
  }

  /// What two independent editors of the format accept.
  private static let ranges: [String: ClosedRange<Double>] = [
    "BPM": 0.1...999, "Delay": -999_999...999_999, "Beat": 1...64, "Split": 1...128,
  ]

  /// Beyond this a value is damage, not an odd tempo.
  private static let limit = 1e7

  private mutating func readRow(_ text: ArraySlice<UInt8>) throws(UnreadableFile) {
    guard sawMode else { throw UnreadableFile("ucs-mode", "a row before the :Mode line", line: line) }
    if !pending.isEmpty { try beginBlock() }
    guard !blocks.isEmpty else {
      throw UnreadableFile("ucs-block", "a row before the first block header", line: line)
    }
    rowOffsets.append(text.startIndex)
    if text.count != mode.lanes {
      isUniform = false
      warn("ucs-row-length", "a row of \(text.count) cells where \(mode.lanes) belong")
    }
    for lane in 0..<mode.lanes {
      let cell = lane < text.count ? text[text.startIndex + lane] : UCSBlock.Cell.empty
      blocks[blocks.count - 1].cells.append(known(cell))
    }
  }

  private mutating func known(_ cell: UInt8) -> UInt8 {
    switch cell {
    case UCSBlock.Cell.empty, UCSBlock.Cell.tap, UCSBlock.Cell.head, UCSBlock.Cell.body, UCSBlock.Cell.tail:
      return cell
    default:
      warn("ucs-cell", "a cell that is none of . X M H W is read as empty")
      return UCSBlock.Cell.empty
    }
  }

  private mutating func beginBlock() throws(UnreadableFile) {
    let missing = ["BPM", "Delay", "Beat", "Split"].filter { pending[$0] == nil }
    if !missing.isEmpty {
      warn("ucs-header", "a block header without \(missing.joined(separator: ", ")); the last value goes on")
    }
    let previous = blocks.last
    guard let bpm = pending["BPM"] ?? previous?.bpm else {
      throw UnreadableFile("ucs-block", "the first block has no :BPM", line: line)
    }
    blocks.append(
      UCSBlock(
        bpm: bpm, delay: pending["Delay"] ?? 0, beat: max(1, Int(pending["Beat"] ?? 4)),
        split: max(1, Int(pending["Split"] ?? Double(previous?.split ?? 4))), firstLine: line))
    pending = [:]
  }

  private mutating func warn(_ code: String, _ message: String, remedy: String = "") {
    guard diagnostics.count < DiagnosticLog.limit else { return }
    diagnostics.append(Diagnostic(.warning, code, message, remedy: remedy, line: line))
  }
}

extension StringProtocol {
  /// Without the blanks, tabs and line ends at both ends.
  var trimmingBlanks: String {
    let isBlank = { (character: Character) in character.isWhitespace }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[first...last])
  }
}
