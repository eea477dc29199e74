import Foundation

/// One LSTM layer (S. Hochreiter and J. Schmidhuber, 1997), its gates in the order input, forget, cell, output.
struct LongShortTermMemory: Sendable {
  private static let stride = Squash.Eight.scalarCount

  let inputs: Int
  let width: Int
  /// `inputs` × 4 `width`.
  let input: Weights
  private let recurrent: Weights
  let bias: [Float]

  init(_ file: SafeTensors, _ name: String, inputs: Int? = nil) throws(ModelError) {
    let shape = try file.shape(of: "\(name).input")
    input = Weights(try file.floats("\(name).input", [inputs, nil]), columns: shape[1])
    guard shape[1] > 0, shape[1] % (4 * Self.stride) == 0 else {
      throw .weightsBroken(
        name: file.name, problem: "\(name).input is not four gates of a multiple of eight wide")
    }
    self.inputs = shape[0]
    width = shape[1] / 4
    recurrent = Weights(try file.floats("\(name).recurrent", [width, 4 * width]), columns: 4 * width)
    bias = try file.floats("\(name).bias", [4 * width])
  }

  var gates: Int { 4 * width }

  /// Writes the bias as the gates of some sequences.
  func fillBias(_ gates: UnsafeMutablePointer<Float>, count: Int) {
    bias.withUnsafeBufferPointer { bias in
      guard let base = bias.baseAddress else { return }
      for sequence in 0..<count { (gates + sequence * self.gates).update(from: base, count: self.gates) }
    }
  }

  /// Advances `count` independent sequences by one step. `gates` holds the input's share (bias included) and is
  /// overwritten; `hidden` and `cell` (`count` × `width`) are the state, before and after.
  func step(
    count: Int, gates: UnsafeMutablePointer<Float>, hidden: UnsafeMutablePointer<Float>,
    cell: UnsafeMutablePointer<Float>
  ) {
    recurrent.multiplyAdd(hidden, rows: count, into: gates)
    for sequence in 0..<count {
      let gate = gates + sequence * self.gates
      let h = hidden + sequence * width
      let c = cell + sequence * width
      for unit in Swift.stride(from: 0, to: width, by: Self.stride) {
        let opened = Squash.sigmoid(Squash.load(gate + unit))
        let kept = Squash.sigmoid(Squash.load(gate + width + unit))
        let fresh = Squash.tanh(Squash.load(gate + 2 * width + unit))
        let shown = Squash.sigmoid(Squash.load(gate + 3 * width + unit))
        let state = kept * Squash.load(c + unit) + opened * fresh
        Squash.store(state, to: c + unit)
        Squash.store(shown * Squash.tanh(state), to: h + unit)
      }
    }
  }
}
