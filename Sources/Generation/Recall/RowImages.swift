import Chart

/// Which row of the vocabulary each row of a steps type becomes in each of its mirrors (`LaneMap.images`).
struct RowImages: Sendable {
  /// `images[mirror][row]`; -1 where the image is not in the vocabulary.
  let images: [[Int32]]

  init(rows: [PanelRow], type: StepsType) {
    let numbers = Dictionary(
      rows.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    images = LaneMap.images(type).map { lanes in
      rows.map { numbers[PanelRow(taps: $0.taps.moved(by: lanes), heads: $0.heads.moved(by: lanes))] ?? -1 }
    }
  }
}

extension PanelSet {
  /// The panels that these become when each lane goes to another.
  func moved(by map: LaneMap) -> PanelSet {
    lanes.reduce(into: PanelSet()) { $0.formUnion(PanelSet(map[$1])) }
  }
}
