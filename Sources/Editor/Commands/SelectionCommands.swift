import Chart

extension EditorState {
  /// Makes the region reach from where it began to a row; without a region it begins at the cursor.
  mutating func extendRegion(to row: Row) {
    let anchor = regionAnchor ?? cursor
    regionAnchor = anchor
    let filter = selection?.filter ?? .all
    selection = anchor == row ? nil : Selection(rows: min(anchor, row)..<max(anchor, row), filter: filter)
  }
}
