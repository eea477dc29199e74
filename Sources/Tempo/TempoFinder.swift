import Audio
import Chart

/// Finds the tempo of a sound: which constant tempos explain it, how sure that is, or that there is none.
///
/// Pulses are peaks of the novelty's Fourier transform summed over harmonics; each peak and its metric relations
/// are folded to find the phase, and a linear model trained on real charts ranks them. The same sound always gives
/// the same answer.
package struct TempoFinder: Sendable {
  /// The most candidates in an answer.
  package static let candidateLimit = 6
  /// The prominence of the strongest pulse below which there is no tempo. Noise reaches 2.2 and speech 2.9; 15
  /// seconds of a song have 3.5 or more, and most whole songs over 10.
  static let leastProminence = 3.2
  /// The movement above the bass below which nothing sets in.
  static let leastMovement = 0.015
  /// Seconds of sound below which there is no answer.
  static let leastDuration = 2.0

  /// How closely segments follow a changing tempo unless told otherwise.
  package static let defaultTightness = 0.5

  package init() {}

  /// The tempo of a clip or a region of it.
  ///
  /// - Parameters:
  ///   - region: in seconds of the clip; all of it when nil. Offsets count from the clip's start always.
  ///   - tightness: how closely segments follow a tempo that changes, from 0 (fewest segments) to 1; nil takes it
  ///     to be constant.
  ///   - beats: where the tempo changes, a segment for each so many beats; nil makes as few as explain them.
  /// - Returns: both lists empty when no tempo is found.
  /// - Throws: `CancellationError` when the task is cancelled.
  package func estimate(
    _ clip: AudioClip, in region: Range<Seconds>? = nil, tightness: Double? = defaultTightness,
    every beats: Int? = nil
  ) throws -> TempoEstimate {
    guard let sound = try HeardSound(of: clip, in: region) else { return TempoEstimate() }
    return try estimate(sound, tightness: tightness, every: beats)
  }

  /// The tempo of what was heard before, with offsets that count from the clip's start.
  package func estimate(
    _ sound: HeardSound, tightness: Double? = defaultTightness, every beats: Int? = nil
  ) throws -> TempoEstimate {
    let (start, musicStart) = (sound.start, sound.musicStart)
    let view = try PulseView(novelty: sound.novelty, phase: sound.phase)
    let found = try TempoFinder.candidates(in: view)
    let candidates = found.map { found in
      let first = FirstBeat.time(phase: found.phase, period: 1 / found.rate, musicStart: musicStart)
      return TempoCandidate(
        bpm: found.rate * 60, offset: Seconds(-(start + first)), confidence: found.confidence)
    }
    if let tightness, try !TempoFinder.isConstant(found.first, in: view) {
      let segments = try TempoFinder.segments(
        in: view, tightness: tightness, every: beats, musicStart: musicStart, unless: found.first
      )
      .map { $0.moved(by: Seconds(start)) }
      if let first = segments.first {
        let whole = TempoCandidate(bpm: first.bpm, offset: -first.start, confidence: 0)
        return TempoEstimate(candidates: candidates.isEmpty ? [whole] : candidates, segments: segments)
      }
    }
    guard let best = candidates.first, let first = found.first else { return TempoEstimate() }
    let segment = TempoFinder.segment(at: best, measured: first.measured, in: view, start: start)
    return TempoEstimate(candidates: candidates, segments: [segment])
  }

  /// The one segment of a constant tempo.
  private static func segment(
    at best: TempoCandidate, measured: Double, in view: PulseView, start: Double
  ) -> TempoSegment {
    let reading = SegmentReading(first: 0, start: -best.offset.value - start, period: 60 / best.bpm)
    let grid = stride(from: reading.start, to: view.duration, by: reading.period).map {
      BeatTracker.Beat(time: $0, period: reading.period, followsPause: false)
    }
    let heard = BeatRefiner.refined(grid, phase: view.phase)
    return TempoSegment(
      row: .zero, start: -best.offset, bpm: best.bpm, fit: reading.fit(of: heard),
      alternatives: reading.alternatives(of: heard, measured: measured * 60))
  }

  /// One answer to what the beat may be, before it is ranked. Seconds count from the sound's start.
  package typealias Evidence = (bpm: Double, beat: Seconds, features: [Double])

  /// Everything that may be the beat: what the ranker's weights for whole songs are fitted to.
  package func evidence(in sound: HeardSound) throws -> [Evidence] {
    try TempoFinder.hypotheses(in: PulseView(novelty: sound.novelty, phase: sound.phase)).map {
      ($0.bpm, Seconds($0.phase), $0.features)
    }
  }

  /// The same for stretches of a song, one in so many: what the weights for stretches are fitted to.
  package func evidence(
    in sound: HeardSound, oneIn step: Int
  ) throws -> [(span: Range<Double>, options: [Evidence])] {
    let view = try PulseView(novelty: sound.novelty, phase: sound.phase)
    let spans = LocalTempo.spans(in: view).enumerated().filter { $0.offset % step == 0 }.map(\.element)
    return try spans.compactMap { span in
      try LocalTempo.hypotheses(in: view, span).map { heard in
        (span, heard.hypotheses.map { ($0.bpm, Seconds(span.lowerBound + $0.phase), $0.features) })
      }
    }
  }
}

