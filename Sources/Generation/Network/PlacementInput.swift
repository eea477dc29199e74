import Foundation

/// What the placement network reads: the grid, the sound on it, and what is known of the chart.
struct PlacementInput {
  /// How far the start and the end of a song are felt.
  private static let edgeSeconds = 10.0
  /// Of the log-odds that a slot gains by memory.
  private static let memoryUnit: Float = 4

  let grid: SlotGrid
  /// nil without audio.
  let song: BeatAlignedSong?
  let known: KnownSlots
  let motifs: MotifMemory?

  init(grid: SlotGrid, song: BeatAlignedSong?, known: KnownSlots) {
    self.grid = grid
    self.song = song
    self.known = known
    motifs = song.map { MotifMemory(song: $0, known: known) }
  }

  var tokens: Int { grid.tokens }

  /// Fills one row a token: the audio vector, then the 34 channels of the contract.
  /// - Parameter gains: of the tokens' slots, by memory.
  func fill(
    _ output: UnsafeMutablePointer<Float>, tokens: Range<Int>, audioWidth: Int, gains: [Float]?
  ) {
    let width = audioWidth + PlacementNetwork.channels
    for (position, token) in tokens.enumerated() {
      let row = output + position * width
      for index in 0..<width { row[index] = 0 }
      if let song {
        for index in 0..<audioWidth { row[index] = song.vectors[token * audioWidth + index] }
        row[audioWidth] = 1
        fillEdges(row + audioWidth, at: grid.seconds[token * ModelLayout.slotsPerToken], of: song)
      }
      fillPosition(row + audioWidth, token: token)
      fillKnown(row + audioWidth, token: token)
      if let gains {
        for half in 0..<ModelLayout.slotsPerToken {
          let gain = gains[position * ModelLayout.slotsPerToken + half]
          row[audioWidth + 32 + half] = gain / Self.memoryUnit
        }
      }
    }
  }

  private func fillPosition(_ channels: UnsafeMutablePointer<Float>, token: Int) {
    let phase = token % ModelLayout.tokensPerBeat
    let angle = 2 * Double.pi * Double(phase) / Double(ModelLayout.tokensPerBeat)
    channels[1] = Float(sin(angle))
    channels[2] = Float(cos(angle))
    channels[3 + phase] = 1
    channels[15 + token / ModelLayout.tokensPerBeat % 4] = 1
    let slot = token * ModelLayout.slotsPerToken
    let length = grid.seconds[slot + ModelLayout.slotsPerToken] - grid.seconds[slot]
    let beat = min(4, max(0.1, length * Double(ModelLayout.tokensPerBeat)))
    channels[19] = Float(log(beat / 0.4))
  }

  /// How near the song's start and end are: few charts step in its first and last seconds.
  private func fillEdges(_ channels: UnsafeMutablePointer<Float>, at second: Double, of song: BeatAlignedSong)
  {
    channels[30] = Float(exp(-max(0, second) / Self.edgeSeconds))
    channels[31] = Float(exp(-max(0, song.duration.value - second) / Self.edgeSeconds))
  }

  /// What the note logits of some tokens' slots gain by what stands at other beats; nil without sound.
  func gains(of tokens: Range<Int>, by memory: BeatMemory) -> [Float]? {
    let slots = tokens.lowerBound * ModelLayout.slotsPerToken..<tokens.upperBound * ModelLayout.slotsPerToken
    return song?.likeness.map { memory.gains(slots, known: known, likeness: $0) }
  }

  private func fillKnown(_ channels: UnsafeMutablePointer<Float>, token: Int) {
    let measure = token / ModelLayout.tokensPerMeasure
    let motif = motifs?.motifs[measure]
    for half in 0..<ModelLayout.slotsPerToken {
      let slot = token * ModelLayout.slotsPerToken + half
      if known.isKnown[slot] {
        channels[20 + half] = 1
        channels[22 + half] = known.hasNotes[slot] ? 1 : 0
      }
      if let motifs, motif != nil {
        let rhythm = motifs.rhythm(of: measure, slot: slot % MotifMemory.slotsPerMeasure, known: known)
        channels[24 + half] = rhythm.mean
        channels[26 + half] = rhythm.best
      }
    }
    if let motif {
      channels[28] = 1
      channels[29] = motif.similarity
    }
  }
}
