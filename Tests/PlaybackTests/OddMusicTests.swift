import Audio
import Playback
import Testing

/// Music that is hardly any, at the ends of what speeds and rates there are.
@Suite struct OddMusicTests {
  /// White noise, the same in each run; nothing sets in within it.
  private static func noise(_ frames: Int, rate: Int, channels: Int = 1) -> AudioClip {
    var state: UInt32 = 7
    let planes = (0..<channels).map { _ in
      (0..<frames).map { _ -> Float in
        state = state &* 1_664_525 &+ 1_013_904_223
        return Float(Int32(bitPattern: state)) / Float(Int32.max) / 4
      }
    }
    return AudioClip(rate: rate, channels: planes)
  }

  @Test(arguments: [1, 2, 50, 441, 1000, 5000, 30_000], [true, false])
  func musicOfAnyLengthIsHeardToItsEnd(frames: Int, keepsPitch: Bool) {
    for rate in [8000, 44_100, 96_000, 384_000] {
      for speed in [0.1, 0.37, 0.99, 1.01, 2.99, 3] {
        let music = Sounds.sped(
          Self.noise(frames, rate: rate, channels: 1 + frames % 2), speed, keepsPitch: keepsPitch)
        let length = Int((Double(frames) / speed).rounded())
        let heard = Sounds.heard(music)
        #expect(heard.count >= length && heard.allSatisfy { abs($0) <= 1 })
        #expect(heard[length...].allSatisfy { $0 == 0 })
        guard length > 500 else { continue }
        let quietest =
          stride(from: 0, to: length - 250, by: 250).map { start in
            heard[start..<start + 250].reduce(0) { max($0, abs($1)) }
          }.min() ?? 0
        #expect(quietest > 0.005, "\(frames) frames at \(rate) Hz and \(speed)")
      }
    }
  }

  @Test(arguments: [Float.nan, .infinity, 0, 1e30]) func musicOfNonsenseDoesNoHarm(sample: Float) {
    var plane = [Float](repeating: 0.1, count: 100_000)
    for index in stride(from: 0, to: plane.count, by: 777) { plane[index] = sample }
    for keepsPitch in [true, false] {
      let music = Sounds.sped(AudioClip(rate: 44_100, channels: [plane]), 0.5, keepsPitch: keepsPitch)
      #expect(Sounds.heard(music).count >= 200_000)
    }
  }
}
