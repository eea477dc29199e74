import Chart

extension TempoFinder {
  /// The part of neighbouring moments whose tempos must agree for there to be a beat at all.
  static let leastAgreement = 0.7
  /// The prominence that most moments must reach for a song that has no common pulse.
  static let leastLocalProminence = 3.0

  static func isConstant(_ found: Found?, in view: PulseView) throws -> Bool {
    guard let found else { return false }
    return try ConstancyCheck.holds(rate: found.rate, in: view)
  }

  /// A tempo that changes, as segments whose times count from the view's start; none when no beat can be followed, or
  /// when those that can be lie on the beats of the constant tempo.
  static func segments(
    in view: PulseView, tightness: Double, every length: Int? = nil, musicStart: Double,
    unless constant: Found?
  ) throws -> [TempoSegment] {
    let tempo = try LocalTempo.path(in: view)
    guard tempo.isSteadyEnough else { return [] }
    let beats = try trackedBeats(in: view, along: tempo, musicStart: musicStart)
    if let constant, constant.explains(beats) { return [] }
    let lines = TempoPartition.lines(through: beats, tightness: tightness)
    return SegmentSolver(beats: beats, every: length).segments(along: lines)
  }

  /// Beats of the music, refined, counted from the first.
  static func trackedBeats(
    in view: PulseView, along tempo: [LocalTempo], musicStart: Double
  ) throws -> [HeardBeat] {
    let pulse = tempo.pulse(frames: view.novelty.count, frameRate: view.frameRate)
    let evidence = evidence(pulse: pulse, salience: view.salience, frameRate: view.frameRate)
    let tracker = BeatTracker(evidence: evidence, frameRate: view.frameRate, tempo: tempo)
    let beats = try tracker.beats().filter { $0.time > musicStart - 0.06 }
    return BeatRefiner.refined(beats, phase: view.phase)
  }

  /// The pulse counts as far as onsets follow it within a few seconds. Where they do not, as in a ritardando, they count
  /// for themselves all the more.
  private static func evidence(pulse: [Float], salience: [Float], frameRate: Double) -> [Float] {
    let followed = PrefixSums(Array(zip(pulse, salience))) { Double($0.0 * $0.1) }
    let expected = PrefixSums(pulse) { Double($0 * $0) + 1e-6 }
    let reach = Int(1.5 * frameRate)
    let support = pulse.indices.map {
      followed.mean(around: $0, reach: reach) / expected.mean(around: $0, reach: reach)
    }
    let usual = max(1e-6, support.sorted()[support.count / 2])
    return pulse.indices.map { frame in
      let ratio = Float(min(1, support[frame] / usual))
      let trust = ratio * ratio
      return pulse[frame] * trust + (1 - 0.5 * trust) * salience[frame]
    }
  }
}

extension [LocalTempo] {
  /// Whether a beat can be followed: the moments are clear, and most neighbours agree on their tempo.
  var isSteadyEnough: Bool {
    guard count >= 2 else { return false }
    let clear = filter { $0.prominence >= TempoFinder.leastLocalProminence }.count
    let agreeing = zip(self, dropFirst()).filter { abs($1.rate / $0.rate - 1) < 0.06 }.count
    return clear * 2 >= count && Double(agreeing) >= TempoFinder.leastAgreement * Double(count - 1)
  }
}

extension TempoFinder.Found {
  /// Seconds by which a beat may be off, the part of the beats that must not be, and how many in a row may.
  private static let tolerance = 0.015
  private static let share = 0.9
  private static let longestGap = 12

  /// Whether beats that were followed one by one lie on beats of this tempo, or all of them half-way between.
  fileprivate func explains(_ beats: [HeardBeat]) -> Bool {
    [0, 0.5].contains { explains(beats, from: phase + $0 / rate) }
  }

  private func explains(_ beats: [HeardBeat], from start: Double) -> Bool {
    var agreeing = 0
    var checked = 0
    var gap = 0
    for beat in beats where beat.weight > 0.3 {
      let turns = (beat.time - start) * rate
      let isNear = abs(turns - turns.rounded()) / rate < Self.tolerance
      checked += 1
      agreeing += isNear ? 1 : 0
      gap = isNear ? 0 : gap + 1
      if gap > Self.longestGap { return false }
    }
    return checked > 0 && Double(agreeing) >= Self.share * Double(checked)
  }
}
