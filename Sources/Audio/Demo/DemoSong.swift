import Glibc

/// The song that comes with the program, synthesised so that no sound needs to be shipped: drums, bass, lead and
/// chords over seven sections, with one change of tempo. The same samples at each run.
package struct DemoSong: Sendable {
  package struct Tempo: Hashable, Sendable {
    /// The beat from which it holds.
    package let beat: Int
    package let bpm: Double
  }

  package struct Section: Hashable, Sendable {
    package let name: String
    package let beat: Int
  }

  package let clip: AudioClip

  package static let title = "First Steps"
  package static let artist = "Learn It Up"
  /// The time of beat 0 in seconds; StepMania's offset is its negative.
  package static let leadIn = 0.25

  /// The tempos, the first at beat 0.
  package static let tempos: [Tempo] = starts.reduce(into: []) { tempos, start in
    if tempos.last?.bpm != start.section.bpm {
      tempos.append(Tempo(beat: start.beat, bpm: start.section.bpm))
    }
  }

  package static let sections = starts.map { Section(name: $0.section.name, beat: $0.beat) }

  package static let beats = DemoScore.sections.reduce(0) { $0 + $1.beats }

  /// When a beat sounds, in seconds from the start of the clip.
  package static func time(ofBeat beat: Double) -> Double {
    var time = leadIn
    for (index, tempo) in tempos.enumerated() {
      let end = index + 1 < tempos.count ? Double(tempos[index + 1].beat) : .infinity
      time += (min(beat, end) - Double(tempo.beat)) * 60 / tempo.bpm
      if beat <= end { break }
    }
    return time
  }

  /// About 70 s of stereo at 44.1 kHz.
  package static func synthesise() -> DemoSong {
    let rate = AudioClip.analysisRate
    var desk = DemoDesk(rate: rate, seconds: time(ofBeat: Double(beats)) + 2)
    for start in starts { desk.play(start.section, from: start.beat) }
    return DemoSong(clip: desk.mixed())
  }

  private static let starts: [(section: DemoSection, beat: Int)] = {
    var beat = 0
    return DemoScore.sections.map { section in
      defer { beat += section.beats }
      return (section, beat)
    }
  }()
}
