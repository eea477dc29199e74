import Audio
import Chart
import Foundation
import Playback

/// A chart over its music, ready to be rendered: what `simulate` writes.
package struct Simulation: Sendable {
  /// Ticks later than this after the music's end are a mistake in the timing, and a file too large to write.
  private static let longestTail = 600.0

  package let clip: AudioClip
  package let steps: [Seconds]

  /// - Parameter name: the file as the author wrote it, for messages.
  package init(of location: SongLocation, named name: String, chart index: Int) throws(CommandError) {
    guard let url = location.simfile else {
      throw CommandError(
        .cannotRun, file: name, "there is no chart here", remedy: "give a .ssc, .sm, .ucs, .dwi or .ksf file")
    }
    let simfile = try SongFile(reading: url).simfile
    guard simfile.charts.indices.contains(index) else {
      throw CommandError(noChart: index, of: simfile, file: name)
    }
    let chart = simfile.charts[index]
    let tag = chart.header.music.isEmpty ? simfile.song[.music] : chart.header.music
    clip = try AudioClip.decodeTelling(location.sound(named: tag).path)
    steps = PlaybackService.stepTimes(of: chart.notes, by: TimingMap(simfile.timing(of: chart)))
    if let late = steps.first(where: { !($0.value < clip.duration + Simulation.longestTail) }) {
      let minutes = Int(Simulation.longestTail / 60)
      throw CommandError(
        .problems, file: name,
        "a step at \(Int(min(1e9, late.value))) s, more than \(minutes) minutes after the music's end",
        remedy: "correct the timing")
    }
  }

  package func program(ticksOnly: Bool) -> MixProgram {
    let gains = ticksOnly ? MixProgram.Gains(music: 0) : MixProgram.Gains()
    return MixProgram(clip: clip, ticks: audible.map(\.value), gains: gains)
  }

  /// The steps that a sound beginning with the music can hold.
  package var audible: [Seconds] { steps.filter { $0 >= .zero } }

  /// In words, the steps that it cannot hold; nil when there are none.
  package var unheard: String? {
    let count = steps.count - audible.count
    return count > 0 ? "\(counted(count, "row")) before the music begins: not heard" : nil
  }
}
