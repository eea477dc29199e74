import Chart
import Foundation
import Testing

@testable import Generation

/// What is remembered of other beats.
struct BeatMemoryTests {
  private struct Fixture: Decodable {
    var beats: Int
    var tokensPace: Double
    var unknown: [Int]
    /// Known, and without a note in their measure.
    var empty: [Int]
    /// Of beat 9 to all, for each head.
    var likeness: [[Float]]
    var gains: [[Float]]
  }

  private static let width = 96
  private static let coarse = 2 * SongFeatures.coarseBands

  /// The sound of some beats, token by token, as training's fixture makes it.
  private func likeness(_ memory: BeatMemory, beats: Int, pace: Double) throws -> [BeatLikeness] {
    var vectors: [Float] = []
    var coarse: [Float] = []
    let inputs = Self.width + Self.coarse
    for token in 0..<beats * ModelLayout.tokensPerBeat {
      for index in 0..<inputs {
        let value = Fixtures.wave(token * inputs + index, pace: pace)
        if index < Self.width { vectors.append(value) } else { coarse.append(value) }
      }
    }
    return try #require(memory.likeness(vectors: vectors, coarse: coarse))
  }

  @Test func itAgreesWithTraining() throws {
    let fixture = try Fixtures.read("parity-memory", as: Fixture.self)
    let memory = try ShippedModel.placement().memory
    let likeness = try likeness(memory, beats: fixture.beats, pace: fixture.tokensPace)
    let size = BeatGrid.slotsPerBeat
    var known = KnownSlots(slots: fixture.beats * size)
    for slot in known.isKnown.indices where !fixture.unknown.contains(slot / size) {
      known.isKnown[slot] = true
      known.hasNotes[slot] = 37 * slot % 11 < 3 && !fixture.empty.contains(slot / size)
    }
    #expect(likeness.count == fixture.likeness.count)
    for (head, expected) in zip(likeness, fixture.likeness) {
      #expect(difference((0..<fixture.beats).map { head[9, $0] }, expected, within: 1e-4) == nil)
    }
    let gains = memory.gains(9 * size..<13 * size, known: known, likeness: likeness)
    #expect(difference(gains, fixture.gains.flatMap(\.self), within: 1e-3) == nil)
    let part = memory.gains(10 * size + 5..<12 * size - 5, known: known, likeness: likeness)
    #expect(part == Array(gains[size + 5..<3 * size - 5]), "a region may begin and end within a beat")
  }

  @Test func fewKnownBeatsSayNothing() throws {
    let memory = try ShippedModel.placement().memory
    let likeness = try likeness(memory, beats: 24, pace: 0.3)
    var known = KnownSlots(slots: 24 * BeatGrid.slotsPerBeat)
    for slot in 0..<15 * BeatGrid.slotsPerBeat { known.isKnown[slot] = true }
    let region = 16 * BeatGrid.slotsPerBeat..<20 * BeatGrid.slotsPerBeat
    #expect(memory.gains(region, known: known, likeness: likeness).allSatisfy { $0 == 0 })
  }

  /// Eight measures that sound by turns in two ways, all of one written with 8ths and of the other without, but for one
  /// measure of each.
  @Test(arguments: [2, 5])
  func whatSoundsAlikeIsWrittenAlike(measure: Int) throws {
    let memory = try ShippedModel.placement().memory
    let perMeasure = ModelLayout.tokensPerMeasure
    let sounds = [0, 1, 1, 0, 1, 1, 0, 0]
    func picture(_ width: Int) -> [Float] {
      sounds.flatMap { sound in
        (0..<perMeasure * width).map { Fixtures.wave($0, pace: sound == 0 ? 0.37 : 0.53) }
      }
    }
    let likeness = try #require(
      memory.likeness(vectors: picture(Self.width), coarse: picture(Self.coarse)))
    var known = KnownSlots(slots: sounds.count * MotifMemory.slotsPerMeasure)
    for slot in known.isKnown.indices where slot / MotifMemory.slotsPerMeasure != measure {
      known.isKnown[slot] = true
      let step = sounds[slot / MotifMemory.slotsPerMeasure] == 1 ? 12 : 24
      known.hasNotes[slot] = slot % step == 0
    }
    let first = measure * MotifMemory.slotsPerMeasure
    let gains = memory.gains(first..<first + MotifMemory.slotsPerMeasure, known: known, likeness: likeness)
    #expect(gains[0] > 0)
    #expect(gains[6] < 0)
    #expect(gains[12] > 0, "8ths")
  }

  /// The last two channels of a token: a quarter of what its slots gain, nothing where the author has fixed what stands there.
  @Test func theNetworkReadsWhatIsRemembered() throws {
    let model = try ShippedModel.suggester()
    let request = SuggestionRequest(
      chart: TestSong.chart(.pumpSingle), timing: TestSong.timing, region: Row.measure(2)..<Row.measure(4),
      level: 8)
    let features = TestSong.features(model)
    let context = try SuggestionContext(request, features: features)
    let input = model.input(context, features: features)
    let tokens = ModelLayout.tokensPerMeasure..<5 * ModelLayout.tokensPerMeasure
    let gains = try #require(input.gains(of: tokens, by: model.placement.memory))
    let audio = model.placement.frontEnd.width
    let width = audio + PlacementNetwork.channels
    var rows = [Float](repeating: 0, count: tokens.count * width)
    rows.withUnsafeMutableBufferPointer { rows in
      guard let first = rows.baseAddress else { return }
      input.fill(first, tokens: tokens, audioWidth: audio, gains: gains)
    }
    var gaining = 0
    for (index, gain) in gains.enumerated() {
      let slot = tokens.lowerBound * ModelLayout.slotsPerToken + index
      #expect(rows[index / 2 * width + width - 2 + index % 2] == gain / 4)
      if gain != 0 { gaining += 1 }
      if !context.region.contains(slot) { #expect(gain == 0) }
    }
    #expect(gaining > context.region.count / 2)
  }
}
