import Chart

/// Where the lanes stand across the field.
struct LaneColumns: Hashable {
  let area: Rect
  let laneWidth: Int
  let lanes: Int

  /// The columns of a lane.
  func columns(of lane: Int) -> Range<Int> {
    let start = area.x + lane * laneWidth
    return start..<start + laneWidth
  }

  /// Columns of the picture of a note: three where there is room, else one.
  var chipWidth: Int { laneWidth >= 7 ? 5 : laneWidth >= 3 ? 3 : 1 }

  /// Where a note's picture begins in a lane.
  func chipStart(of lane: Int) -> Int { area.x + lane * laneWidth + (laneWidth - chipWidth) / 2 }

  func centre(of lane: Int) -> Int { chipStart(of: lane) + chipWidth / 2 }
}
