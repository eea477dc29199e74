import Chart
import Foundation

/// A song's audio vectors and the likeness of its measures, on the beat grid of one timing.
struct BeatAlignedSong: Sendable {
  let grid: SlotGrid
  /// Row-major, tokens × width of the audio vectors.
  let vectors: [Float]
  let width: Int
  /// Row-major, measures × measures: the cosine of their sound.
  let similarity: [Float]
  /// How alike its beats sound to each head of the memory; nil where they are too many.
  let likeness: [BeatLikeness]?
  let duration: Seconds
  /// Measures that touch the song.
  let audible: Range<Int>

  init(_ features: SongFeatures, grid: SlotGrid, heardBy memory: BeatMemory) {
    self.grid = grid
    width = features.width
    var vectors = [Float](repeating: 0, count: grid.tokens * features.width)
    for token in 0..<grid.tokens {
      SongFeatures.interpolate(
        features.vectors, width: features.width, frames: features.frames,
        at: grid.seconds[token * ModelLayout.slotsPerToken], into: &vectors, row: token)
    }
    self.vectors = vectors
    duration = features.duration
    let end = duration.value
    let perMeasure = ModelLayout.tokensPerMeasure * ModelLayout.slotsPerToken
    let touching = (0..<grid.measures).filter {
      grid.seconds[$0 * perMeasure] < end && grid.seconds[($0 + 1) * perMeasure] > 0
    }
    audible = touching.isEmpty ? 0..<0 : touching[0]..<touching[touching.count - 1] + 1
    let coarse = Self.coarse(features, grid)
    likeness = memory.likeness(vectors: vectors, coarse: coarse)
    similarity = Self.similarity(coarse, measures: grid.measures)
  }

  /// Row-major, tokens × coarse bands and their rises, each band normalised over the song.
  private static func coarse(_ features: SongFeatures, _ grid: SlotGrid) -> [Float] {
    let bands = SongFeatures.coarseBands
    var levels = [Float](repeating: 0, count: grid.tokens * bands)
    for token in 0..<grid.tokens {
      SongFeatures.interpolate(
        features.coarse, width: bands, frames: features.frames,
        at: grid.seconds[token * ModelLayout.slotsPerToken], into: &levels, row: token)
    }
    normaliseColumns(&levels, width: bands)
    var coarse = [Float](repeating: 0, count: grid.tokens * 2 * bands)
    for token in 0..<grid.tokens {
      for band in 0..<bands {
        let level = levels[token * bands + band]
        let before = token > 0 ? levels[(token - 1) * bands + band] : level
        coarse[token * 2 * bands + band] = level
        coarse[token * 2 * bands + bands + band] = max(0, level - before)
      }
    }
    return coarse
  }

  /// All products of the measures, each as one vector of its tokens' bands.
  private static func similarity(_ coarse: [Float], measures: Int) -> [Float] {
    let size = ModelLayout.tokensPerMeasure * 2 * SongFeatures.coarseBands
    var vectors = coarse
    normaliseRows(&vectors, width: size)
    return Weights.products(vectors, count: measures, width: size)
  }

  private static func normaliseColumns(_ values: inout [Float], width: Int) {
    let rows = values.count / width
    for column in 0..<width {
      var sum = 0.0
      var squares = 0.0
      for row in 0..<rows {
        let value = Double(values[row * width + column])
        sum += value
        squares += value * value
      }
      let mean = sum / Double(rows)
      let deviation = max(1e-3, max(0, squares / Double(rows) - mean * mean).squareRoot())
      for row in 0..<rows {
        values[row * width + column] = Float((Double(values[row * width + column]) - mean) / deviation)
      }
    }
  }

  private static func normaliseRows(_ values: inout [Float], width: Int) {
    for row in 0..<values.count / width {
      var squares: Float = 0
      for index in row * width..<(row + 1) * width { squares += values[index] * values[index] }
      let factor = 1 / max(squares.squareRoot(), 1e-6)
      for index in row * width..<(row + 1) * width { values[index] *= factor }
    }
  }
}
