import Audio
import Testing

@Suite struct DemoSongTests {
  static let song = DemoSong.synthesise()

  @Test func itIsAMinuteOrSoAndNeverClips() throws {
    let clip = Self.song.clip
    #expect((60...75).contains(clip.duration))
    let peaks = clip.envelope(rate: 10)
    #expect(try #require(peaks.max()) <= 0.901)
    // No stretch of it is silent before the end fades.
    #expect(peaks[3..<650].allSatisfy { $0 > 0.01 })
  }

  @Test func itIsTheSameAtEachRun() {
    #expect(DemoSong.synthesise().clip.channels == Self.song.clip.channels)
  }

  @Test func itHasOneChangeOfTempoOnASection() {
    #expect(DemoSong.tempos.map(\.beat) == [0, 96])
    #expect(DemoSong.tempos.map(\.bpm) == [140, 160])
    #expect(DemoSong.sections.map(\.name).first == "intro")
    #expect(DemoSong.sections.contains { $0.beat == DemoSong.tempos[1].beat })
    #expect(DemoSong.time(ofBeat: 96) == 0.25 + 96 * 60 / 140.0)
    #expect(abs(DemoSong.time(ofBeat: 100) - DemoSong.time(ofBeat: 96) - 1.5) < 1e-12)
  }

  /// The kick that stands on every beat of the first chorus and of the last starts within 1 ms of its beat: the
  /// 2 ms after it are much louder in the high band than the 2 ms before.
  @Test(arguments: [0, 1, 2, 3, 112, 116, 120, 140])
  func drumsStandExactlyOnTheirBeats(beat: Int) {
    let clip = Self.song.clip
    let mono = clip.mono
    let frame = Int((DemoSong.time(ofBeat: Double(beat)) * Double(clip.rate)).rounded())
    func roughness(_ range: Range<Int>) -> Float {
      range.reduce(0) { $0 + abs(mono[$1] - mono[$1 - 1]) }
    }
    #expect(roughness(frame..<(frame + 88)) > 2 * roughness((frame - 132)..<(frame - 44)))
  }
}
