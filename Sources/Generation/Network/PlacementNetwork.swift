import Chart
import Foundation

/// Where to step: for each slot of the beat grid the chance of a note row, from what is heard, what is wanted and what
/// stands there already. Dilated convolutions over the whole song, modulated by the condition.
package struct PlacementNetwork: Sendable {
  /// What the network says of one slot.
  package struct Logits: Hashable, Sendable {
    package var note: Float
    /// Given a note: that it is (or has) a hold, a jump.
    package var hold: Float
    package var jump: Float
  }

  private struct Block: Sendable {
    var norm: LayerNorm
    var convolution: TimeConvolution
    var dilation: Int
    var reach: Int { convolution.reach(dilation: dilation) }
  }

  package static let channels = 34

  package let frontEnd: FrontEnd
  private let input: Affine
  package let condition: ConditionLayer
  private let film: Affine
  private let blocks: [Block]
  private let norm: LayerNorm
  private let hidden: Affine
  private let output: Affine
  let memory: BeatMemory
  let companionTrust: CompanionTrust
  private let calibration: [Float]
  private let thresholds: [Float]
  private let densities: [Float]

  package init(_ file: SafeTensors) throws(ModelError) {
    frontEnd = try FrontEnd(file)
    let input = try Affine(file, "input", inputs: frontEnd.width + Self.channels)
    let width = input.outputs
    self.input = input
    condition = try ConditionLayer(file, scalars: 6 + ModelLayout.styles.count)
    let dilations = try file.integers("dilations", [nil])
    guard dilations.allSatisfy({ (1...4096).contains($0) }) else {
      throw .weightsBroken(name: file.name, problem: "a dilation is out of range")
    }
    var blocks: [Block] = []
    for (index, dilation) in dilations.enumerated() {
      let norm = try LayerNorm(file, "blocks.\(index).norm", width: width)
      let convolution = try TimeConvolution(file, "blocks.\(index).conv", inputs: width)
      blocks.append(Block(norm: norm, convolution: convolution, dilation: dilation))
    }
    self.blocks = blocks
    film = try Affine(file, "film", inputs: condition.width, outputs: 2 * width * dilations.count)
    norm = try LayerNorm(file, "norm", width: width)
    hidden = try Affine(file, "hidden", inputs: width, outputs: width)
    output = try Affine(file, "output", inputs: width, outputs: 6)
    memory = try BeatMemory(file, audioWidth: frontEnd.width)
    companionTrust = try CompanionTrust(file)
    calibration = try file.floats("calibration", [2])
    thresholds = try file.floats("threshold", [StepsType.authored.count, ModelLayout.levels])
    densities = try file.floats("density", [StepsType.authored.count, ModelLayout.levels])
  }

  private var width: Int { input.outputs }
  private var reach: Int { blocks.reduce(0) { $0 + $1.reach } }

  /// The calibrated chance of a note row.
  func probability(_ logits: Logits) -> Double {
    Double(sigmoid(calibration[0] * logits.note + calibration[1]))
  }

  /// The chance from which a slot is taken when no count is asked for.
  func threshold(_ type: StepsType, level: Int?) throws(ModelError) -> Double {
    let row = try ModelLayout.number(of: type)
    return Double(thresholds[row * ModelLayout.levels + ModelLayout.column(of: level)])
  }

  /// Note rows a second of a usual chart.
  func density(_ type: StepsType, level: Int?) throws(ModelError) -> Double {
    let row = try ModelLayout.number(of: type)
    return Double(densities[row * ModelLayout.levels + ModelLayout.column(of: level)])
  }

  /// The logits of the slots of some tokens, with what is remembered of other beats.
  /// - Parameter isCancelled: looked at before each layer.
  func logits(
    _ input: PlacementInput, tokens: Range<Int>, condition wanted: Condition, isCancelled: () -> Bool
  ) throws(ModelError) -> [Logits] {
    let vector = try condition.vector(wanted, withRegion: true)
    let seen = seen(by: tokens, among: input.tokens)
    let gains = input.gains(of: seen, by: memory)
    var logits = try logits(of: tokens, among: input.tokens, condition: vector, isCancelled: isCancelled) {
      input.fill($1, tokens: $0, audioWidth: frontEnd.width, gains: gains)
    }
    guard let gains else { return logits }
    let first = (tokens.lowerBound - seen.lowerBound) * ModelLayout.slotsPerToken
    for slot in logits.indices { logits[slot].note += gains[first + slot] }
    return logits
  }

  /// The logits of the slots of some tokens. Only what those can see is computed.
  /// - Parameters:
  ///   - count: the song's tokens.
  ///   - vector: what `condition` makes of the request.
  ///   - fill: writes the input rows of a range of tokens: audio vector and channels.
  package func logits(
    of tokens: Range<Int>, among count: Int, condition vector: [Float], isCancelled: () -> Bool,
    fill: (Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) throws(ModelError) -> [Logits] {
    var modulation = [Float](repeating: 0, count: film.outputs)
    film.apply(vector, rows: 1, into: &modulation)
    let seen = seen(by: tokens, among: count)
    let rows = Scratch(seen.count * input.inputs)
    let h = Scratch(seen.count * width)
    let normal = Scratch(seen.count * width)
    let zeros = Scratch(width)
    fill(seen, rows[0])
    Halves.share(0..<seen.count) {
      input.apply(rows[$0.lowerBound * input.inputs], rows: $0.count, into: h[$0.lowerBound * width])
    }
    // What a block must compute shrinks towards the wanted tokens.
    var ahead = reach
    for (index, block) in blocks.enumerated() {
      if isCancelled() { throw .cancelled }
      let read = local(tokens, widenedBy: ahead, in: seen)
      ahead -= block.reach
      let written = local(tokens, widenedBy: ahead, in: seen)
      modulation.withUnsafeBufferPointer { film in
        guard let scales = film.baseAddress.map({ $0 + index * 2 * width }) else { return }
        Halves.share(read) {
          block.norm.apply(
            h[0], range: $0, scale: scales, shift: scales + width, isRectified: true, into: normal[0])
        }
      }
      Halves.share(written) {
        block.convolution.apply(
          normal[0], count: seen.count, dilation: block.dilation, range: $0, into: h[0], adding: true)
      }
    }
    let wanted = local(tokens, widenedBy: 0, in: seen)
    norm.apply(h[0], range: wanted, scale: zeros[0], shift: zeros[0], isRectified: false, into: normal[0])
    return head(normal[wanted.lowerBound * width], rows: wanted.count)
  }

  /// What the logits of some tokens depend on.
  private func seen(by tokens: Range<Int>, among count: Int) -> Range<Int> {
    max(0, tokens.lowerBound - reach)..<min(count, tokens.upperBound + reach)
  }

  /// Positions in `seen` of tokens and their neighbours.
  private func local(_ tokens: Range<Int>, widenedBy reach: Int, in seen: Range<Int>) -> Range<Int> {
    let first = max(seen.lowerBound, tokens.lowerBound - reach) - seen.lowerBound
    let last = min(seen.upperBound, tokens.upperBound + reach) - seen.lowerBound
    return first..<last
  }

  private func head(_ values: UnsafeMutablePointer<Float>, rows: Int) -> [Logits] {
    let work = Scratch(rows * width)
    let result = Scratch(rows * output.outputs)
    hidden.apply(values, rows: rows, into: work[0])
    rectify(work[0], count: rows * width)
    output.apply(work[0], rows: rows, into: result[0])
    return (0..<rows * ModelLayout.slotsPerToken).map { slot in
      let base = slot / 2 * output.outputs + slot % 2
      return Logits(note: result.floats[base], hold: result.floats[base + 2], jump: result.floats[base + 4])
    }
  }
}
