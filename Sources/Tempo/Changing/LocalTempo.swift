import Foundation

/// The tempo around one moment: what the constant search finds in a few seconds.
struct LocalTempo: Sendable {
  /// Seconds of the stretch.
  var span: Range<Double>
  /// All that may be the beat there, with probabilities; phases count from the stretch of the whole view.
  var options: [TempoFinder.Found]
  /// See `PulseSpectrum.Peaks`.
  var prominence: Double
  /// The rate that a smooth path through all moments chose, in Hz.
  var rate = 0.0

  var center: Double { (span.lowerBound + span.upperBound) / 2 }

  /// Seconds a stretch, and from one to the next.
  static let length = 10.0
  static let hop = 2.5
  /// The price of any change of tempo between neighbours, in nats, and of a change by an octave squared.
  static let dearestChange = 4.0
  static let changePrice = 150.0
  /// The price of counting twice or half as fast from one moment to the next: music hardly ever means it.
  static let octavePrice = 12.0

  /// The stretches of a view in which something moves, each with its rate chosen.
  /// - Throws: `CancellationError`.
  static func path(in view: PulseView) throws -> [LocalTempo] {
    chosen(try spans(in: view).compactMap { try moment(in: view, $0) })
  }

  /// The stretches of a view, overlapping.
  static func spans(in view: PulseView) -> [Range<Double>] {
    var spans: [Range<Double>] = []
    var start = 0.0
    repeat {
      spans.append(start..<max(start, min(view.duration, start + length)))
      start += hop
    } while start + length / 2 < view.duration
    return spans
  }

  /// All that may be the beat in a stretch, phases counted from its start; nil when nothing moves in it.
  static func hypotheses(
    in view: PulseView, _ span: Range<Double>
  ) throws -> (hypotheses: [TempoHypothesis], prominence: Double)? {
    let part = try view.part(from: span.lowerBound, to: span.upperBound)
    let peaks = part.total.peaks(keeping: 5)
    guard part.movement >= TempoFinder.leastMovement, !peaks.rates.isEmpty else { return nil }
    return (try TempoHypothesis.all(in: part, from: peaks.rates), peaks.prominence)
  }

  private static func moment(in view: PulseView, _ span: Range<Double>) throws -> LocalTempo? {
    guard let (hypotheses, prominence) = try hypotheses(in: view, span) else { return nil }
    let probabilities = TempoRanker.probabilities(of: hypotheses, by: TempoRanker.stretch)
    let found = zip(hypotheses, probabilities).map { hypothesis, probability in
      TempoFinder.Found(
        rate: hypothesis.rate, phase: span.lowerBound + hypothesis.phase, confidence: probability)
    }
    guard !found.isEmpty else { return nil }
    return LocalTempo(span: span, options: found, prominence: prominence)
  }

  /// The most probable path of rates (Viterbi over each moment's distinct rates).
  private static func chosen(_ moments: [LocalTempo]) -> [LocalTempo] {
    let states = moments.map { moment in
      Dictionary(grouping: moment.options, by: \.rate)
        .map { (rate: $0.key, cost: -log($0.value.reduce(1e-6) { $0 + $1.confidence })) }
        .sorted { $0.rate < $1.rate }
    }
    guard var costs = states.first?.map(\.cost) else { return [] }
    var origins: [[Int]] = []
    for (before, after) in zip(states, states.dropFirst()) {
      var next: [Double] = []
      var origin: [Int] = []
      for state in after {
        let ways = before.indices.map { costs[$0] + changeCost(from: before[$0].rate, to: state.rate) }
        let best = ways.indices.min { ways[$0] < ways[$1] } ?? 0
        origin.append(best)
        next.append(ways[best] + state.cost)
      }
      costs = next
      origins.append(origin)
    }
    var moments = moments
    var state = costs.indices.min { costs[$0] < costs[$1] } ?? 0
    for index in moments.indices.reversed() {
      moments[index].rate = states[index][state].rate
      if index > 0 { state = origins[index - 1][state] }
    }
    return moments
  }

  private static func changeCost(from rate: Double, to other: Double) -> Double {
    let octaves = log2(other / rate)
    if abs(abs(octaves) - 1) < 0.08 { return octavePrice }
    return min(dearestChange, changePrice * octaves * octaves)
  }
}

extension [LocalTempo] {
  /// The rate at a time: of the nearest moment, or between two when they nearly agree.
  func rate(at time: Double) -> Double {
    guard let after = firstIndex(where: { $0.center >= time }) else { return last?.rate ?? 2 }
    guard after > 0 else { return self[0].rate }
    let left = self[after - 1]
    let right = self[after]
    let turn = (time - left.center) / (right.center - left.center)
    if abs(right.rate / left.rate - 1) < 0.05 { return left.rate + turn * (right.rate - left.rate) }
    return turn < 0.5 ? left.rate : right.rate
  }

  /// How much each frame looks like a beat to the moments around it, from 0 to about 1: their beats as bumps, faded
  /// in and out over the stretch, weighed by probability (after the predominant local pulse of P. Grosche and
  /// M. Müller, "Extracting predominant local pulse information from music recordings", IEEE TASLP 19, 2011).
  func pulse(frames: Int, frameRate: Double) -> [Float] {
    var pulse = [Float](repeating: 0, count: frames)
    var weights = [Float](repeating: 1e-3, count: frames)
    for moment in self {
      let first = Int(moment.span.lowerBound * frameRate)
      for frame in first..<Swift.min(frames, Int(moment.span.upperBound * frameRate)) {
        weights[frame] += Float(moment.fade(at: Double(frame) / frameRate))
      }
      let like = moment.options.filter { abs($0.rate / moment.rate - 1) < 0.03 }
      let sum = like.reduce(1e-9) { $0 + $1.confidence }
      for option in like {
        for beat in stride(from: option.phase, to: moment.span.upperBound, by: 1 / option.rate) {
          let height = option.confidence / sum * moment.fade(at: beat)
          pulse.addBump(of: height, at: beat * frameRate, width: 0.02 * frameRate)
        }
      }
    }
    return zip(pulse, weights).map { $0 / $1 }
  }
}

extension LocalTempo {
  /// From 0 at the ends of the stretch to 1 in its middle.
  fileprivate func fade(at time: Double) -> Double {
    0.5 - 0.5 * cos(2 * .pi * (time - span.lowerBound) / (span.upperBound - span.lowerBound))
  }
}

extension [Float] {
  /// Adds a Gaussian, cut off at three widths.
  fileprivate mutating func addBump(of height: Double, at center: Double, width: Double) {
    let low = Swift.max(0, Int(center - 3 * width))
    let high = Swift.min(count, Int(center + 3 * width))
    guard low < high else { return }
    for frame in low..<high {
      let distance = (Double(frame) - center) / width
      self[frame] += Float(height * exp(-0.5 * distance * distance))
    }
  }
}
