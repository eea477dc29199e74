import Chart
import Foundation
import Signal
import Testing

@testable import Generation

/// The engine computes what PyTorch computes with the same weights.
struct ParityTests {
  /// What the issue asks for; values are of the order of 1 to 10.
  private static let tolerance: Float = 1e-4

  private struct Features: Decodable {
    var frames: Int
    var at: [Int]
    var values: [[Float]]
  }

  private struct Placement: Decodable {
    var frames: Int
    var framesPace: Double
    var tokens: Int
    var positionStep: Double
    var channelsPace: Double
    var scalarsPace: Double
    var level: Int
    var type: Int
    var frontAt: [Int]
    var front: [[Float]]
    var logits: [[Float]]
  }

  private struct Selection: Decodable {
    struct Case: Decodable {
      var type: String
      var firstHidden: [Float]
      var lastHidden: [Float]
      var lastLogits: [Float]
      var lastHoldLogits: [Float]
    }

    var steps: Int
    var previousPace: Double
    var timesPace: Double
    var recalledPace: Double
    var rowsPace: Double
    var scalarsPace: Double
    var fixedFrom: Int
    var level: Int
    var cases: [Case]
  }

  @Test func theSongIsHeardAsInTraining() throws {
    let fixture = try Fixtures.read("parity-features", as: Features.self)
    let samples = (0..<44_100).map { index -> Float in
      let t = Double(index) / 44_100
      let tone = 0.4 * sin(2 * Double.pi * 440 * t) + 0.3 * sin(2 * Double.pi * 3000 * t * t)
      return Float(tone) + (index % 11_025 == 0 ? 1 : 0)
    }
    let mel = LogMel(samples: samples)
    #expect(mel.frames == fixture.frames)
    for (frame, values) in zip(fixture.at, fixture.values) {
      let own = mel.values[frame * LogMel.channels..<(frame + 1) * LogMel.channels]
      // Logarithms of near silence: the tolerance is that of the loudest bands.
      #expect(difference(own, values, within: 2e-2) == nil, "frame \(frame)")
    }
  }

  @Test func thePlacementNetworkAgrees() throws {
    let fixture = try Fixtures.read("parity-placement", as: Placement.self)
    let network = try ShippedModel.placement()
    let front = network.frontEnd.vectors(frames: fixture.frames) { frames, output in
      for (position, index) in (frames.lowerBound * LogMel.channels..<frames.upperBound * LogMel.channels)
        .enumerated()
      {
        output[position] = Fixtures.wave(index, pace: fixture.framesPace)
      }
    }
    let width = network.frontEnd.width
    for (frame, values) in zip(fixture.frontAt, fixture.front) {
      let own = front[frame * width..<(frame + 1) * width]
      #expect(difference(own, values, within: Self.tolerance) == nil, "front end, frame \(frame)")
    }
    let scalars = (0..<6 + ModelLayout.styles.count).map { Fixtures.wave($0, pace: fixture.scalarsPace) }
    let condition = try network.condition.vector(
      scalars: scalars, level: fixture.level, StepsType.authored[fixture.type])
    let inputs = width + PlacementNetwork.channels
    let logits = try network.logits(
      of: 0..<fixture.tokens, among: fixture.tokens, condition: condition, isCancelled: { false }
    ) { tokens, output in
      for (position, token) in tokens.enumerated() {
        var audio = [Float](repeating: 0, count: width)
        SongFeatures.interpolate(
          front, width: width, frames: fixture.frames,
          at: Double(token) * fixture.positionStep / LogMel.framesPerSecond, into: &audio, row: 0)
        for index in 0..<width { output[position * inputs + index] = audio[index] }
        for channel in 0..<PlacementNetwork.channels {
          output[position * inputs + width + channel] = Fixtures.wave(
            token * PlacementNetwork.channels + channel, pace: fixture.channelsPace)
        }
      }
    }
    for (token, expected) in fixture.logits.enumerated() {
      let pair = logits[2 * token...2 * token + 1]
      let own = pair.map(\.note) + pair.map(\.hold) + pair.map(\.jump)
      #expect(difference(own, expected, within: Self.tolerance) == nil, "token \(token)")
    }
  }

  @Test(arguments: StepsType.authored)
  func theSelectionNetworkAgrees(on type: StepsType) throws {
    let fixture = try Fixtures.read("parity-selection", as: Selection.self)
    let expected = try #require(fixture.cases.first { $0.type == type.name })
    let network = try ShippedModel.selection()
    let vocabulary = try network.vocabulary(of: type)
    let scalars = (0..<4 + ModelLayout.styles.count).map { Fixtures.wave($0, pace: fixture.scalarsPace) }
    let condition = try network.condition.vector(scalars: scalars, level: fixture.level, type)
    let rows = ModelLayout.rowChannels
    let times = SelectionSteps.channels
    let coming = Scratch(fixture.steps * (times + rows + 1))
    for step in 0..<fixture.steps {
      let row = coming[step * (times + rows + 1)]
      for index in 0..<times { row[index] = Fixtures.wave(step * times + index, pace: fixture.timesPace) }
      guard step >= fixture.fixedFrom else { continue }
      for index in 0..<rows {
        row[times + index] = Fixtures.wave(step * rows + index, pace: fixture.rowsPace)
      }
      row[times + rows] = 1
    }
    let prepared = network.prepare(coming, steps: fixture.steps, condition: condition)
    let walk = SelectionWalk(network, vocabulary, firstLane: 0, capacity: 1)
    let recalled = network.pastWidth - SelectionNetwork.pastChannels
    for step in 0..<fixture.steps {
      walk.advance(1) { _ in
        UnsafePointer(prepared[step * network.layers[0].gates])
      } fill: { _, channels in
        for index in 0..<rows {
          channels[index] = Fixtures.wave(step * rows + index, pace: fixture.previousPace)
        }
        for index in 0..<recalled {
          channels[SelectionNetwork.pastChannels + index] = Fixtures.wave(
            step * recalled + index, pace: fixture.recalledPace)
        }
      }
      if step == 0 {
        #expect(difference(walk.hidden(of: 0).prefix(8), expected.firstHidden, within: Self.tolerance) == nil)
      }
    }
    #expect(difference(walk.hidden(of: 0), expected.lastHidden, within: Self.tolerance) == nil)
    let last = fixture.steps - 1
    let holds = walk.holdLengthLogits(of: 0) { input in
      for index in 0..<rows { input[index] = Fixtures.wave(last * rows + index, pace: fixture.rowsPace) }
    }
    #expect(difference(holds, expected.lastHoldLogits, within: Self.tolerance) == nil)
    let logits = walk.rowLogits(1) { _ in [(0, 0.4), (1, 0.3), (2, 0.2), (3, 0.1)] }
    #expect(difference(logits, expected.lastLogits, within: Self.tolerance) == nil)
  }
}
