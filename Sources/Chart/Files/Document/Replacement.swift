/// Bytes that come in place of a range of a file; an empty range inserts.
struct Replacement {
  var range: Range<Int>
  var bytes: [UInt8]

  init(_ range: Range<Int>, _ bytes: [UInt8]) {
    self.range = range
    self.bytes = bytes
  }

  /// A part of a file with those replacements that lie in it. Replacements must not overlap; of several at one place
  /// the earlier in the list comes first.
  static func apply(_ replacements: [Replacement], to bytes: [UInt8], in range: Range<Int>) -> [UInt8] {
    let ordered = replacements.enumerated().sorted {
      $0.element.range.lowerBound != $1.element.range.lowerBound
        ? $0.element.range.lowerBound < $1.element.range.lowerBound : $0.offset < $1.offset
    }.map(\.element)
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var position = range.lowerBound
    for replacement in ordered {
      result += bytes[position..<replacement.range.lowerBound]
      result += replacement.bytes
      position = replacement.range.upperBound
    }
    result += bytes[position..<range.upperBound]
    return result
  }
}
