import Audio
import Foundation
import Testing

@Suite struct ClipTests {
  static func sine(_ frequency: Double, rate: Int, seconds: Double) -> [Float] {
    (0..<Int(seconds * Double(rate))).map { Float(sin(2 * .pi * frequency * Double($0) / Double(rate))) }
  }

  @Test func monoIsTheMeanOfTheChannels() {
    let clip = AudioClip(rate: 10, channels: [[1, 0, -1], [0, 0.5, -1]])
    #expect(clip.mono == [0.5, 0.25, -1])
  }

  @Test(arguments: [(48_000, 44_100), (44_100, 48_000), (22_050, 44_100)])
  func resamplingKeepsTimeAndPitch(from old: Int, to new: Int) throws {
    let clip = AudioClip(rate: old, channels: [Self.sine(1000, rate: old, seconds: 2)])
    let expected = Self.sine(1000, rate: new, seconds: 2)

    let resampled = clip.resampled(to: new)

    #expect(resampled.rate == new)
    #expect(resampled.length.count == expected.count)
    // The ends ring: the sound starts and stops there.
    for frame in 1000..<(expected.count - 1000) {
      #expect(abs(resampled.channels[0][frame] - expected[frame]) < 0.001)
      if abs(resampled.channels[0][frame] - expected[frame]) >= 0.001 { break }
    }
    #expect(clip.mono(at: new) == resampled.channels[0])
  }

  @Test func envelopeHoldsThePeakOfEachSlice() {
    var left = [Float](repeating: 0, count: 1050)
    left[0] = 0.5
    left[199] = -0.75
    left[1049] = 0.25
    let right = [Float](repeating: 0.1, count: 1050)
    let envelope = AudioClip(rate: 1000, channels: [left, right]).envelope(rate: 10)
    #expect(envelope == [0.5, 0.75, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.25])
  }

  @Test func aWrittenWaveReadsBackWithin16Bits() throws {
    let folder = try SoundFolder()
    let path = folder.path("out.wav")
    let left = Self.sine(440, rate: 44_100, seconds: 0.3)
    try AudioClip(rate: 44_100, channels: [left, left.map { $0 * 2 }]).write(to: path)
    let back = try AudioClip.decode(path)
    #expect(zip(back.channels[0], left).allSatisfy { abs($0 - $1) < 1.0 / 16_384 })
    #expect(zip(back.channels[1], left).allSatisfy { abs($0 - min(max($1 * 2, -1), 1)) < 1.0 / 16_384 })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.folder.path) == ["out.wav"])
  }

  @Test func aWaveThatCannotBeWrittenLeavesNothingBehind() throws {
    let folder = try SoundFolder()
    let blocked = folder.path("blocked.wav")
    try FileManager.default.createDirectory(atPath: blocked, withIntermediateDirectories: false)
    let clip = AudioClip(rate: 100, channels: [[0, 1]])
    #expect(throws: AudioError.self) { try clip.write(to: blocked) }
    #expect(throws: AudioError.self) { try clip.write(to: folder.path("no/such/folder.wav")) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.folder.path) == ["blocked.wav"])
  }
}
