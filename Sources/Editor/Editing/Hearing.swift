import Chart

extension EditorState {
  /// Seconds around a moment in which an onset may be its own.
  private static let earshot = 0.06
  /// The least height of an onset that counts.
  private static let leastOnset: Float = 0.25
  /// What charts of the ITG tradition are before the sound.
  static let conventionBias = Seconds(0.009)

  /// The clearest onset near a time, those far from it counting for less; nil where nothing sets in within 60 ms.
  package func nearestOnset(to time: Seconds) -> Seconds? {
    guard let onsets = music.onsets else { return nil }
    let bins = onsets.bins
    let centre = time.value / onsets.secondsPerBin
    let reach = EditorState.earshot / onsets.secondsPerBin
    let low = max(1, Int(saturating: (centre - reach).rounded(.up)))
    let high = min(bins.count - 2, Int(saturating: (centre + reach).rounded(.down)))
    guard low <= high else { return nil }
    var best: (bin: Int, score: Double)?
    for bin in low...high
    where bins[bin] >= EditorState.leastOnset && bins[bin] >= bins[bin - 1] && bins[bin] > bins[bin + 1] {
      let distance = (Double(bin) - centre) / reach
      let score = Double(bins[bin]) * (1 - 0.8 * distance * distance)
      if score > best?.score ?? 0 { best = (bin, score) }
    }
    guard let best else { return nil }
    return Seconds((Double(best.bin) + EditorState.vertex(of: bins, at: best.bin)) * onsets.secondsPerBin)
  }

  /// By how much the sound comes after a row; nil where nothing sets in near it.
  package func lateness(of row: Row, by map: TimingMap) -> Seconds? {
    let time = map.seconds(at: row)
    return nearestOnset(to: time).map { $0 - time }
  }

  /// The median lateness of all beats; nil when hardly any has an onset near it.
  package var usualLateness: Seconds? {
    guard music.onsets != nil, let duration = music.duration else { return nil }
    let map = timingMap
    let last = map.beat(at: duration).row
    guard last > .zero, last.index / Row.perBeat < 20_000 else { return nil }
    let all = stride(from: Row.zero, through: last, by: Row.perBeat)
      .compactMap { lateness(of: $0, by: map)?.value }.sorted()
    return all.count >= 8 ? Seconds(all[all.count / 2]) : nil
  }

  /// Moves the grid from one tradition's offset to the other's, by what is heard now.
  mutating func switchConvention() throws(Refusal) -> [Effect] {
    guard let lateness = usualLateness else { throw Refusal("too little sets in near the beats to tell") }
    let bias = EditorState.conventionBias
    let isNull = abs(lateness.value) <= bias.value / 2
    guard isNull || abs(lateness.value - bias.value) <= bias.value / 2 else {
      throw Refusal(
        "the sound is \((lateness.value * 1000).decimals(0)) ms late: neither null offset nor ITG's 9")
    }
    let effects = try changeDraft { draft in
      var draft = draft
      draft.offset += isNull ? bias : -bias
      return draft
    }
    message = Message(
      isNull ? "ITG offset now: beats 9 ms before the sound" : "null offset now: beats on the sound")
    return effects
  }

  /// From -0.5 to 0.5: where the top of the parabola through a local maximum and its neighbours lies.
  private static func vertex(of bins: [Float], at index: Int) -> Double {
    let before = Double(bins[index - 1])
    let here = Double(bins[index])
    let after = Double(bins[index + 1])
    let curvature = before - 2 * here + after
    return curvature < 0 ? min(0.5, max(-0.5, 0.5 * (before - after) / curvature)) : 0
  }
}
