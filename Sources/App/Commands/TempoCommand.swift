import ArgumentParser
import Audio
import Chart
import Foundation
import Tempo

/// `learnitup tempo AUDIO`: candidates for a song's tempo.
package struct TempoCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tempo", abstract: "Find the tempo of a song.",
    discussion: """
      Lists tempos with the offset that a chart would have (beat 0 sounds at minus the offset), the most probable \
      first. A sound without a tempo is told as such; the exit code is then 1.
      """)

  @Argument(help: "A sound file: ogg, opus, mp3, flac or wav.", completion: .file())
  var audio: String

  @Option(
    help: """
      auto: follow a tempo that changes with as few segments as explain it; 1: take it to be constant; bar, beat: \
      where it changes, a segment each bar or beat.
      """)
  var segments = SegmentChoice.auto

  @Option(help: "How closely to follow a tempo that changes: 0, fewest segments, to 1, closest fit.")
  var tightness = TempoFinder.defaultTightness

  @Flag(help: "Print JSON (see docs/json.md).")
  var json = false

  package init() {}

  package func validate() throws {
    if !(0...1).contains(tightness) { throw ValidationError("--tightness is from 0 to 1") }
  }

  package func run() throws {
    let clip = try AudioClip.decodeTelling(audio)
    let estimate = try TempoFinder().estimate(
      clip, tightness: segments == .one ? nil : tightness, every: segments.beats)
    if json {
      try JSONOutput.print(TempoReport(estimate))
    } else {
      for line in TempoReport(estimate).lines { Console.print(line) }
    }
    if estimate.candidates.isEmpty {
      throw CommandError(
        .problems, file: audio, "no tempo found",
        remedy: "place beats by hand, or name a sound with a beat")
    }
  }
}

/// How many tempos a song may have.
package enum SegmentChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case one = "1"
  case bar, beat

  /// Beats a segment; nil for as few segments as will do.
  var beats: Int? {
    switch self {
    case .auto, .one: nil
    case .bar: 4
    case .beat: 1
    }
  }
}
