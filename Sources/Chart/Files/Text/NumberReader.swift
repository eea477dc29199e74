/// Reads decimal numbers as simfiles hold them: `.` is the only decimal mark, whatever the locale.
enum NumberReader {
  /// The number at the start of some bytes, as C's `strtod` sees it without hexadecimal, infinities and NaN: blanks
  /// before it and anything after it are passed over. Text without a number gives 0, as in StepMania.
  static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double {
    parse(bytes, range)?.value ?? 0
  }

  /// The number at the start of a text and whether all of the text was needed for it; nil when there is none.
  static func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (value: Double, isWhole: Bool)? {
    var index = range.lowerBound
    while index < range.upperBound, MSDText.isBlank(bytes[index]) { index += 1 }
    let start = index
    var isNegative = false
    if index < range.upperBound, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    var digits = Digits()
    index = digits.read(bytes, index..<range.upperBound)
    guard digits.count > 0 else { return nil }
    index = digits.readExponent(bytes, index..<range.upperBound)
    let isWhole = MSDText.trimmed(bytes, index..<range.upperBound).isEmpty
    if let magnitude = digits.exactValue {
      return (isNegative ? -magnitude : magnitude, isWhole)
    }
    let text = String(decoding: (start..<index).map { bytes[$0] }, as: UTF8.self)
    guard let value = Double(text), value.isFinite else { return (0, isWhole) }
    return (value, isWhole)
  }

  /// The digits of a number on their way to a value.
  private struct Digits {
    var mantissa: UInt64 = 0
    var exponent = 0
    var count = 0
    var isExact = true

    mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
      var index = range.lowerBound
      var isFraction = false
      while index < range.upperBound {
        let byte = bytes[index]
        if byte >= 0x30, byte <= 0x39 {
          add(byte - 0x30, isFraction: isFraction)
        } else if byte == UInt8(ascii: "."), !isFraction {
          isFraction = true
        } else {
          break
        }
        index += 1
      }
      return index
    }

    private mutating func add(_ digit: UInt8, isFraction: Bool) {
      count += 1
      if mantissa > (1 << 53) / 10 {
        isExact = false
      } else {
        mantissa = mantissa * 10 + UInt64(digit)
        if isFraction { exponent -= 1 }
      }
    }

    /// Reads `e-3` where it stands; returns the place after it.
    mutating func readExponent(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
      var index = range.lowerBound
      guard index < range.upperBound, bytes[index] | 0x20 == UInt8(ascii: "e") else {
        return range.lowerBound
      }
      index += 1
      var sign = 1
      if index < range.upperBound, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
        sign = bytes[index] == UInt8(ascii: "-") ? -1 : 1
        index += 1
      }
      var value = 0
      let first = index
      while index < range.upperBound, bytes[index] >= 0x30, bytes[index] <= 0x39 {
        value = min(value * 10 + Int(bytes[index] - 0x30), 9999)
        index += 1
      }
      guard index > first else { return range.lowerBound }
      exponent += sign * value
      return index
    }

    /// Exact when mantissa and power of ten are both exact in a `Double`; nil asks for the slow way.
    var exactValue: Double? {
      guard isExact, abs(exponent) <= 22 else { return nil }
      let power = NumberReader.powersOfTen[abs(exponent)]
      return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
    }
  }

  private static let powersOfTen: [Double] = (0...22).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
