import Foundation

/// What the author wrote where the music sounds the same: for each measure, the rhythm of the known measures most
/// like it.
///
/// Nothing is trained here, so that the memory is better with each measure that is written, at once.
struct MotifMemory: Sendable {
  /// A measure's motif.
  struct Motif: Sendable {
    /// The measure most like it.
    var best: Int
    /// Cosine of their sound.
    var similarity: Float
    /// The five most similar known measures, with weights that add up to 1.
    var sources: [(measure: Int, weight: Float)]
  }

  private static let sourceCount = 5
  private static let sharpness: Float = 40
  static let slotsPerMeasure = ModelLayout.tokensPerMeasure * ModelLayout.slotsPerToken

  /// Where only one measure is known, it is no memory yet.
  private static let fewestMeasures = 2

  /// One for each measure of the grid; nil where too few others are known.
  let motifs: [Motif?]

  init(song: BeatAlignedSong, known: KnownSlots) {
    let measures = song.grid.measures
    let candidates = song.audible.filter { measure in
      let slots = measure * Self.slotsPerMeasure..<(measure + 1) * Self.slotsPerMeasure
      return known.isKnown[slots].allSatisfy { $0 }
    }
    motifs = (0..<measures).map { measure in
      guard candidates.count >= Self.fewestMeasures else { return nil }
      let nearest = Self.nearest(to: measure, among: candidates) { song.similarity[measure * measures + $0] }
      guard let best = nearest.first else { return nil }
      let weights = nearest.map { expf(Self.sharpness * ($0.likeness - best.likeness)) }
      let sum = weights.reduce(0, +)
      return Motif(
        best: best.measure, similarity: best.likeness,
        sources: zip(nearest, weights).map { ($0.measure, $1 / sum) })
    }
  }

  /// The other measures that are most like one, the likest first, of equals the earlier.
  private static func nearest(
    to measure: Int, among candidates: [Int], likeness: (Int) -> Float
  ) -> [(measure: Int, likeness: Float)] {
    var nearest: [(measure: Int, likeness: Float)] = []
    for other in candidates where other != measure {
      let own = likeness(other)
      if nearest.count == sourceCount, own <= nearest[sourceCount - 1].likeness { continue }
      nearest.insert((other, own), at: nearest.firstIndex { $0.likeness < own } ?? nearest.count)
      if nearest.count > sourceCount { nearest.removeLast() }
    }
    return nearest
  }

  /// A measure's motif mean and motif best for one slot (0..<96).
  func rhythm(of measure: Int, slot: Int, known: KnownSlots) -> (mean: Float, best: Float) {
    guard let motif = motifs[measure] else { return (0, 0) }
    func note(in other: Int) -> Float { known.hasNotes[other * Self.slotsPerMeasure + slot] ? 1 : 0 }
    let mean = motif.sources.reduce(Float(0)) { $0 + $1.weight * note(in: $1.measure) }
    return (mean, note(in: motif.best))
  }
}
