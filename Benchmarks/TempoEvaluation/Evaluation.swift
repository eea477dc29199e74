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
      guard let sound = try? options.cache.sound(song.name, { try AudioClip.decode(song.audio) }) else {
        continue
      }
      let start = Date()
      let estimate = try TempoFinder().estimate(sound)
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
      let clip = try AudioClip.decode(song.audio)
      let baseline = HistogramMethod(samples: clip.mono, rate: clip.rate).candidates()
      theirs.count(baseline.map { Judgement(bpm: $0.bpm, beat: $0.beat, truth: song) })
    }
    print(ours.line("learnitup  "))
    if !options.isAlone { print(theirs.line("histogram  ")) }
    print("one segment, as in the chart: \(single) of \(ours.songs)")
    print(String(format: "%.2f s a song on average, once heard", seconds / Double(max(1, ours.songs))))
  }

  private static func miss(
    of song: SongTruth, _ candidates: [TempoCandidate], _ answers: [Judgement]
  ) -> String {
    let found = zip(candidates, answers).prefix(3).map { candidate, answer in
      String(format: "%.3f %+.1fms p%.2f", candidate.bpm, answer.phaseError * 1000, candidate.confidence)
    }
    return "  \(song.name) \(song.constantBPM ?? 0) \(song.halfBeat): " + found.joined(separator: ", ")
  }

  /// Prints weights for the ranker: of whole songs of constant tempo, and of stretches of all songs.
  static func fit(_ songs: [SongTruth], cache: SoundCache) throws {
    var whole: [RankerFit.Example] = []
    var stretches: [RankerFit.Example] = []
    for song in songs {
      guard let sound = try? cache.sound(song.name, { try AudioClip.decode(song.audio) }) else { continue }
      stretches += try self.stretches(
        of: sound, beats: song.beats(upTo: sound.duration), halfBeat: song.halfBeat
      )
      .map { RankerFit.Example(features: $0.features, isRight: $0.shares.map { $0 >= RankerFit.rightShare }) }
      guard song.constantBPM != nil else { continue }
      let options = try TempoFinder().evidence(in: sound)
      whole.append(
        RankerFit.Example(
          features: options.map(\.features),
          isRight: options.map { Judgement(bpm: $0.bpm, beat: $0.beat.value, truth: song).isRight }))
    }
    write(RankerFit.weights(fitting: whole, ridge: RankerFit.ridge, steps: 1500))
    write(RankerFit.weights(fitting: stretches, ridge: RankerFit.stretchRidge, steps: 400))
  }

  private static func write(_ weights: [Double]) {
    for start in stride(from: 0, to: weights.count, by: 6) {
      let row = weights[start..<min(start + 6, weights.count)].map { String(format: "%.4f", $0) }
      print(row.joined(separator: ", ") + ",")
    }
    print()
  }
}
