import Audio

/// How much begins to sound at each moment of a song: what an author sees beside the beats and snaps them to.
package struct OnsetCurve: Sendable {
  /// Seconds from one value to the next, about a millisecond and a half; the first value stands at 0 seconds.
  package let secondsPerValue: Double
  /// From 0 to 1, where 1 is a clear attack of the song.
  package let values: [Float]

  /// - Throws: `CancellationError` when the task is cancelled.
  package init(of clip: AudioClip) throws {
    let novelty = try Novelty(of: clip.mono[...], rate: clip.rate, kind: .phase)
    let strength = BeatRefiner.strength(of: novelty)
    secondsPerValue = 1 / novelty.frameRate
    let level = OnsetCurve.clearAttack(of: strength)
    values = strength.map { min(1, $0 / level) }
  }

  /// The strength that the clearest onsets reach: one local maximum in ten has more.
  private static func clearAttack(of strength: [Float]) -> Float {
    let tops = strength.indices.dropFirst().dropLast().filter {
      strength[$0] > strength[$0 - 1] && strength[$0] >= strength[$0 + 1] && strength[$0] > 0.5
    }.map { strength[$0] }.sorted()
    // Strengths are in units of the bands' own spread: silence and hiss have none that matter.
    return max(4, tops.dropFirst(tops.count * 9 / 10).first ?? 4)
  }
}
