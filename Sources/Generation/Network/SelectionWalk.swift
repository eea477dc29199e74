import Foundation

/// The forward network at work on several sequences at once: their states, and the buffers that a step needs.
package final class SelectionWalk {
  private let network: SelectionNetwork
  private let vocabulary: SelectionNetwork.Vocabulary
  private let firstLane: Int
  /// `SelectionNetwork.prepare`'s answer for the steps of the walk.
  private let prepared: Scratch
  private let hidden: [Scratch]
  private let cells: [Scratch]
  private let gates: Scratch
  private let logits: Scratch
  private let holdInput: Scratch
  private let holdLogits: Scratch
  private(set) var sequences = 1

  /// - Parameter capacity: the most sequences that the walk will ever carry; it starts with one.
  package init(
    _ network: SelectionNetwork, _ vocabulary: SelectionNetwork.Vocabulary, prepared: Scratch, firstLane: Int,
    capacity: Int
  ) {
    self.network = network
    self.vocabulary = vocabulary
    self.firstLane = firstLane
    self.prepared = prepared
    hidden = network.layers.map { Scratch(capacity * $0.width) }
    cells = network.layers.map { Scratch(capacity * $0.width) }
    gates = Scratch(capacity * (network.layers.map(\.gates).max() ?? 0))
    logits = Scratch(capacity * vocabulary.rows.count)
    holdInput = Scratch(network.hold.inputs)
    holdLogits = Scratch(network.hold.outputs)
  }

  /// Continues the first sequence's state as so many sequences.
  func split(into count: Int) {
    for (index, layer) in network.layers.enumerated() {
      for sequence in 1..<max(1, count) {
        hidden[index][sequence * layer.width].update(from: hidden[index][0], count: layer.width)
        cells[index][sequence * layer.width].update(from: cells[index][0], count: layer.width)
      }
    }
    sequences = count
  }

  /// Advances all sequences by a step. `before` gives for a sequence the panels of its step before (nil at the chart's
  /// start) and the lanes that are held over this step.
  func advance(step: Int, before: (Int) -> (previous: PanelRow?, held: PanelSet)) {
    advance(step: step) { sequence, add in
      let (previous, held) = before(sequence)
      if let previous {
        for channel in SelectionNetwork.channels(of: previous, firstLane: firstLane) { add(channel, 1) }
      }
      for lane in held.lanes { add(ModelLayout.rowChannels + firstLane + lane.index, 1) }
    }
  }

  /// The same; `channels` reports, for a sequence, those of the first 54 input channels that are not 0.
  package func advance(step: Int, channels: (Int, (Int, Float) -> Void) -> Void) {
    let first = network.layers[0]
    for sequence in 0..<sequences {
      gates[sequence * first.gates].update(from: prepared[step * first.gates], count: first.gates)
      channels(sequence) { addWeights(of: $0, times: $1, to: sequence) }
    }
    first.step(count: sequences, gates: gates[0], hidden: hidden[0][0], cell: cells[0][0])
    for (index, layer) in network.layers.enumerated().dropFirst() {
      for sequence in 0..<sequences {
        for gate in 0..<layer.gates { gates.floats[sequence * layer.gates + gate] = layer.bias[gate] }
      }
      Matrix.multiplyAdd(
        hidden[index - 1][0], rows: sequences, inner: layer.inputs, layer.input, columns: layer.gates,
        into: gates[0])
      layer.step(count: sequences, gates: gates[0], hidden: hidden[index][0], cell: cells[index][0])
    }
  }

  /// The rows' logits after `advance`: row-major, sequences × vocabulary. Valid until the next call.
  package func rowLogits() -> UnsafeBufferPointer<Float> {
    vocabulary.layer.apply(top, rows: sequences, into: logits[0])
    return UnsafeBufferPointer(start: logits[0], count: sequences * vocabulary.rows.count)
  }

  /// The logits of the hold lengths of a row that a sequence has chosen. Valid until the next call.
  func holdLengthLogits(of sequence: Int, row: PanelRow) -> UnsafeBufferPointer<Float> {
    let channels = SelectionNetwork.channels(of: row, firstLane: firstLane)
    return holdLengthLogits(of: sequence) { input in
      for channel in channels { input[channel] = 1 }
    }
  }

  /// The same for row channels that `fill` writes over zeros.
  package func holdLengthLogits(
    of sequence: Int, fill: (UnsafeMutablePointer<Float>) -> Void
  ) -> UnsafeBufferPointer<Float> {
    let width = network.width
    holdInput[0].update(from: top + sequence * width, count: width)
    for channel in 0..<ModelLayout.rowChannels { holdInput.floats[width + channel] = 0 }
    fill(holdInput[width])
    network.hold.apply(holdInput[0], rows: 1, into: holdLogits[0])
    return UnsafeBufferPointer(start: holdLogits[0], count: network.hold.outputs)
  }

  private var top: UnsafeMutablePointer<Float> { hidden[hidden.count - 1][0] }

  private func addWeights(of channel: Int, times value: Float, to sequence: Int) {
    let layer = network.layers[0]
    let gate = gates[sequence * layer.gates]
    layer.input.withUnsafeBufferPointer { weights in
      let row = channel * layer.gates
      for index in 0..<layer.gates { gate[index] += value * weights[row + index] }
    }
  }
}
