/// Note data laid out anew: rows as they stand, in measures of the fewest lines that hold them.
enum CanonicalNotes {
  private struct Measure {
    var comments: [[UInt8]] = []
    var rows: [[UInt8]] = []
  }

  /// The note data in some bytes, every line ended.
  static func text(of bytes: [UInt8], _ range: Range<Int>, stepsType: StepsType) -> [UInt8] {
    let span = bytes.span
    let width = stepsType.lanes ?? NoteDataReader.width(of: span, range)
    let silence = [UInt8](repeating: UInt8(ascii: "0"), count: max(1, width))
    let texts = layers(of: bytes, range).map { measures in
      Array(measures.map { lines(of: $0, silence: silence) }.joined(separator: [UInt8(ascii: ","), 0x0A]))
    }
    return Array(texts.joined(separator: [UInt8(ascii: "&"), 0x0A]))
  }

  private static func layers(of bytes: [UInt8], _ range: Range<Int>) -> [[Measure]] {
    var cursor = MeasureCursor(range)
    var rows: [Range<Int>] = []
    var layers: [[Measure]] = [[]]
    while let text = cursor.next(in: bytes.span, rows: &rows) {
      while layers.count <= text.layer { layers.append([]) }
      let measure = Measure(comments: comments(in: bytes, text.range), rows: rows.map { Array(bytes[$0]) })
      layers[text.layer].append(measure)
    }
    for index in layers.indices {
      while let last = layers[index].last, last.rows.isEmpty, last.comments.isEmpty {
        layers[index].removeLast()
      }
    }
    return layers
  }

  private static func lines(of measure: Measure, silence: [UInt8]) -> [UInt8] {
    let count = measure.rows.count
    let used = measure.rows.indices.filter { index in measure.rows[index].contains { $0 != 0x30 } }
    let wanted =
      MeasureWriter.lineCounts.first { fewer in
        count == 0 || used.allSatisfy { $0 * fewer % count == 0 }
      } ?? count
    var lines = [[UInt8]](repeating: silence, count: wanted)
    for index in used { lines[index * wanted / count] = measure.rows[index] }
    return Array((measure.comments + lines).map { $0 + [MSDText.newline] }.joined())
  }

  /// The comments of a measure but for those that only number it.
  private static func comments(in bytes: [UInt8], _ range: Range<Int>) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var index = range.lowerBound
    while index < range.upperBound {
      guard MSDText.isComment(bytes.span, at: index) else {
        index += 1
        continue
      }
      let end = min(MSDText.endOfLine(bytes.span, from: index), range.upperBound)
      let comment = Array(bytes[MSDText.trimmed(bytes.span, index..<end)])
      if !isNumber(comment) { result.append(comment) }
      index = end
    }
    return result
  }

  private static func isNumber(_ comment: [UInt8]) -> Bool {
    let words = comment.dropFirst(2).split(separator: 0x20)
    guard let last = words.last, last.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return false }
    return words.count == 1
      || words.count == 2 && String(decoding: words[0], as: UTF8.self).lowercased() == "measure"
  }
}
