import Chart

/// The mirror images of a steps type: where each lane goes, and which row of the vocabulary each row becomes.
struct RowImages: Sendable {
  /// None, left-right, up-down, both.
  static let count = 4

  /// `images[mirror][row]`; -1 where the image is not in the vocabulary.
  let images: [[Int32]]

  init(rows: [PanelRow], type: StepsType) {
    let numbers = Dictionary(
      rows.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    images = Self.lanes(of: type).map { lanes in
      rows.map { numbers[PanelRow(taps: $0.taps.moved(by: lanes), heads: $0.heads.moved(by: lanes))] ?? -1 }
    }
  }

  /// The lane that each lane goes to, for each of the mirrors.
  static func lanes(of type: StepsType) -> [[Int]] {
    guard let (leftRight, upDown) = mirrors[type] else { return [] }
    return [Array(leftRight.indices), leftRight, upDown, leftRight.map { upDown[$0] }]
  }

  private static let mirrors: [StepsType: (leftRight: [Int], upDown: [Int])] = [
    .pumpSingle: ([4, 3, 2, 1, 0], [1, 0, 2, 4, 3]),
    .pumpDouble: ([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 0, 2, 4, 3, 6, 5, 7, 9, 8]),
    .pumpHalfDouble: ([5, 4, 3, 2, 1, 0], [0, 2, 1, 4, 3, 5]),
    .danceSingle: ([3, 1, 2, 0], [0, 2, 1, 3]),
    .danceDouble: ([7, 5, 6, 4, 3, 1, 2, 0], [0, 2, 1, 3, 4, 6, 5, 7]),
  ]
}

extension PanelSet {
  /// The panels that these become when each lane goes to another.
  func moved(by lanes: [Int]) -> PanelSet {
    var moved = PanelSet()
    for lane in self.lanes where lane.index < lanes.count {
      moved.formUnion(PanelSet(Lane(lanes[lane.index])))
    }
    return moved
  }
}
