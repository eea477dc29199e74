import Foundation

/// What the author wrote at other beats that sound alike and stand among steps alike: attention from the beats of a region
/// to the known ones. Only how likeness is told is fitted (`Training/ENGINE.md`); nothing is trained on the chart, so that
/// each beat that is written counts at once.
package struct BeatMemory: Sendable {
  /// How many beats to each side are compared.
  static let reach = 8
  /// Four measures. Of a chart that is only begun, mostly empty beats are known, which would silence what is heard.
  private static let fewestBeats = 16
  /// Of a likeness from -1 to 1.
  private static let sharpness: Float = 20
  /// What keeps the log-odds of a certain memory finite.
  private static let doubt: Float = 0.02
  private static let period = 16
  private static let distances = 11
  private static let sounds = 16
  private static let window = 2 * reach + 1

  /// What is heard of a token: its audio vector and coarse bands, times this, inputs × `sounds`.
  private let sound: [Float]
  /// How much the sound and the steps of beats so far away count.
  private let soundWindow: [Float]
  private let stepWindow: [Float]
  /// Scores of beats so many apart, modulo four measures, and by powers of two.
  private let byPeriod: [Float]
  private let byDistance: [Float]
  /// How far the memory is believed: a constant, and by what its sources have in common (`Attention`).
  private let belief: [Float]

  package init(_ file: SafeTensors, audioWidth: Int) throws(ModelError) {
    sound = try file.floats("memory.sound", [audioWidth + 2 * SongFeatures.coarseBands, Self.sounds])
    soundWindow = try file.floats("memory.window", [Self.window]).map { log1pf(expf($0)) }
    stepWindow = try file.floats("memory.steps", [Self.window])
    byPeriod = try file.floats("memory.period", [Self.period])
    byDistance = try file.floats("memory.distance", [Self.distances])
    belief = try file.floats("memory.belief", [5])
  }

  // MARK: - The song

  /// - Parameters:
  ///   - vectors: row-major, tokens × audio width.
  ///   - coarse: row-major, tokens × coarse bands and their rises.
  /// - Returns: nil for a song that is too long.
  func likeness(vectors: [Float], coarse: [Float]) -> BeatLikeness? {
    let coarseWidth = 2 * SongFeatures.coarseBands
    let tokens = coarse.count / coarseWidth
    let width = sound.count / Self.sounds - coarseWidth
    let heard = Scratch(tokens * Self.sounds)
    sound.withUnsafeBufferPointer { sound in
      guard let sound = sound.baseAddress else { return }
      Matrix.multiplyAdd(
        vectors, rows: tokens, inner: width, sound, columns: Self.sounds, into: heard[0])
      Matrix.multiplyAdd(
        coarse, rows: tokens, inner: coarseWidth, sound + width * Self.sounds, columns: Self.sounds,
        into: heard[0])
    }
    return BeatLikeness(
      Array(heard.floats[..<(tokens * Self.sounds)]), width: ModelLayout.tokensPerBeat * Self.sounds,
      window: soundWindow)
  }

  // MARK: - The chart

  /// What the log-odds of a note row gain on each slot of a region.
  func gains(_ region: Range<Int>, known: KnownSlots, likeness: BeatLikeness) -> [Float] {
    var gains = [Float](repeating: 0, count: region.count)
    guard !region.isEmpty else { return gains }
    let written = WrittenBeats(known)
    guard written.known.count >= Self.fewestBeats else { return gains }
    let size = BeatGrid.slotsPerBeat
    for beat in region.lowerBound / size...(region.upperBound - 1) / size {
      let attention = attention(from: beat, to: written, likeness)
      let trust = trust(attention, sources: written.known.count)
      for slot in max(region.lowerBound, beat * size)..<min(region.upperBound, (beat + 1) * size) {
        gains[slot - region.lowerBound] = trust * Self.logOdds(attention.chances[slot % size])
      }
    }
    return gains
  }

  /// Where a beat's memory comes from, and what it is.
  private struct Attention {
    /// The likeness of sound to the source most alike, and the mean one.
    var most: Float = 0
    var mean: Float = 0
    /// The entropy of the shares.
    var doubt: Float = 0
    /// For each slot of the beat.
    var chances = [Float](repeating: 0, count: BeatGrid.slotsPerBeat)
  }

  private func attention(from beat: Int, to written: WrittenBeats, _ likeness: BeatLikeness) -> Attention {
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
    var attention = Attention(most: -.infinity)
    for (source, weight) in zip(written.known, weights) {
      let share = weight / sum
      attention.most = max(attention.most, likeness[beat, source])
      attention.mean += share * likeness[beat, source]
      attention.doubt -= share * logf(max(share, 1e-9))
      for slot in written.slots(of: source) { attention.chances[slot] += share }
    }
    return attention
  }

  private func trust(_ attention: Attention, sources: Int) -> Float {
    let facts = [1, attention.most, attention.mean, attention.doubt / 3, logf(Float(sources)) / 5]
    return zip(facts, belief).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func logOdds(_ chance: Float) -> Float { logf((chance + doubt) / (1 - chance + doubt)) }
}
