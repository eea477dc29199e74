import Foundation

/// Tells what a person wrote from what was spoilt: a small network over the traits of a region, fitted to real regions
/// and to corrupted ones (`Training/README.md`).
struct Critic: Sendable {
  private struct File: Decodable {
    struct Layer: Decodable {
      /// One array an input.
      var weight: [[Float]]
      var bias: [Float]
    }

    var traits: [String]
    var mean: [Float]
    var deviation: [Float]
    var layers: [Layer]
  }

  /// Traits far outside what was seen count as this far.
  private static let farthest: Float = 5

  private let mean: [Float]
  private let factor: [Float]
  private let layers: [File.Layer]

  init(contentsOf path: String) throws(ModelError) {
    let name = URL(filePath: path).lastPathComponent
    guard let data = FileManager.default.contents(atPath: path),
      let file = try? JSONDecoder().decode(File.self, from: data)
    else { throw .weightsBroken(name: name, problem: "it cannot be read") }
    let count = CriticTrait.allCases.count
    guard file.traits == CriticTrait.allCases.map(\.rawValue), file.mean.count == count,
      file.deviation.count == count
    else { throw .weightsBroken(name: name, problem: "it is made for other traits") }
    var inputs = count
    for layer in file.layers {
      guard layer.weight.count == inputs, layer.weight.allSatisfy({ $0.count == layer.bias.count }) else {
        throw .weightsBroken(name: name, problem: "its layers do not fit together")
      }
      inputs = layer.bias.count
    }
    guard inputs == 1, !file.layers.isEmpty else {
      throw .weightsBroken(name: name, problem: "its last layer does not end in one value")
    }
    mean = file.mean
    factor = file.deviation.map { 1 / max($0, 1e-6) }
    layers = file.layers
  }

  /// The log-odds that a person wrote it; 0 is in doubt.
  func score(_ traits: CriticTraits) -> Double {
    var values = traits.values.indices.map { index in
      min(Self.farthest, max(-Self.farthest, (traits.values[index] - mean[index]) * factor[index]))
    }
    for (index, layer) in layers.enumerated() {
      var next = layer.bias
      for (input, value) in values.enumerated() where value != 0 {
        for output in next.indices { next[output] += value * layer.weight[input][output] }
      }
      values = index < layers.count - 1 ? next.map { max(0, $0) } : next
    }
    return Double(values[0])
  }
}
