import Audio
import Chart
import Signal
import Synchronization

/// What the model has heard of a song: made once by `Suggester.prepare`, good for every request about it.
package final class SongFeatures: Sendable {
  /// Bands of the coarse picture from which motifs are told apart.
  static let coarseBands = 20

  /// Frames of the log-mel picture, 100 a second.
  let frames: Int
  /// Values in an audio vector.
  let width: Int
  /// Row-major, frames × `width`: what the front end makes of each frame.
  let vectors: [Float]
  /// Row-major, frames × `coarseBands`: log-mel of the middle window, means of neighbouring bands.
  let coarse: [Float]
  /// For each frame, how strong its onset is among all of the song, from 0 to 1.
  let onsetRanks: [Float]
  /// From the first sound to the last, in seconds: before and after it there is nothing to step to.
  let sounding: ClosedRange<Double>
  /// The last grid that was asked for: edits rarely change the timing.
  private let lastSong = Mutex<BeatAlignedSong?>(nil)
  private let lastGrid = Mutex<(timing: TimingData, end: Row, grid: SlotGrid)?>(nil)

  init(mel: LogMel, frontEnd: FrontEnd) {
    frames = mel.frames
    width = frontEnd.width
    vectors = frontEnd.vectors(of: mel)
    coarse = SongFeatures.coarse(mel)
    onsetRanks = SongFeatures.onsetRanks(coarse, frames: mel.frames)
    sounding = SongFeatures.sounding(coarse, frames: mel.frames)
  }

  /// Seconds of sound.
  package var duration: Seconds { Seconds(Double(frames) / LogMel.framesPerSecond) }

  /// The song on a beat grid; the last one is kept.
  func aligned(to grid: SlotGrid, heardBy memory: BeatMemory) -> BeatAlignedSong {
    lastSong.withLock { last in
      if let last, last.grid == grid { return last }
      let song = BeatAlignedSong(self, grid: grid, heardBy: memory)
      last = song
      return song
    }
  }

  /// The beat grid of a timing; the last one is kept.
  func grid(_ timing: TimingData, _ map: TimingMap, end: Row) throws(ModelError) -> SlotGrid {
    if let last = lastGrid.withLock({ $0 }), last.timing == timing, last.end == end { return last.grid }
    let grid = try SlotGrid(timing: map, end: end)
    lastGrid.withLock { $0 = (timing, end, grid) }
    return grid
  }

  private static func coarse(_ mel: LogMel) -> [Float] {
    let group = LogMel.bands / coarseBands
    var result = [Float](repeating: 0, count: mel.frames * coarseBands)
    for frame in 0..<mel.frames {
      let row = frame * LogMel.channels + LogMel.bands
      for band in 0..<coarseBands {
        var sum: Float = 0
        for index in 0..<group { sum += mel.values[row + band * group + index] }
        result[frame * coarseBands + band] = sum / Float(group)
      }
    }
    return result
  }

  /// This far below the loud parts, as a logarithm of power (45 dB), there is silence.
  private static let silence: Float = 10.4
  /// What stands a moment before the first sound is on it.
  private static let margin = 0.1

  private static func sounding(_ coarse: [Float], frames: Int) -> ClosedRange<Double> {
    let levels = (0..<frames).map { frame in
      coarse[frame * coarseBands..<(frame + 1) * coarseBands].reduce(0, +) / Float(coarseBands)
    }
    guard let loud = levels.sorted().dropLast(frames / 20).last,
      let first = levels.firstIndex(where: { $0 > loud - silence }),
      let last = levels.lastIndex(where: { $0 > loud - silence })
    else { return 0...0 }
    return Double(first) / LogMel.framesPerSecond - margin...Double(last) / LogMel.framesPerSecond + margin
  }

  /// The rank of each frame's rise in level over the two frames before it, all bands together.
  private static func onsetRanks(_ coarse: [Float], frames: Int) -> [Float] {
    guard frames > 2 else { return [Float](repeating: 0, count: frames) }
    var rises = [Float](repeating: 0, count: frames)
    for frame in 2..<frames {
      for band in 0..<coarseBands {
        rises[frame] += max(0, coarse[frame * coarseBands + band] - coarse[(frame - 2) * coarseBands + band])
      }
    }
    let order = rises.indices.sorted { rises[$0] < rises[$1] }
    var ranks = rises
    for (rank, frame) in order.enumerated() { ranks[frame] = Float(rank) / Float(frames - 1) }
    return ranks
  }

  /// The strongest onset within 20 ms of a time, as a rank from 0 to 1.
  func onset(near time: Seconds) -> Float {
    let position = (time.value * LogMel.framesPerSecond).rounded()
    // Tempos near 0 give times beyond all numbers.
    guard position.magnitude < Double(Int32.max) else { return 0 }
    let frame = Int(position)
    return (frame - 2...frame + 2).reduce(0) { best, frame in
      onsetRanks.indices.contains(frame) ? max(best, onsetRanks[frame]) : best
    }
  }

  /// Adds the linear interpolation of a row-major picture at a time to `output`; frames outside count as zeros.
  static func interpolate(
    _ picture: [Float], width: Int, frames: Int, at seconds: Double, into output: inout [Float], row: Int
  ) {
    let position = seconds * LogMel.framesPerSecond
    guard position > -1, position < Double(frames) else { return }
    let left = Int(position.rounded(.down))
    let weight = Float(position - Double(left))
    for (frame, share) in [(left, 1 - weight), (left + 1, weight)] where frame >= 0 && frame < frames {
      for index in 0..<width { output[row * width + index] += share * picture[frame * width + index] }
    }
  }
}
