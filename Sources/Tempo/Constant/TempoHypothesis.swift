import Foundation

/// A tempo with a phase that may be the beat, and what speaks for and against it.
struct TempoHypothesis: Sendable {
  /// Beats a second.
  var rate: Double
  /// Seconds from the stretch's start to a beat.
  var phase: Double
  var features: [Double]

  var bpm: Double { rate * 60 }
}

extension TempoHypothesis {
  /// Metric levels that may be mistaken for one another.
  static let relations: [Double] = [1, 2, 0.5, 1.5, 2.0 / 3, 0.75, 4.0 / 3, 3, 1.0 / 3]
  /// Tempos of real charts lie in this range but for one in a thousand.
  static let allowed = 58.0 / 60...300.0 / 60

  /// Every tempo that the strongest pulses or their relations suggest, at every clear moment of its beat.
  /// - Throws: `CancellationError`.
  static func all(in view: PulseView, from peaks: [Double]) throws -> [TempoHypothesis] {
    var rates: [Double] = []
    let isNew = { (rate: Double) in rates.allSatisfy { abs(rate - $0) >= 0.002 * rate } }
    for peak in peaks {
      for relation in relations where allowed.contains(peak * relation) && isNew(peak * relation) {
        let rate = view.total.refined(peak * relation)
        if isNew(rate) { rates.append(rate) }
      }
    }
    return try rates.flatMap { rate in
      try Task.checkCancellation()
      let evidence = MetricEvidence(of: view, rate: rate)
      return PhaseProfile(of: view.phase, period: 1 / rate).moments(keeping: 4).map { moment in
        TempoHypothesis(
          rate: rate, phase: moment.time,
          features: evidence.features(phase: moment.time + PhaseProfile.lateness, height: moment.height))
      }
    }
  }
}

/// What can be said of one tempo before its phase is chosen.
struct MetricEvidence {
  private let rate: Double
  /// Bars of four beats by band group, relative to their means.
  private let bars: [[Float]]
  /// The same folded to one beat.
  private let beats: [[Float]]
  private let binsPerBeat: Int
  private let spectral: [Double]

  /// Rates relative to the beat's at which the spectra are read: two and four beats, triple and dotted ones, and
  /// divisions.
  private static let probes: [Double] = [0.25, 1.0 / 3, 0.5, 1, 1.5, 2, 3, 4, 6, 8]
  /// Where the tempo prior of real charts is centred, in BPM: the median over the songs of a corpus.
  private static let usualBPM = 155.0

  init(of view: PulseView, rate: Double) {
    self.rate = rate
    let binsPerBeat = max(8, Int((1 / rate / 0.004).rounded()))
    let folded = Fold.profiles(of: view.groups, period: 4 / rate * view.frameRate, bins: 4 * binsPerBeat)
    bars = folded.map { bar in
      let mean = bar.reduce(0, +) / Float(bar.count) + 1e-9
      return bar.smoothedAround(by: [0.25, 0.5, 0.25]).map { $0 / mean }
    }
    beats = bars.map { bar in
      (0..<binsPerBeat).map { bin in (0..<4).reduce(0) { $0 + bar[bin + $1 * binsPerBeat] } / 4 }
    }
    self.binsPerBeat = binsPerBeat
    spectral = [view.total, view.low].flatMap { spectrum in
      let amplitudes = MetricEvidence.probes.map { spectrum.amplitude(at: rate * $0) }
      let sum = log(amplitudes.reduce(0, +) + 0.2)
      return amplitudes.map { log($0 + 0.02) - sum }
    }
  }

  /// - Parameters:
  ///   - phase: seconds to a beat, in the time of the novelty.
  ///   - height: of that moment in the phase profile, at most 1.
  func features(phase: Double, height: Double) -> [Double] {
    let turn = phase * rate
    let reach = max(1, Int((0.012 * rate * Double(binsPerBeat)).rounded()))
    let strength = { (fraction: Double) in beats.map { Double($0.peak(at: turn + fraction, reach: reach)) } }
    let logs = { (values: [Double]) in values.map { log(0.15 + $0) } }
    let mean = { (a: [Double], b: [Double]) in zip(a, b).map { ($0 + $1) / 2 } }

    var features = logs(strength(0)) + logs(strength(0.5))
    features += logs(mean(strength(0.25), strength(0.75)))
    features += logs(mean(strength(1.0 / 3), strength(2.0 / 3)))
    for bar in bars {
      let beat = (0..<4).map { Double(bar.peak(at: (turn + Double($0)) / 4, reach: reach)) }
      let sum = beat[0] + beat[1] + beat[2] + beat[3] + 0.3
      features.append(abs(beat[0] + beat[2] - beat[1] - beat[3]) / sum)
      features.append((abs(beat[0] - beat[2]) + abs(beat[1] - beat[3])) / sum)
    }
    let octaves = log2(rate * 60 / MetricEvidence.usualBPM)
    features += [height, octaves, octaves * octaves, max(0, abs(octaves) - 0.5)]
    return features + spectral
  }
}
