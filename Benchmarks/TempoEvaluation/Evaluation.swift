import Audio
import Chart
import Foundation
import Tempo

enum Evaluation {
  /// Prints the counts of both methods over the songs of constant tempo.
  static func compare(_ songs: [SongTruth], options: Options) throws {
    var ours = Tally()
    var theirs = Tally()
    var single = 0
    var seconds = 0.0
    for song in songs where song.constantBPM != nil {
      guard let clip = try? AudioClip.decode(song.audio) else { continue }
      let start = Date()
      let estimate = try TempoFinder().estimate(clip)
      let candidates = estimate.candidates
      seconds += Date().timeIntervalSince(start)
      let answers = candidates.map { Judgement(bpm: $0.bpm, beat: -$0.offset.value, truth: song) }
      ours.count(answers)
      if estimate.segments.count == 1 { single += 1 }
      if options.lists, estimate.segments.count != 1 {
        print("  \(song.name): \(estimate.segments.count) segments")
      }
      if options.lists, answers.first?.isRight != true { print(miss(of: song, candidates, answers)) }
      if options.isAlone { continue }
      let baseline = HistogramMethod(samples: clip.mono, rate: clip.rate).candidates()
      theirs.count(baseline.map { Judgement(bpm: $0.bpm, beat: $0.beat, truth: song) })
    }
    print(ours.line("learnitup  "))
    if !options.isAlone { print(theirs.line("histogram  ")) }
    print("one segment, as in the chart: \(single) of \(ours.songs)")
    print(String(format: "%.2f s a song on average, after decoding", seconds / Double(max(1, ours.songs))))
  }

  private static func miss(
    of song: SongTruth, _ candidates: [TempoCandidate], _ answers: [Judgement]
  ) -> String {
    let found = zip(candidates, answers).prefix(3).map { candidate, answer in
      String(format: "%.3f %+.1fms p%.2f", candidate.bpm, answer.phaseError * 1000, candidate.confidence)
    }
    return "  \(song.name) \(song.constantBPM ?? 0) \(song.halfBeat): " + found.joined(separator: ", ")
  }

  /// Writes every hypothesis of every song as a line of numbers, for study with other tools: song, whether tempo and
  /// phase are right, whether the tempo is, BPM, phase error in seconds, features.
  static func writeFeatures(of songs: [SongTruth], to file: String) throws {
    var lines = ""
    for song in songs where song.constantBPM != nil {
      guard let clip = try? AudioClip.decode(song.audio) else { continue }
      for option in try TempoFinder().evidence(in: clip) {
        let judgement = Judgement(bpm: option.bpm, beat: option.beat.value, truth: song)
        let fields = [
          song.name, judgement.isRight ? "1" : "0", judgement.hasTempo ? "1" : "0", "\(option.bpm)",
          "\(judgement.phaseError)",
        ]
        lines += (fields + option.features.map { "\($0)" }).joined(separator: " ") + "\n"
      }
    }
    try lines.write(toFile: file, atomically: true, encoding: .utf8)
  }

  /// Prints weights for the ranker, fitted to the songs of constant tempo.
  static func fit(_ songs: [SongTruth]) throws {
    var examples: [RankerFit.Example] = []
    for song in songs where song.constantBPM != nil {
      guard let clip = try? AudioClip.decode(song.audio) else { continue }
      let options = try TempoFinder().evidence(in: clip)
      examples.append(
        RankerFit.Example(
          features: options.map(\.features),
          isRight: options.map { Judgement(bpm: $0.bpm, beat: $0.beat.value, truth: song).isRight }))
    }
    let weights = RankerFit.weights(fitting: examples)
    for start in stride(from: 0, to: weights.count, by: 6) {
      print(
        weights[start..<min(start + 6, weights.count)].map { String(format: "%.4f", $0) }.joined(
          separator: ", ") + ",")
    }
  }
}
