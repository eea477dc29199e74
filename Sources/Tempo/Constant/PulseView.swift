import Audio
import Chart

/// A stretch of sound as the tempo search sees it. Times count from the stretch's start.
struct PulseView: Sendable {
  /// Whitened tempo bands: kick, bass and low middle, high middle, top.
  let groups: [[Float]]
  let frameRate: Double
  /// The raw bands, for views of parts.
  let novelty: Novelty
  /// Short-window bands for phase.
  let phase: Novelty
  let total: PulseSpectrum
  let low: PulseSpectrum
  /// How much moves above the bass: the largest level of the bands there. Songs have 0.033 or more; chords and beating
  /// tones, however their bass flutters, less than 0.01.
  let movement: Double

  var duration: Double { total.duration }

  /// - Throws: `CancellationError`.
  init(novelty: Novelty, phase: Novelty) throws {
    movement =
      novelty.bands.dropFirst(2).map {
        Whitening.level(of: Whitening.rises(in: $0, frameRate: novelty.frameRate))
      }.max() ?? 0
    let bands = novelty.bands.map { Whitening.whitened($0, frameRate: novelty.frameRate) }
    try Task.checkCancellation()
    frameRate = novelty.frameRate
    groups = [bands[0], PulseView.sum(bands[1...2]), bands[3], PulseView.sum(bands[4...5])]
    self.novelty = novelty
    self.phase = phase
    total = PulseSpectrum(PulseView.sum(bands[...]), frameRate: frameRate)
    low = PulseSpectrum(bands[0], frameRate: frameRate)
  }

  /// The view of a part, in seconds of this one; its times count from the part's start.
  func part(from start: Double, to end: Double) throws -> PulseView {
    try PulseView(novelty: novelty.part(from: start, to: end), phase: phase.part(from: start, to: end))
  }

  /// How strongly anything sets in at each frame, from 0 to 1.
  var salience: [Float] {
    let sum = PulseView.sum(groups[...])
    let scale = 1 / (3 * sum[...].rootMeanSquare + 1e-9)
    return sum.map { min(1, $0 * scale) }
  }

  private static func sum(_ bands: ArraySlice<[Float]>) -> [Float] {
    (bands.first ?? []).indices.map { frame in bands.reduce(0) { $0 + $1[frame] } }
  }
}
