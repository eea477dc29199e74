import Audio

extension ChangingSong {
  /// What the beats are played with.
  enum Timbre: Int, CaseIterable {
    case band, plucks, noisyBand, club, mallets
  }

  var timbre: Timbre { Timbre(rawValue: seed % Timbre.allCases.count) ?? .band }

  private static let pitches = [55, 65.4, 82.4, 73.4]

  /// The sound, the same on every call.
  package func clip() -> AudioClip {
    var canvas = Canvas(seconds: (beats.last ?? 0) + 1, seed: seed)
    for (beat, time) in beats.enumerated() {
      let next = beat + 1 < beats.count ? beats[beat + 1] : time + 0.4
      // A stop holds the beat, not what is between beats.
      let period = beat > 0 ? min(next - time, 1.15 * (time - beats[beat - 1])) : next - time
      let isSparse = kind == .sparseIntro && beat < 32
      if isSparse && beat % 2 == 1 { continue }
      play(beat, at: time, lasting: period, on: &canvas)
      if isSparse || timbre == .mallets { continue }
      canvas.hat(at: time)
      canvas.hat(at: time + period * (kind == .swing ? 2.0 / 3 : 0.5), level: 0.12)
    }
    if timbre == .noisyBand { canvas.hiss(level: 0.02) }
    if timbre == .mallets { canvas.hiss(level: 0.002) }
    return canvas.clip
  }

  private func play(_ beat: Int, at time: Double, lasting period: Double, on canvas: inout Canvas) {
    let pitch = ChangingSong.pitches[beat / 4 % 4]
    switch timbre {
    case .band, .noisyBand:
      if beat % 2 == 0 { canvas.kick(at: time) } else { canvas.snare(at: time) }
      canvas.pluck(at: time, pitch: pitch)
    case .plucks:
      for ratio in [1, 1.26, 1.5] { canvas.pluck(at: time, pitch: 4 * pitch * ratio) }
      if beat % 4 == 0 { canvas.pluck(at: time, pitch: pitch, level: 0.5) }
      if beat % 2 == 1 { canvas.hat(at: time, level: 0.3) }
    case .club:
      canvas.kick(at: time)
      if beat % 2 == 1 { canvas.snare(at: time) }
      canvas.pluck(at: time + period / 2, pitch: 2 * pitch, lasting: 0.2, level: 0.15)
      if beat % 4 == 0 {
        canvas.pad(at: time, pitches: [4, 5, 6].map { $0 * pitch }, lasting: 4 * period)
      }
    case .mallets:
      let melody = [1, 1.5, 1.26, 2][beat * 7 % 4]
      canvas.mallet(at: time, pitch: 8 * pitch * melody)
      if beat % 2 == 0 { canvas.mallet(at: time, pitch: 2 * pitch, level: beat % 4 == 0 ? 0.5 : 0.35) }
      canvas.mallet(
        at: time + period * (kind == .swing ? 2.0 / 3 : 0.5), pitch: 8 * pitch * 1.5, level: 0.12)
    }
  }
}

extension ChangingSong {
  /// So many songs: all kinds in turn, each time with other tempos, and with every timbre.
  package static func all(_ count: Int) -> [ChangingSong] {
    (0..<count).map { number in
      let kinds = Kind.allCases
      return ChangingSong(kinds[number % kinds.count], seed: 1 + number / kinds.count)
    }
  }
}
