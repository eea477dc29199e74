import Audio
import Chart

/// All that the tempo search knows of a stretch of sound: what sets in when. Times count from the stretch's start.
package struct HeardSound: Sendable {
  /// Seconds from the clip's start to the stretch's.
  package var start: Double
  /// Seconds to where the music begins.
  package var musicStart: Double
  /// In long windows, for tempo.
  package var novelty: Novelty
  /// In short ones, for phase.
  package var phase: Novelty

  /// Seconds.
  package var duration: Double { Double(phase.count) / phase.frameRate }

  package init(start: Double, musicStart: Double, novelty: Novelty, phase: Novelty) {
    self.start = start
    self.musicStart = musicStart
    self.novelty = novelty
    self.phase = phase
  }

  /// - Parameter region: in seconds of the clip; all of it when nil.
  /// - Returns: nil for less sound than there can be a tempo in.
  /// - Throws: `CancellationError` when the task is cancelled.
  package init?(of clip: AudioClip, in region: Range<Seconds>? = nil) throws {
    let frames = HeardSound.frames(of: region, in: clip)
    guard Double(frames.count) >= TempoFinder.leastDuration * Double(clip.rate) else { return nil }
    let samples = clip.mono[frames]
    start = Double(frames.lowerBound) / Double(clip.rate)
    musicStart = FirstBeat.musicStart(of: samples, rate: clip.rate)
    novelty = try Novelty(of: samples, rate: clip.rate, kind: .tempo)
    phase = try Novelty(of: samples, rate: clip.rate, kind: .phase)
  }

  private static func frames(of region: Range<Seconds>?, in clip: AudioClip) -> Range<Int> {
    let all = 0..<clip.length.count
    guard let region else { return all }
    let frame = { (time: Seconds) in
      Int((min(max(time.value, 0), clip.duration) * Double(clip.rate)).rounded())
    }
    return (frame(region.lowerBound)..<frame(region.upperBound)).clamped(to: all)
  }
}
