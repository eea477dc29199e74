/// Rewrites a timing list keeping the text of every entry that still holds, so that an edit shows as one.
struct TimingListPatch {
  let tag: TimingTag
  let dialect: TimingDialect
  let encoding: TextEncoding
  let newline: [UInt8]

  private struct Item {
    var row: Row
    var text: [UInt8]
  }

  /// The list's new text. `content` is its old one.
  func text(content: [UInt8], to timing: TimingData) -> [UInt8] {
    let entries = tag.entries(of: timing)
    let isPlain = !content.contains(MSDText.backslash) && !TimingListPatch.hasComment(content)
    var wanted = Set(entries)
    var items: [Item] = []
    if isPlain {
      TimingListReader(tag: tag, dialect: dialect, encoding: encoding)
        .forEachEntry(content.span, content.indices) { bytes, fields in
          let text = Array(content[fields.range])
          guard let entry = entry(text) else { return }
          if wanted.remove(entry) != nil { items.append(Item(row: entry.row, text: text)) }
        }
    }
    for entry in entries where wanted.contains(entry) {
      items.append(Item(row: entry.row, text: MSDText.escaped(Array(entry.text.utf8))))
    }
    items.sort { $0.row < $1.row }
    return joined(items.map(\.text), like: content)
  }

  private static func hasComment(_ content: [UInt8]) -> Bool {
    content.indices.contains { MSDText.isComment(content.span, at: $0) }
  }

  /// An entry of the file in canonical form; nil for one that is not allowed.
  private func entry(_ text: [UInt8]) -> TimingEntry? {
    var timing = TimingData()
    TimingListReader(tag: tag, dialect: dialect, encoding: encoding)
      .read(text.span, text.indices, into: &timing) { _ in }
    return tag.entries(of: timing).first
  }

  /// Entries on one line or one a line, as the list was, with the blanks it had at its ends.
  private func joined(_ items: [[UInt8]], like content: [UInt8]) -> [UInt8] {
    let comma = UInt8(ascii: ",")
    let hasLines = content.indices.contains { index in
      content[index] == comma && index + 1 < content.count
        && (content[index + 1] == MSDText.newline || content[index + 1] == MSDText.carriageReturn)
    }
    let inner = MSDText.trimmed(content.span, content.indices)
    let lead = content[..<inner.lowerBound]
    let trail = content[inner.upperBound...]
    return Array(lead) + Array(items.joined(separator: [comma] + (hasLines ? newline : []))) + Array(trail)
  }
}
