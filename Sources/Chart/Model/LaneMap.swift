/// Where each lane's notes go when a chart is turned or mirrored.
package struct LaneMap: Hashable, Sendable {
  package let targets: [Int]

  /// Left and right change places, across both pads where there are two.
  package static func horizontal(_ type: StepsType) -> LaneMap {
    let lanes = type.lanes ?? 0
    let unit: [Int]
    switch type.name {
    case "dance-single", "dance-double", "dance-couple", "dance-routine": unit = [3, 1, 2, 0]
    case "dance-solo": return LaneMap(targets: [5, 4, 2, 3, 1, 0])
    default: return LaneMap(targets: (0..<lanes).reversed())
    }
    return LaneMap(targets: (0..<lanes).map { (lanes / 4 - 1 - $0 / 4) * 4 + unit[$0 % 4] })
  }

  /// Up and down change places on each pad.
  package static func vertical(_ type: StepsType) -> LaneMap {
    let lanes = type.lanes ?? 0
    let unit: [Int]
    switch type.name {
    case "pump-single", "pump-double", "pump-couple", "pump-routine": unit = [1, 0, 2, 4, 3]
    case "pump-halfdouble": unit = [0, 2, 1, 4, 3, 5]
    case "dance-single", "dance-double", "dance-couple", "dance-routine": unit = [0, 2, 1, 3]
    case "dance-solo": unit = [0, 1, 3, 2, 4, 5]
    default: return LaneMap(targets: Array(0..<lanes))
    }
    return LaneMap(targets: (0..<lanes).map { $0 / unit.count * unit.count + unit[$0 % unit.count] })
  }

  package static func both(_ type: StepsType) -> LaneMap {
    let first = horizontal(type)
    let second = vertical(type)
    return LaneMap(targets: first.targets.map { second.targets[$0] })
  }

  /// The four ways to see a chart in a mirror: as it is, left-right, up-down, both. Each is its own inverse.
  package static func images(_ type: StepsType) -> [LaneMap] {
    [LaneMap(targets: Array(0..<(type.lanes ?? 0))), horizontal(type), vertical(type), both(type)]
  }

  /// Every lane moved so many to the right, those that leave coming in on the other side.
  package static func rotation(_ type: StepsType, by steps: Int) -> LaneMap {
    let lanes = type.lanes ?? 0
    return LaneMap(targets: (0..<lanes).map { (($0 + steps) % lanes + lanes) % lanes })
  }

  package subscript(lane: Lane) -> Lane {
    targets.indices.contains(lane.index) ? Lane(targets[lane.index]) : lane
  }
}
