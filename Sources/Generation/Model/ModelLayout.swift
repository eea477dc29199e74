import Chart

/// Sizes, orders and tables that the weights are trained to (`Training/ENGINE.md`).
enum ModelLayout {
  static let slotsPerToken = 2
  static let tokensPerBeat = BeatGrid.slotsPerBeat / slotsPerToken
  static let tokensPerMeasure = 4 * tokensPerBeat

  static let levels = 32
  static let unknownLevel = levels - 1
  static let highestLevel = levels - 2

  static let commonLanes = 18
  static let rowChannels = 2 * commonLanes
  static let styles = [
    "run", "drill", "jack", "jump", "bracket", "hold", "twist", "triplet", "fast", "offbeat", "steady",
    "gimmick",
  ]

  /// The type's number in the weights' tables.
  static func number(of type: StepsType) throws(ModelError) -> Int {
    guard let number = StepsType.authored.firstIndex(of: type) else {
      throw .stepsTypeUnknown(name: type.name)
    }
    return number
  }

  /// The first of a type's lanes among the common ones: ten of Pump, then eight of dance.
  static func firstCommonLane(of type: StepsType) -> Int {
    if type.isDance { return 10 }
    return type == .pumpHalfDouble ? 2 : 0
  }

  /// The column of a level in the tables by level.
  static func column(of level: Int?) -> Int {
    level.map { min(max($0, 0), highestLevel) } ?? unknownLevel
  }

  /// The row of a level among the embeddings: those of Pump, then those of dance.
  static func embedding(of level: Int?, _ type: StepsType) -> Int {
    column(of: level) + (type.isDance ? levels : 0)
  }
}
