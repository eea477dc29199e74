/// Escapes and comments of simfile text.
package enum MSDText {
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let backslash = UInt8(ascii: "\\")
  static let slash = UInt8(ascii: "/")

  @inline(__always)
  static func isComment(_ bytes: Span<UInt8>, at index: Int) -> Bool {
    bytes[index] == slash && index + 1 < bytes.count && bytes[index + 1] == slash
  }

  /// The next `\n` at or after a place, or the end.
  static func endOfLine(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != newline { index += 1 }
    return index
  }

  /// The text of a param: comments dropped, escapes resolved.
  package static func unescaped(_ bytes: [UInt8], _ param: MSDParam) -> [UInt8] {
    param.isPlain ? Array(bytes[param.range]) : unescaped(bytes.span, param.range)
  }

  static func unescaped(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      if isComment(bytes, at: index) {
        index = min(endOfLine(bytes, from: index), range.upperBound)
      } else if bytes[index] == backslash {
        if index + 1 < range.upperBound { text.append(bytes[index + 1]) }
        index += 2
      } else {
        text.append(bytes[index])
        index += 1
      }
    }
    return text
  }

  /// Text as it has to stand in a file to be read back: `\` before `\ : ; #`, and `//` as `\/\/`. StepMania leaves `#`
  /// alone and loses titles that begin with it.
  package static func escaped(_ text: some Sequence<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var previous: UInt8 = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "#"), backslash:
        result += [backslash, byte]
      case slash where previous == slash:
        // The first of the pair is already written bare.
        result.removeLast()
        result += [backslash, slash, backslash, slash]
        previous = 0
        continue
      default:
        result.append(byte)
      }
      previous = byte
    }
    return result
  }

  /// A range without the blanks and line ends at both ends.
  static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, isBlank(bytes[low]) { low += 1 }
    while high > low, isBlank(bytes[high - 1]) { high -= 1 }
    return low..<high
  }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }
}
