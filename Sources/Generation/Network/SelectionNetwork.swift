import Chart
import Foundation

/// Which panels: a distribution over the type's rows for one note row after the other, by two LSTM layers that know
/// the rows before, what the chart itself recalls, the times and fixed rows to come (read backwards by a third), and
/// what is wanted.
package struct SelectionNetwork: Sendable {
  /// The rows that the network can choose from for one steps type, and the layer that rates them.
  package struct Vocabulary: Sendable {
    let rows: [PanelRow]
    let layer: Affine
    let images: RowImages
    private let indices: [PanelRow: Int]

    init(_ file: SafeTensors, type: StepsType, width: Int) throws(ModelError) {
      let states = try file.integers("rows.\(type.name).states", [nil, type.lanes])
      let lanes = type.lanes ?? 1
      rows = (0..<states.count / lanes).map { index in
        var row = PanelRow(taps: [], heads: [])
        for lane in 0..<lanes {
          switch states[index * lanes + lane] {
          case 1: row.taps.formUnion(PanelSet(Lane(lane)))
          case 2: row.heads.formUnion(PanelSet(Lane(lane)))
          default: break
          }
        }
        return row
      }
      layer = try Affine(file, "rows.\(type.name)", inputs: width, outputs: rows.count)
      images = RowImages(rows: rows, type: type)
      indices = Dictionary(rows.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func index(of row: PanelRow) -> Int? { indices[row] }
  }

  /// Channels that a step's own past gives: the row before, the lanes held, what is recalled.
  package static let recallChannels = 2 * ModelLayout.rowChannels + 2
  static let pastChannels = ModelLayout.rowChannels + ModelLayout.commonLanes

  let layers: [LongShortTermMemory]
  /// The first layer's weights for what a step's past gives, and for what is known of all steps before.
  let pastWeights: Weights
  private let knownWeights: Weights
  private let coming: LongShortTermMemory
  package let condition: ConditionLayer
  private let vocabularies: [StepsType: Vocabulary]
  /// How much the recalled rows gain: by their share, and the first once more.
  let trust: Affine
  let companionTrust: CompanionPanelTrust
  let hold: Affine
  /// The hold lengths that `hold` rates, in slots.
  let holdSlots: [Int]

  package init(_ file: SafeTensors) throws(ModelError) {
    condition = try ConditionLayer(file, scalars: 4 + ModelLayout.styles.count)
    coming = try LongShortTermMemory(
      file, "coming.0", inputs: SelectionSteps.channels + ModelLayout.rowChannels + 1)
    let known = SelectionSteps.channels + condition.width + coming.width
    var inputs = Self.pastChannels + Self.recallChannels + known
    var layers: [LongShortTermMemory] = []
    while file.names.contains("lstm.\(layers.count).input") {
      let layer = try LongShortTermMemory(file, "lstm.\(layers.count)", inputs: inputs)
      inputs = layer.width
      layers.append(layer)
    }
    guard let width = layers.last?.width else {
      throw .weightsBroken(name: file.name, problem: "it has no tensor lstm.0.input")
    }
    self.layers = layers
    (pastWeights, knownWeights) = Self.parted(
      try file.floats("lstm.0.input", [layers[0].inputs, layers[0].gates]), gates: layers[0].gates)
    trust = try Affine(file, "trust", inputs: width, outputs: 2)
    companionTrust = try CompanionPanelTrust(file)
    var vocabularies: [StepsType: Vocabulary] = [:]
    for type in StepsType.authored { vocabularies[type] = try Vocabulary(file, type: type, width: width) }
    self.vocabularies = vocabularies
    hold = try Affine(file, "hold", inputs: width + ModelLayout.rowChannels)
    holdSlots = try file.integers("hold.slots", [hold.outputs])
  }

  package var width: Int { layers[layers.count - 1].width }
  /// Channels of a step's past.
  package var pastWidth: Int { Self.pastChannels + Self.recallChannels }

  package func vocabulary(of type: StepsType) throws(ModelError) -> Vocabulary {
    guard let vocabulary = vocabularies[type] else { throw .stepsTypeUnknown(name: type.name) }
    return vocabulary
  }

  /// The first layer's input from all that does not depend on what is chosen: times, condition, the coming steps, and
  /// the bias. Row-major, steps × gates.
  /// - Parameter fixed: the panels of the steps that are not to be chosen, nil for the others.
  func prepare(
    _ steps: SelectionSteps, fixed: [PanelRow?], condition wanted: Condition
  ) throws(ModelError) -> Scratch {
    let firstLane = ModelLayout.firstCommonLane(of: wanted.stepsType)
    let input = Scratch(steps.count * coming.inputs)
    for step in 0..<steps.count {
      let row = input[step * coming.inputs]
      steps.fillTimes(of: step, into: row)
      if let panels = fixed[step] {
        for channel in Self.channels(of: panels, firstLane: firstLane) {
          row[SelectionSteps.channels + channel] = 1
        }
        row[coming.inputs - 1] = 1
      }
    }
    return prepare(input, steps: steps.count, condition: try condition.vector(wanted, withRegion: false))
  }

  /// The same from rows of 73 time channels, 36 row channels and whether the step is fixed, and from what `condition`
  /// makes of the request.
  package func prepare(_ times: Scratch, steps: Int, condition vector: [Float]) -> Scratch {
    let future = readBack(times, steps: steps)
    let layer = layers[0]
    let inner = SelectionSteps.channels + vector.count + coming.width
    let input = Scratch(steps * inner)
    let result = Scratch(steps * layer.gates)
    for step in 0..<steps {
      let row = input[step * inner]
      row.update(from: times[step * coming.inputs], count: SelectionSteps.channels)
      for (index, value) in vector.enumerated() { row[SelectionSteps.channels + index] = value }
      (row + SelectionSteps.channels + vector.count).update(
        from: future[step * coming.width], count: coming.width)
    }
    layer.fillBias(result[0], count: steps)
    knownWeights.multiplyAdd(input[0], rows: steps, into: result[0])
    return result
  }

  /// The rows of the first layer's weights, past first: row before, held, recalled; then times, condition, coming.
  private static func parted(_ input: [Float], gates: Int) -> (past: Weights, known: Weights) {
    let times = pastChannels * gates
    let recall = times + SelectionSteps.channels * gates
    let rest = recall + recallChannels * gates
    return (
      Weights(input[..<times] + input[recall..<rest], columns: gates),
      Weights(input[times..<recall] + input[rest...], columns: gates)
    )
  }

  /// What the backward LSTM says at each step of those after it. Row-major, steps × its width.
  private func readBack(_ input: Scratch, steps: Int) -> Scratch {
    let gates = Scratch(steps * coming.gates)
    coming.fillBias(gates[0], count: steps)
    coming.input.multiplyAdd(input[0], rows: steps, into: gates[0])
    let hidden = Scratch(coming.width)
    let cell = Scratch(coming.width)
    let result = Scratch(steps * coming.width)
    for step in (0..<steps).reversed() {
      coming.step(count: 1, gates: gates[step * coming.gates], hidden: hidden[0], cell: cell[0])
      result[step * coming.width].update(from: hidden[0], count: coming.width)
    }
    return result
  }

  /// The row channels that are 1: taps of the common lanes, then heads.
  static func channels(of panels: PanelRow, firstLane: Int) -> [Int] {
    panels.taps.lanes.map { firstLane + $0.index }
      + panels.heads.lanes.map { ModelLayout.commonLanes + firstLane + $0.index }
  }
}