extension TempoFinder {
  /// A constant tempo of a stretch: beats a second, seconds to a beat, and the probability that it is the beat.
  struct Found: Sendable {
    var rate: Double
    var phase: Double
    var confidence: Double
    /// The rate before it was made a round one.
    var measured: Double

    init(rate: Double, phase: Double, confidence: Double, measured: Double? = nil) {
      self.rate = rate
      self.phase = phase
      self.confidence = confidence
      self.measured = measured ?? rate
    }

    /// Whether the beats of both lie within 10 ms of each other in the middle of a stretch, at tempos that are hardly
    /// apart.
    func isLike(_ other: Found, over duration: Double) -> Bool {
      guard abs(rate - other.rate) < 0.001 * rate else { return false }
      let middle = duration / 2
      let turns = (middle - phase) * rate - (middle - other.phase) * other.rate
      return abs(turns - turns.rounded()) / rate < 0.01
    }
  }

  /// The best candidates, most probable first; none when there is no pulse.
  static func candidates(in view: PulseView) throws -> [Found] {
    let hypotheses = try self.hypotheses(in: view)
    let probabilities = TempoRanker.probabilities(of: hypotheses, by: TempoRanker.song)
    let order = hypotheses.indices.sorted { probabilities[$0] > probabilities[$1] }
    var found: [Found] = []
    for index in order where found.count < candidateLimit {
      let candidate = settled(hypotheses[index], confidence: probabilities[index], in: view)
      // Two ways to the same answer.
      if let same = found.firstIndex(where: { $0.isLike(candidate, over: view.duration) }) {
        found[same].confidence += candidate.confidence
      } else {
        found.append(candidate)
      }
    }
    return found.sorted { $0.confidence > $1.confidence }
  }

  /// All that may be the beat; none when there is no pulse.
  static func hypotheses(in view: PulseView) throws -> [TempoHypothesis] {
    let peaks = view.total.peaks(keeping: 3)
    guard peaks.prominence >= leastProminence, view.movement >= leastMovement else { return [] }
    return try TempoHypothesis.all(in: view, from: peaks.rates)
  }

  /// Snaps the tempo to a whole number when that is as good, and measures the phase again if it did.
  private static func settled(_ hypothesis: TempoHypothesis, confidence: Double, in view: PulseView) -> Found
  {
    let rate = TempoSnap.snapped(hypothesis.rate, in: view.total)
    guard rate != hypothesis.rate else {
      return Found(rate: rate, phase: hypothesis.phase, confidence: confidence)
    }
    // The phase was that of the middle of the stretch at the measured tempo.
    let middle = view.duration / 2
    let turns = ((middle - hypothesis.phase) * hypothesis.rate).rounded()
    let expected = hypothesis.phase + turns / hypothesis.rate - turns / rate
    let moments = PhaseProfile(of: view.phase, period: 1 / rate).moments(keeping: 6)
    let distance = { (time: Double) in
      abs(((time - expected) * rate) - ((time - expected) * rate).rounded()) / rate
    }
    guard let nearest = moments.map(\.time).min(by: { distance($0) < distance($1) }),
      distance(nearest) < 0.012
    else {
      return Found(rate: rate, phase: expected, confidence: confidence, measured: hypothesis.rate)
    }
    return Found(rate: rate, phase: nearest, confidence: confidence, measured: hypothesis.rate)
  }
}
