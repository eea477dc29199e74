import Foundation

/// One LSTM layer (S. Hochreiter and J. Schmidhuber, 1997), its gates in the order input, forget, cell, output.
struct LongShortTermMemory: Sendable {
  let inputs: Int
  let width: Int
  /// `inputs` × 4 `width`.
  let input: [Float]
  private let recurrent: [Float]
  let bias: [Float]

  init(_ file: SafeTensors, _ name: String, inputs: Int? = nil) throws(ModelError) {
    let shape = try file.shape(of: "\(name).input")
    input = try file.floats("\(name).input", [inputs, nil])
    guard shape[1] % 4 == 0 else {
      throw .weightsBroken(name: file.name, problem: "\(name).input is not four gates wide")
    }
    self.inputs = shape[0]
    width = shape[1] / 4
    recurrent = try file.floats("\(name).recurrent", [width, 4 * width])
    bias = try file.floats("\(name).bias", [4 * width])
  }

  var gates: Int { 4 * width }

  /// Advances `count` independent sequences by one step. `gates` holds the input's share (bias included) and is
  /// overwritten; `hidden` and `cell` (`count` × `width`) are the state, before and after.
  func step(
    count: Int, gates: UnsafeMutablePointer<Float>, hidden: UnsafeMutablePointer<Float>,
    cell: UnsafeMutablePointer<Float>
  ) {
    Matrix.multiplyAdd(hidden, rows: count, inner: width, recurrent, columns: self.gates, into: gates)
    for sequence in 0..<count {
      let gate = gates + sequence * self.gates
      let h = hidden + sequence * width
      let c = cell + sequence * width
      for unit in 0..<width {
        let kept = sigmoid(gate[width + unit]) * c[unit]
        let state = kept + sigmoid(gate[unit]) * tanhf(gate[2 * width + unit])
        c[unit] = state
        h[unit] = sigmoid(gate[3 * width + unit]) * tanhf(state)
      }
    }
  }
}
