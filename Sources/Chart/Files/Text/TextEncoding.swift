import Glibc

/// How a simfile's bytes stand for text. StepMania writes UTF-8; older files carry the code page of their author.
package enum TextEncoding: String, Hashable, Sendable, CaseIterable {
  case utf8 = "UTF-8"
  case korean = "CP949"
  case japanese = "CP932"
  case western = "CP1252"

  /// The encoding that a file is most likely in: UTF-8 when it is valid, else the code page whose characters it uses.
  package static func detected(in bytes: [UInt8]) -> TextEncoding {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return .utf8 }
    if String(validating: bytes, as: UTF8.self) != nil { return .utf8 }
    let evidence = CodePageEvidence(bytes.span)
    if evidence.kana > 0, evidence.kana >= evidence.hangul { return .japanese }
    if evidence.hangul > 0, evidence.hangul > evidence.single { return .korean }
    return .western
  }

  /// The text that some bytes stand for. Bytes that mean nothing in the encoding are read as CP1252 where all of the
  /// text is of no use otherwise, so that a text is never lost.
  package func decode(_ bytes: [UInt8]) -> String {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return String(decoding: bytes, as: UTF8.self) }
    if self == .utf8, let text = String(validating: bytes, as: UTF8.self) { return text }
    if self == .korean || self == .japanese,
      let utf8 = TextEncoding.convert(bytes, from: rawValue, to: "UTF-8")
    {
      return String(decoding: utf8, as: UTF8.self)
    }
    return TextEncoding.westernText(bytes)
  }

  /// The bytes of a text; nil when the encoding has no place for one of its characters.
  package func encode(_ text: String) -> [UInt8]? {
    let utf8 = Array(text.utf8)
    if self == .utf8 || !utf8.contains(where: { $0 >= 0x80 }) { return utf8 }
    if self == .western { return TextEncoding.westernBytes(text) }
    return TextEncoding.convert(utf8, from: "UTF-8", to: rawValue)
  }

  /// CP1252 with its five unused bytes read as control characters, as browsers do: every byte has a meaning.
  private static func westernText(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes {
      let isSpecial = (0x80..<0xA0).contains(byte)
      text.append(isSpecial ? westernSpecials[Int(byte) - 0x80] : Unicode.Scalar(byte))
    }
    return String(text)
  }

  private static func westernBytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if let special = westernSpecials.firstIndex(of: scalar) {
        bytes.append(UInt8(0x80 + special))
      } else if let byte = UInt8(exactly: scalar.value), !(0x80..<0xA0).contains(byte) {
        bytes.append(byte)
      } else {
        return nil
      }
    }
    return bytes
  }

  /// What CP1252 has at 0x80 to 0x9F.
  private static let westernSpecials = Array(
    "\u{20AC}\u{81}\u{201A}\u{192}\u{201E}\u{2026}\u{2020}\u{2021}\u{2C6}\u{2030}\u{160}\u{2039}\u{152}\u{8D}\u{17D}\u{8F}\u{90}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\u{2DC}\u{2122}\u{161}\u{203A}\u{153}\u{9D}\u{17E}\u{178}"
      .unicodeScalars)

  /// Converts with the C library; nil when some bytes have no counterpart.
  private static func convert(_ bytes: [UInt8], from source: String, to target: String) -> [UInt8]? {
    let converter = iconv_open(target, source)
    guard converter != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    // No character of these encodings needs more than four bytes in another.
    var output = [CChar](repeating: 0, count: bytes.count * 4 + 4)
    let written = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output -> Int? in
        var from = input.baseAddress
        var fromLeft = input.count
        var to = output.baseAddress
        var toLeft = output.count
        let result = iconv(converter, &from, &fromLeft, &to, &toLeft)
        return result == Int(bitPattern: UInt.max) ? nil : output.count - toLeft
      }
    }
    return written.map { count in output.prefix(count).map { UInt8(bitPattern: $0) } }
  }
}

/// How many characters typical of each code page some bytes hold.
private struct CodePageEvidence {
  /// Pairs in the Hangul block of KS X 1001.
  var hangul = 0
  /// Hiragana and katakana pairs of Shift JIS.
  var kana = 0
  /// High bytes between ASCII ones: accented letters.
  var single = 0

  init(_ bytes: Span<UInt8>) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= 0x80 else {
        index += 1
        continue
      }
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if (byte == 0x82 && (0x9F...0xF1).contains(next)) || (byte == 0x83 && (0x40...0x96).contains(next)) {
        kana += 1
        index += 2
      } else if (0xB0...0xC8).contains(byte), next >= 0xA1 {
        hangul += 1
        index += 2
      } else {
        if next < 0x80 { single += 1 }
        index += next >= 0x80 ? 2 : 1
      }
    }
  }
}
