import Foundation

/// Working memory of a network: allocated once, freed with its owner. Threads may share it as `Halves` shares work: no two
/// of them write the same numbers, or read what another writes.
package final class Scratch {
  package let floats: UnsafeMutableBufferPointer<Float>

  package init(_ count: Int) {
    floats = .allocate(capacity: max(1, count))
    floats.initialize(repeating: 0)
  }

  deinit { floats.deallocate() }

  package subscript(offset: Int) -> UnsafeMutablePointer<Float> {
    // The buffer has at least one element, so it has an address.
    floats.baseAddress.unsafelyUnwrapped + offset
  }
}

/// `y = x W + b`, row by row.
struct Affine: Sendable {
  let inputs: Int
  let outputs: Int
  /// `inputs` × `outputs`.
  private let weight: Weights
  let bias: [Float]

  init(_ file: SafeTensors, _ name: String, inputs: Int? = nil, outputs: Int? = nil) throws(ModelError) {
    let shape = try file.shape(of: "\(name).weight")
    weight = Weights(try file.floats("\(name).weight", [inputs, outputs]), columns: shape[1])
    self.inputs = shape[0]
    self.outputs = shape[1]
    bias = try file.floats("\(name).bias", [shape[1]])
  }

  func apply(_ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>) {
    for row in 0..<rows {
      for column in 0..<outputs { output[row * outputs + column] = bias[column] }
    }
    weight.multiplyAdd(input, rows: rows, into: output)
  }
}

/// Convolution over time with zeros outside.
struct TimeConvolution: Sendable {
  let inputs: Int
  let outputs: Int
  /// One `inputs` × `outputs` matrix a tap.
  private let taps: [Weights]
  private let bias: [Float]

  init(_ file: SafeTensors, _ name: String, inputs: Int? = nil) throws(ModelError) {
    let shape = try file.shape(of: "\(name).weight")
    let all = try file.floats("\(name).weight", [nil, inputs, nil])
    let size = shape[1] * shape[2]
    self.inputs = shape[1]
    outputs = shape[2]
    taps = (0..<shape[0]).map { Weights(all[$0 * size..<($0 + 1) * size], columns: shape[2]) }
    bias = try file.floats("\(name).bias", [shape[2]])
  }

  /// How far the convolution sees to either side.
  func reach(dilation: Int) -> Int { taps.count / 2 * dilation }

  /// Fills (or adds to) the rows `range` of the output from the rows `0..<count` of the input.
  func apply(
    _ input: UnsafePointer<Float>, count: Int, dilation: Int = 1, range: Range<Int>,
    into output: UnsafeMutablePointer<Float>, adding: Bool = false
  ) {
    for row in range {
      for column in 0..<outputs {
        let old = adding ? output[row * outputs + column] : 0
        output[row * outputs + column] = old + bias[column]
      }
    }
    for (tap, weight) in taps.enumerated() {
      let shift = (tap - taps.count / 2) * dilation
      let first = max(range.lowerBound, -shift)
      let last = min(range.upperBound, count - shift)
      guard first < last else { continue }
      weight.multiplyAdd(
        input + (first + shift) * inputs, rows: last - first, into: output + first * outputs)
    }
  }
}

/// Normalisation of each row to mean 0 and variance 1, then a scale and a shift a channel.
struct LayerNorm: Sendable {
  private let weight: [Float]
  private let bias: [Float]

  init(_ file: SafeTensors, _ name: String, width: Int) throws(ModelError) {
    guard width % Squash.Eight.scalarCount == 0 else {
      throw .weightsBroken(name: file.name, problem: "\(name) is not a multiple of eight wide")
    }
    weight = try file.floats("\(name).weight", [width])
    bias = try file.floats("\(name).bias", [width])
  }

  /// `output = norm(input) · (1 + scale) + shift`, cut off below 0 where `isRectified`.
  func apply(
    _ input: UnsafePointer<Float>, range: Range<Int>, scale: UnsafePointer<Float>,
    shift: UnsafePointer<Float>,
    isRectified: Bool, into output: UnsafeMutablePointer<Float>
  ) {
    let width = weight.count
    weight.withUnsafeBufferPointer { weight in
      bias.withUnsafeBufferPointer { bias in
        for row in range {
          let x = input + row * width
          let y = output + row * width
          let mean = Self.sum(x, width) { $0 } / Float(width)
          let squares = Self.sum(x, width) { ($0 - mean) * ($0 - mean) }
          let factor = 1 / (squares / Float(width) + 1e-5).squareRoot()
          for channel in 0..<width {
            let normal = (x[channel] - mean) * factor * weight[channel] + bias[channel]
            let value = normal * (1 + scale[channel]) + shift[channel]
            y[channel] = isRectified ? max(0, value) : value
          }
        }
      }
    }
  }

  /// Eight sums side by side: one after the other, each addition would wait for the last.
  @inline(__always)
  private static func sum(
    _ values: UnsafePointer<Float>, _ count: Int, of value: (Squash.Eight) -> Squash.Eight
  ) -> Float {
    var sums = Squash.Eight.zero
    for index in stride(from: 0, to: count, by: Squash.Eight.scalarCount) {
      sums += value(Squash.load(values + index))
    }
    return sums.sum()
  }
}

/// Cuts values off below 0.
func rectify(_ values: UnsafeMutablePointer<Float>, count: Int) {
  for index in 0..<count { values[index] = max(0, values[index]) }
}

func sigmoid(_ x: Float) -> Float { 1 / (1 + expf(-x)) }
