import Foundation

/// One way to tell which beats of a song and a chart are alike: a head of the memory.
struct BeatAttention: Sendable {
  /// How many beats to each side are compared.
  private static let reach = 8
  /// Of a likeness from -1 to 1.
  private static let sharpness: Float = 20
  /// What keeps the log-odds of a certain memory finite.
  private static let doubt: Float = 0.02
  private static let period = 16
  private static let distances = 11
  private static let sounds = 16
  private static let window = 2 * reach + 1
  private static let facts = 5

  /// What is heard of a token: its audio vector times this, and its coarse bands times that, each × `sounds`.
  private let vectorWeights: Weights
  private let coarseWeights: Weights
  /// How much the sound and the steps of beats so far away count.
  private let soundWindow: [Float]
  private let stepWindow: [Float]
  /// Scores of beats so many apart, modulo four measures, and by powers of two.
  private let byPeriod: [Float]
  private let byDistance: [Float]
  /// How far the memory is believed: a constant, and by what its sources have in common (`Recalled`).
  private let belief: [Float]

  /// All heads of a file, whose tensors have a row for each.
  static func heads(_ file: SafeTensors, audioWidth: Int) throws(ModelError) -> [Self] {
    let inputs = audioWidth + 2 * SongFeatures.coarseBands
    let steps = try file.floats("memory.steps", [nil, window])
    let count = steps.count / window
    let sound = try file.floats("memory.sound", [count, inputs, sounds])
    let soundWindow = try file.floats("memory.window", [count, window]).map { log1pf(expf($0)) }
    let byPeriod = try file.floats("memory.period", [count, period])
    let byDistance = try file.floats("memory.distance", [count, distances])
    let belief = try file.floats("memory.belief", [count, facts])
    return (0..<count).map { head in
      func own(_ values: [Float]) -> [Float] {
        let size = values.count / count
        return Array(values[head * size..<(head + 1) * size])
      }
      let sound = own(sound)
      let vectors = sound.prefix(audioWidth * sounds)
      return Self(
        vectorWeights: Weights(vectors, columns: sounds),
        coarseWeights: Weights(sound.dropFirst(vectors.count), columns: sounds),
        soundWindow: own(soundWindow), stepWindow: own(steps), byPeriod: own(byPeriod),
        byDistance: own(byDistance), belief: own(belief))
    }
  }

  // MARK: - The song

  /// As `BeatMemory.likeness`.
  func likeness(vectors: [Float], coarse: [Float]) -> BeatLikeness? {
    let tokens = coarse.count / coarseWeights.inner
    let heard = Scratch(tokens * Self.sounds)
    vectorWeights.multiplyAdd(vectors, rows: tokens, into: heard[0])
    coarseWeights.multiplyAdd(coarse, rows: tokens, into: heard[0])
    return BeatLikeness(
      Array(heard.floats[..<(tokens * Self.sounds)]), width: ModelLayout.tokensPerBeat * Self.sounds,
      window: soundWindow)
  }

  // MARK: - The chart

  /// What the log-odds of the slots of a beat gain.
  func gains(of beat: Int, from written: WrittenBeats, _ likeness: BeatLikeness) -> [Float] {
    let recalled = recalled(at: beat, from: written, likeness)
    let trust = trust(recalled, sources: written.known.count)
    return recalled.chances.map { trust * Self.logOdds($0) }
  }

  /// Where a beat's memory comes from, and what it is.
  private struct Recalled {
    /// The likeness of sound to the source most alike, and the mean one.
    var most: Float = 0
    var mean: Float = 0
    /// The entropy of the shares.
    var doubt: Float = 0
    /// For each slot of the beat.
    var chances = [Float](repeating: 0, count: BeatGrid.slotsPerBeat)
  }

  private func recalled(at beat: Int, from written: WrittenBeats, _ likeness: BeatLikeness) -> Recalled {
    let around = written.neighbours(of: beat, window: stepWindow)
    let scores = written.known.map { source in
      let apart = abs(source - beat)
      let far = min(Self.distances - 1, Int.bitWidth - 1 - max(1, apart).leadingZeroBitCount)
      return Self.sharpness * likeness[beat, source] + byPeriod[apart % Self.period] + byDistance[far]
        + written.agreement(around, beside: source)
    }
    let highest = scores.max() ?? 0
    let weights = scores.map { expf($0 - highest) }
    let sum = weights.reduce(0, +)
    var recalled = Recalled(most: -.infinity)
    for (source, weight) in zip(written.known, weights) {
      let share = weight / sum
      recalled.most = max(recalled.most, likeness[beat, source])
      recalled.mean += share * likeness[beat, source]
      recalled.doubt -= share * logf(max(share, 1e-9))
      for slot in written.slots(of: source) { recalled.chances[slot] += share }
    }
    return recalled
  }

  private func trust(_ recalled: Recalled, sources: Int) -> Float {
    let facts = [1, recalled.most, recalled.mean, recalled.doubt / 3, logf(Float(sources)) / 5]
    return zip(facts, belief).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func logOdds(_ chance: Float) -> Float { logf((chance + doubt) / (1 - chance + doubt)) }
}
