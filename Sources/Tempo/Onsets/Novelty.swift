import Audio
import Chart
import Signal

/// How strongly sound sets in, band by band, at evenly spaced times.
///
/// It is half-wave rectified spectral flux on compressed magnitudes with a maximum filter over frequency in the
/// reference frame, which keeps vibrato out (S. Böck and G. Widmer, "Maximum filter vibrato suppression for onset
/// detection", DAFx 2013). Frame `n` lies at `n / frameRate` seconds from the first sample analysed.
package struct Novelty: Sendable {
  /// Frames a second.
  package var frameRate: Double
  /// Bands from low to high, all of one length; values are 0 or more.
  package var bands: [[Float]]

  package init(frameRate: Double, bands: [[Float]]) {
    self.frameRate = frameRate
    self.bands = bands
  }

  package var count: Int { bands.first?.count ?? 0 }

  /// The frames from one time to another, in seconds.
  func part(from start: Double, to end: Double) -> Novelty {
    let range = Int((start * frameRate).rounded())..<Int((end * frameRate).rounded())
    return Novelty(frameRate: frameRate, bands: bands.map { Array($0[range.clamped(to: $0.indices)]) })
  }

  /// The sum over all bands.
  package var total: [Float] {
    (0..<count).map { frame in bands.reduce(0) { $0 + $1[frame] } }
  }
}

/// What the flux is measured with. The window's length in samples follows from the rate.
struct NoveltyKind: Sendable {
  /// Seconds a window; the nearest power of two samples is taken. Hops are a quarter of it.
  var window: Double
  /// Frames from a frame back to its reference.
  var lag: Int
  /// Band edges in Hz, ascending.
  var edges: [Double]
  var filtersReference: Bool

  /// For tempo: bands of kick, bass, low and high middle, presence, brilliance.
  static let tempo = NoveltyKind(
    window: 0.0225, lag: 2, edges: [20, 150, 400, 1200, 4000, 9000, 20000], filtersReference: true)

  /// For phase: frames of about a millisecond and a half.
  static let phase = NoveltyKind(
    window: 0.0056, lag: 2, edges: [0, 400, 2500, 20000], filtersReference: false)

  func size(atRate rate: Int) -> Int {
    var size = 16
    while Double(size) * 1.42 < window * Double(rate) { size *= 2 }
    return size
  }
}

extension Novelty {
  /// Samples of one channel to onset strength.
  ///
  /// The result does not depend on the level: magnitudes are taken relative to the samples' root mean square.
  /// - Throws: `CancellationError`.
  init(of samples: ArraySlice<Float>, rate: Int, kind: NoveltyKind) throws {
    let size = kind.size(atRate: rate)
    let hop = size / 4
    var flux = FluxMeter(size: size, rate: rate, kind: kind, level: samples.rootMeanSquare)
    let count = samples.count / hop + 1
    var bands = [[Float]](repeating: [Float](repeating: 0, count: count), count: kind.edges.count - 1)
    for frame in 0..<count {
      if frame % 4096 == 0 { try Task.checkCancellation() }
      flux.advance(samples: samples, from: samples.startIndex + frame * hop - size / 2)
      for band in bands.indices { bands[band][frame] = flux.bands[band] }
    }
    self.init(frameRate: Double(rate) / Double(hop), bands: bands)
  }
}

extension ArraySlice<Float> {
  var rootMeanSquare: Float {
    guard !isEmpty else { return 0 }
    let sum = reduce(0.0) { $0 + Double($1) * Double($1) }
    return Float((sum / Double(count)).squareRoot())
  }
}
