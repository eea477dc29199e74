import Audio
import Foundation
import SyntheticSongs
import Tempo

/// Every hypothesis as a line of numbers, for study with other tools.
extension Evaluation {
  /// Of songs of constant tempo: song, whether tempo and phase are right, whether the tempo is, BPM, phase error in
  /// seconds, features.
  static func writeFeatures(of songs: [SongTruth], to file: String, cache: SoundCache) throws {
    var lines = ""
    for song in songs where song.constantBPM != nil {
      guard let sound = try? cache.sound(song.name, { try AudioClip.decode(song.audio) }) else { continue }
      for option in try TempoFinder().evidence(in: sound) {
        let judgement = Judgement(bpm: option.bpm, beat: option.beat.value, truth: song)
        lines += line(
          [song.name, judgement.isRight ? "1" : "0", judgement.hasTempo ? "1" : "0", "\(option.bpm)"]
            + ["\(judgement.phaseError)"], option.features)
      }
    }
    try lines.write(toFile: file, atomically: true, encoding: .utf8)
  }

  /// Of one stretch in five of every song, and of as many synthesised songs as asked for: song and start of the
  /// stretch, share of the true beats that are met, BPM, features.
  static func writeStretchFeatures(of songs: [SongTruth], to file: String, options: Options) throws {
    var lines = ""
    func write(_ name: String, _ stretches: [Stretch]) {
      for stretch in stretches {
        for index in stretch.features.indices {
          lines += line(
            ["\(name)@\(stretch.start)", "\(stretch.shares[index])", "\(stretch.bpms[index])"],
            stretch.features[index])
        }
      }
    }
    for song in songs {
      guard let sound = try? options.cache.sound(song.name, { try AudioClip.decode(song.audio) }) else {
        continue
      }
      let beats = song.beats(upTo: sound.duration)
      write(song.name, try stretches(of: sound, beats: beats, halfBeat: song.halfBeat))
    }
    for song in ChangingSong.all(options.count) {
      guard let sound = try options.cache.sound("\(song)", { song.clip() }) else { continue }
      write(
        "\(song)".replacing(" ", with: "-"), try stretches(of: sound, beats: song.beats, halfBeat: .asWritten)
      )
    }
    try lines.write(toFile: file, atomically: true, encoding: .utf8)
  }

  /// What may be the beat of one stretch: parallel lists of the hypotheses.
  struct Stretch {
    /// Seconds.
    var start: Double
    var bpms: [Double]
    /// Of the true beats that each meets.
    var shares: [Double]
    var features: [[Double]]
  }

  /// One stretch in five, without those that have hardly a beat.
  static func stretches(
    of sound: HeardSound, beats: [Double], halfBeat: SongTruth.HalfBeat
  ) throws -> [Stretch] {
    try TempoFinder().evidence(in: sound, oneIn: 5).compactMap { span, options in
      let truth = beats.filter { span.contains($0) }
      guard truth.count > 3 else { return nil }
      let halves = zip(truth, truth.dropFirst()).map { ($0 + $1) / 2 }
      let truths = halfBeat == .unknown ? [truth, halves] : [truth]
      let shares = options.map { option in
        let found = Array(stride(from: option.beat.value, to: span.upperBound, by: 60 / option.bpm))
        return truths.flatMap { truth in
          [0, Judgement.bias].map { bias in BeatMatch.share(of: truth.map { $0 + bias }, in: found) }
        }.max() ?? 0
      }
      return Stretch(
        start: span.lowerBound, bpms: options.map(\.bpm), shares: shares, features: options.map(\.features))
    }
  }

  private static func line(_ fields: [String], _ features: [Double]) -> String {
    (fields + features.map { "\($0)" }).joined(separator: " ") + "\n"
  }
}
