/// One `#TAG:param:param;` of a simfile, as places in its bytes.
package struct MSDValue: Hashable, Sendable {
  /// From the `#` to just after the `;`, or to where the value was closed without one.
  package var range: Range<Int>
  /// The tag and what follows each `:`, as written: escapes and comments are still in it. Never empty.
  package var params: [MSDParam]
  /// Whether a `;` ends the value.
  package var isTerminated: Bool
}

/// One parameter as it stands in the bytes.
package struct MSDParam: Hashable, Sendable {
  package var range: Range<Int>
  /// Whether the bytes hold no escape and no comment, so that they are the text as they stand.
  package var isPlain: Bool
}

/// Cuts a simfile into values by the rules of StepMania's `MsdFile`: `//` comments go everywhere, `\` takes the next
/// byte literally, and a `#` that is first on its line closes a value whose `;` is missing.
package struct MSDScanner {
  private enum Marks {
    static let hash = UInt8(ascii: "#")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")
    static let backslash = UInt8(ascii: "\\")
    static let slash = UInt8(ascii: "/")
  }

  private var values: [MSDValue] = []
  private var params: [MSDParam] = []
  private var valueStart = 0
  private var paramStart = 0
  private var isPlain = true
  /// Just after the last byte of the param that is neither blank nor a line end nor in a comment.
  private var solidEnd = 0
  /// Whether only blanks stand between here and the start of the line or of the param. A `#` directly after `:` counts
  /// as first on its line, because StepMania looks at the param's text alone.
  private var isLineStart = true

  private init() {}

  /// The values of a file in order. Linear; at most `limit` values are returned.
  package static func values(in bytes: [UInt8], limit: Int = .max) -> [MSDValue] {
    var scanner = MSDScanner()
    scanner.scan(bytes.span, limit: limit)
    return scanner.values
  }

  private mutating func scan(_ bytes: Span<UInt8>, limit: Int) {
    var index = 0
    while index < bytes.count, values.count < limit {
      guard let start = MSDScanner.nextValue(in: bytes, from: index) else { return }
      index = scanValue(bytes, from: start)
    }
  }

  /// The next `#` outside a value. A `\` skips the byte after it; a comment hides what it holds.
  private static func nextValue(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case Marks.hash: return index
      case Marks.backslash: index += 2
      case Marks.slash where MSDText.isComment(bytes, at: index):
        index = MSDText.endOfLine(bytes, from: index)
      default: index += 1
      }
    }
    return nil
  }

  /// Reads the value whose `#` stands at `start`; returns where to go on.
  private mutating func scanValue(_ bytes: Span<UInt8>, from start: Int) -> Int {
    valueStart = start
    beginParam(at: start + 1)
    var index = start + 1
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case Marks.slash where MSDText.isComment(bytes, at: index):
        isPlain = false
        index = MSDText.endOfLine(bytes, from: index)
      case Marks.hash where isLineStart:
        endParam(at: max(solidEnd, paramStart))
        endValue(at: params.last?.range.upperBound ?? index, isTerminated: false)
        return index
      case Marks.colon:
        endParam(at: index)
        index += 1
        beginParam(at: index)
      case Marks.semicolon:
        endParam(at: index)
        endValue(at: index + 1, isTerminated: true)
        return index + 1
      case Marks.backslash:
        isPlain = false
        if index + 1 < bytes.count { pass(bytes[index + 1], at: index + 1) }
        index += 2
      default:
        pass(byte, at: index)
        index += 1
      }
    }
    endParam(at: bytes.count)
    endValue(at: bytes.count, isTerminated: false)
    return bytes.count
  }

  /// Notes a byte of text.
  @inline(__always)
  private mutating func pass(_ byte: UInt8, at index: Int) {
    if byte > 0x20 {
      isLineStart = false
      solidEnd = index + 1
    } else if byte == 0x0A || byte == 0x0D {
      isLineStart = true
    } else if byte != 0x20 && byte != 0x09 {
      isLineStart = false
      solidEnd = index + 1
    }
  }

  private mutating func beginParam(at index: Int) {
    paramStart = index
    solidEnd = index
    isPlain = true
    isLineStart = true
  }

  private mutating func endParam(at index: Int) {
    params.append(MSDParam(range: paramStart..<index, isPlain: isPlain))
  }

  private mutating func endValue(at index: Int, isTerminated: Bool) {
    values.append(MSDValue(range: valueStart..<index, params: params, isTerminated: isTerminated))
    params.removeAll(keepingCapacity: true)
  }
}
