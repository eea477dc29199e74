import Chart

/// Snaps as the screen names them.
enum SnapText {
  /// The parts of a measure, with a mark where lines stand on the nearest rows only.
  static func parts(of snap: Snap) -> String { "\(snap.division)" + (snap.isExact ? "" : "~") }

  /// The note value of a row, and the snap's own where that is none of the usual ones.
  static func place(of row: Row, in snap: Snap) -> String {
    let usual = "1/\(Snap.quantisation(of: row).division)"
    guard !Snap.all.contains(snap), snap.holds(row) else { return usual }
    return usual + ", 1/" + parts(of: snap)
  }
}
