import Audio
import Chart
import SyntheticSongs
import Tempo
import Testing

/// Sounds without a tempo, and the answer that there is none.
@Suite struct NoTempoTests {
  @Test(arguments: BeatlessSound.all) func isRefused(sound: BeatlessSound) throws {
    #expect(try TempoFinder().estimate(sound.clip()) == TempoEstimate())
  }

  @Test func aClipWithoutSamplesIsRefused() throws {
    #expect(try TempoFinder().estimate(AudioClip(rate: 44_100, channels: [[]])) == TempoEstimate())
  }
}
