import Foundation
import Testing

@testable import Generation

/// What PyTorch says, beside the tests.
enum Fixtures {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  static func read<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(contentsOf: folder.appending(path: "\(name).json")))
  }

  /// Value i (row-major, from 0) of an input made by formula.
  static func wave(_ index: Int, pace: Double) -> Float { Float(sin(pace * Double(index + 1))) }
}

/// The weights that are shipped.
enum ShippedModel {
  static let folder = ModelFolder(
    environment: [
      ModelFolder.variable: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/Generation/Resources").path
    ])

  static func suggester() throws -> Suggester { try Suggester(folder: folder) }

  static func selection() throws -> SelectionNetwork {
    try SelectionNetwork(SafeTensors(contentsOf: folder.path(of: "selection.safetensors")))
  }

  static func placement() throws -> PlacementNetwork {
    try PlacementNetwork(SafeTensors(contentsOf: folder.path(of: "placement.safetensors")))
  }
}

/// Whether all values agree within a tolerance; where they do not, the first that differs.
func difference(_ values: some Collection<Float>, _ expected: [Float], within tolerance: Float) -> String? {
  guard values.count == expected.count else { return "\(values.count) values instead of \(expected.count)" }
  for (index, (value, other)) in zip(values, expected).enumerated() where !(abs(value - other) <= tolerance) {
    return "value \(index) is \(value), not \(other)"
  }
  return nil
}
