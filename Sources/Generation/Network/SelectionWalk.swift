import Foundation

/// The forward network at work on several sequences at once: their states, and the buffers that a step needs.
package final class SelectionWalk {
  private let network: SelectionNetwork
  private let vocabulary: SelectionNetwork.Vocabulary
  private let firstLane: Int
  private let hidden: [Scratch]
  private let cells: [Scratch]
  /// For each sequence what its past gives: row before, held lanes, what is recalled.
  private let past: Scratch
  private let gates: Scratch
  private let logits: Scratch
  private let trust: Scratch
  private let holdInput: Scratch
  private let holdLogits: Scratch

  /// - Parameter capacity: the most sequences that the walk will ever carry. All start from nothing.
  package init(
    _ network: SelectionNetwork, _ vocabulary: SelectionNetwork.Vocabulary, firstLane: Int, capacity: Int
  ) {
    self.network = network
    self.vocabulary = vocabulary
    self.firstLane = firstLane
    hidden = network.layers.map { Scratch(capacity * $0.width) }
    cells = network.layers.map { Scratch(capacity * $0.width) }
    past = Scratch(capacity * network.pastWidth)
    gates = Scratch(capacity * (network.layers.map(\.gates).max() ?? 0))
    logits = Scratch(capacity * vocabulary.rows.count)
    trust = Scratch(capacity * 2)
    holdInput = Scratch(network.hold.inputs)
    holdLogits = Scratch(network.hold.outputs)
  }

  /// Gives a sequence the state of another.
  func copyState(from source: Int, to target: Int) {
    guard source != target else { return }
    for (index, layer) in network.layers.enumerated() {
      hidden[index][target * layer.width].update(
        from: hidden[index][source * layer.width], count: layer.width)
      cells[index][target * layer.width].update(from: cells[index][source * layer.width], count: layer.width)
    }
  }

  /// What a sequence knows of its past at a step.
  struct Past {
    /// The panels of the step before; nil at the chart's start.
    var previous: PanelRow?
    /// The lanes that are held over this step.
    var held: PanelSet
    var recalled: Recollection
  }

  /// Advances the first `count` sequences by a step.
  /// - Parameters:
  ///   - prepared: for a sequence its step's part of what `SelectionNetwork.prepare` has made.
  func advance(_ count: Int, prepared: (Int) -> UnsafePointer<Float>, past: (Int) -> Past) {
    advance(count, prepared: prepared) { sequence, channels in fill(past(sequence), into: channels) }
  }

  /// The same; `fill` writes a sequence's past channels over zeros.
  package func advance(
    _ count: Int, prepared: (Int) -> UnsafePointer<Float>, fill: (Int, UnsafeMutablePointer<Float>) -> Void
  ) {
    let first = network.layers[0]
    past[0].update(repeating: 0, count: count * network.pastWidth)
    for sequence in 0..<count {
      gates[sequence * first.gates].update(from: prepared(sequence), count: first.gates)
      fill(sequence, past[sequence * network.pastWidth])
    }
    network.pastWeights.multiplyAdd(past[0], rows: count, into: gates[0])
    first.step(count: count, gates: gates[0], hidden: hidden[0][0], cell: cells[0][0])
    for (index, layer) in network.layers.enumerated().dropFirst() {
      layer.fillBias(gates[0], count: count)
      layer.input.multiplyAdd(hidden[index - 1][0], rows: count, into: gates[0])
      layer.step(count: count, gates: gates[0], hidden: hidden[index][0], cell: cells[index][0])
    }
  }

  private func fill(_ past: Past, into channels: UnsafeMutablePointer<Float>) {
    if let previous = past.previous { add(1, of: previous, to: channels) }
    for lane in past.held.lanes { channels[ModelLayout.rowChannels + firstLane + lane.index] = 1 }
    guard let best = past.recalled.candidates.first else { return }
    let mean = channels + SelectionNetwork.pastChannels
    let first = mean + ModelLayout.rowChannels
    for candidate in past.recalled.candidates {
      add(candidate.share, of: vocabulary.rows[candidate.row], to: mean)
    }
    add(1, of: vocabulary.rows[best.row], to: first)
    first[ModelLayout.rowChannels] = best.share
    first[ModelLayout.rowChannels + 1] = Float(past.recalled.length) / Float(Recall.longest)
  }

  private func add(_ value: Float, of row: PanelRow, to channels: UnsafeMutablePointer<Float>) {
    for lane in row.taps.lanes { channels[firstLane + lane.index] += value }
    for lane in row.heads.lanes { channels[ModelLayout.commonLanes + firstLane + lane.index] += value }
  }

  /// The rows' logits of the first `count` sequences after `advance`: row-major, sequences × vocabulary. Valid until
  /// the next call.
  package func rowLogits(
    _ count: Int, recalled: (Int) -> [(row: Int, share: Float)]
  ) -> UnsafeMutableBufferPointer<Float> {
    let rows = vocabulary.rows.count
    vocabulary.layer.apply(top, rows: count, into: logits[0])
    network.trust.apply(top, rows: count, into: trust[0])
    for sequence in 0..<count {
      for (rank, candidate) in recalled(sequence).enumerated() {
        let gain = trust.floats[2 * sequence] * candidate.share
        logits[sequence * rows][candidate.row] += gain + (rank == 0 ? trust.floats[2 * sequence + 1] : 0)
      }
    }
    return UnsafeMutableBufferPointer(start: logits[0], count: count * rows)
  }

  /// The logits of the hold lengths of a row that a sequence has chosen. Valid until the next call.
  func holdLengthLogits(of sequence: Int, row: PanelRow) -> UnsafeBufferPointer<Float> {
    holdLengthLogits(of: sequence) { add(1, of: row, to: $0) }
  }

  /// The same for row channels that `fill` writes over zeros.
  package func holdLengthLogits(
    of sequence: Int, fill: (UnsafeMutablePointer<Float>) -> Void
  ) -> UnsafeBufferPointer<Float> {
    let width = network.width
    holdInput[0].update(from: top + sequence * width, count: width)
    holdInput[width].update(repeating: 0, count: ModelLayout.rowChannels)
    fill(holdInput[width])
    network.hold.apply(holdInput[0], rows: 1, into: holdLogits[0])
    return UnsafeBufferPointer(start: holdLogits[0], count: network.hold.outputs)
  }

  /// A sequence's last hidden vector. Valid until the next call.
  package func hidden(of sequence: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(start: top + sequence * network.width, count: network.width)
  }

  private var top: UnsafeMutablePointer<Float> { hidden[hidden.count - 1][0] }
}
