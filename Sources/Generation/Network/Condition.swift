import Chart
import Foundation

/// What is wanted, as the networks take it: scalars, then the vectors of level and steps type.
struct Condition: Hashable, Sendable {
  var stepsType: StepsType
  var level: Int?
  /// Note rows a second of the whole chart; nil when not known.
  var density: Double?
  /// Note rows a second of the region to fill; nil when not given.
  var regionDensity: Double?
  /// Wanted above 0, not wanted below.
  var styles: [String: Double] = [:]

  /// The scalars in the order of the contract; only the placement network has the region's density.
  func scalars(withRegion: Bool) -> [Float] {
    var scalars: [Float] = []
    // Levels above the highest that was trained are told as that one.
    append(level.map { Float(min(max($0, 0), ModelLayout.highestLevel)) / 10 }, to: &scalars)
    append(density.map(Self.densityScalar), to: &scalars)
    if withRegion { append(regionDensity.map(Self.densityScalar), to: &scalars) }
    for style in ModelLayout.styles { scalars.append(Float(min(1, max(-1, styles[style] ?? 0)))) }
    return scalars
  }

  private func append(_ value: Float?, to scalars: inout [Float]) {
    scalars += [value ?? 0, value == nil ? 0 : 1]
  }

  private static func densityScalar(_ density: Double) -> Float { Float(log(max(0.1, density) / 4)) }
}

/// The vectors of levels and steps types, and the layer that mixes them with the scalars.
package struct ConditionLayer: Sendable {
  private let levels: [Float]
  private let types: [Float]
  private let size: Int
  private let layer: Affine

  init(_ file: SafeTensors, scalars: Int) throws(ModelError) {
    size = try file.shape(of: "embeddings.levels").last ?? 0
    levels = try file.floats("embeddings.levels", [2 * ModelLayout.levels, nil])
    types = try file.floats("embeddings.types", [StepsType.authored.count + 1, size])
    layer = try Affine(file, "condition", inputs: scalars + 2 * size)
  }

  var width: Int { layer.outputs }

  func vector(_ condition: Condition, withRegion: Bool) throws(ModelError) -> [Float] {
    try vector(
      scalars: condition.scalars(withRegion: withRegion), level: condition.level, condition.stepsType)
  }

  package func vector(scalars: [Float], level: Int?, _ stepsType: StepsType) throws(ModelError) -> [Float] {
    let type = try ModelLayout.number(of: stepsType)
    let level = ModelLayout.embedding(of: level, stepsType)
    let input =
      scalars + levels[level * size..<(level + 1) * size]
      + types[type * size..<(type + 1) * size]
    var output = [Float](repeating: 0, count: width)
    layer.apply(input, rows: 1, into: &output)
    return output.map { max(0, $0) }
  }
}
