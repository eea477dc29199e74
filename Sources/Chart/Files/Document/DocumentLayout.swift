/// A document cut into pieces that follow each other without a gap.
struct DocumentLayout {
  /// Up to the end of the line of the last song tag before the first chart.
  var header: Range<Int>
  /// What stands between a chart and the one before it: line ends, comments, stray song tags.
  var leads: [Range<Int>] = []
  /// A chart with the rest of its last line.
  var bodies: [Range<Int>] = []
  var tail: Range<Int>
}

extension SimfileDocument {
  var layout: DocumentLayout {
    let firstChart = sources.first?.values.lowerBound ?? values.count
    var position = firstChart > 0 ? lineEnd(after: values[firstChart - 1].range.upperBound) : 0
    var layout = DocumentLayout(header: 0..<position, tail: position..<bytes.count)
    for source in sources {
      let start = values[source.values.lowerBound].range.lowerBound
      let end = lineEnd(after: values[source.values.upperBound - 1].range.upperBound)
      layout.leads.append(position..<start)
      layout.bodies.append(start..<end)
      position = end
    }
    layout.tail = position..<bytes.count
    return layout
  }

  /// The start of the next line when only blanks and a comment stand before it; else the place itself.
  private func lineEnd(after place: Int) -> Int {
    var end = place
    while end < bytes.count, bytes[end] != MSDText.newline, MSDText.isBlank(bytes[end]) { end += 1 }
    if end < bytes.count, MSDText.isComment(bytes.span, at: end) {
      end = MSDText.endOfLine(bytes.span, from: end)
    }
    return end < bytes.count && bytes[end] == MSDText.newline ? end + 1 : place
  }

  /// The values that belong to the song, by their indices.
  var songValues: [Int] {
    var result: [Int] = []
    var next = 0
    for source in sources {
      result += next..<source.values.lowerBound
      next = source.values.upperBound
    }
    return result + Array(next..<values.count)
  }

  func holdsSongTags(_ range: Range<Int>) -> Bool {
    values.contains { $0.range.lowerBound >= range.lowerBound && $0.range.upperBound <= range.upperBound }
  }

  /// The line end that the file uses.
  var newline: [UInt8] {
    guard let end = bytes.firstIndex(of: MSDText.newline), end > 0, bytes[end - 1] == MSDText.carriageReturn
    else {
      return [MSDText.newline]
    }
    return [MSDText.carriageReturn, MSDText.newline]
  }
}
