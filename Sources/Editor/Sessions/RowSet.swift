import Chart

/// A set of rows kept as ranges that neither touch nor overlap, in order.
package struct RowSet: Hashable, Sendable {
  package private(set) var ranges: [Range<Row>] = []

  package init() {}

  package func contains(_ row: Row) -> Bool { ranges.contains { $0.contains(row) } }

  mutating func insert(_ range: Range<Row>) {
    guard !range.isEmpty else { return }
    var merged = range
    var rest: [Range<Row>] = []
    for old in ranges {
      if old.upperBound < merged.lowerBound || old.lowerBound > merged.upperBound {
        rest.append(old)
      } else {
        merged = min(old.lowerBound, merged.lowerBound)..<max(old.upperBound, merged.upperBound)
      }
    }
    ranges = (rest + [merged]).sorted { $0.lowerBound < $1.lowerBound }
  }

  mutating func remove(_ range: Range<Row>) {
    ranges = ranges.flatMap { old -> [Range<Row>] in
      guard old.overlaps(range) else { return [old] }
      let before = old.lowerBound..<max(old.lowerBound, range.lowerBound)
      let after = min(old.upperBound, range.upperBound)..<old.upperBound
      return [before, after].filter { !$0.isEmpty }
    }
  }
}
