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

    let resampled = clip.mono(at: new)

    #expect(abs(resampled.count - expected.count) <= 1)
    // The ends ring: the sound starts and stops there.
    for frame in 1000..<(expected.count - 1000) {
      #expect(abs(resampled[frame] - expected[frame]) < 0.002)
      if abs(resampled[frame] - expected[frame]) >= 0.002 { break }
    }
  }

  /// The networks were trained on sound that `scipy.signal.resample_poly(x, 147, 160)` converted; so it gave this.
  @Test func resamplingIsThatOfTheTraining() {
    var impulse = [Float](repeating: 0, count: 40) + [Float](repeating: 0.25, count: 20)
    (impulse[20], impulse[21]) = (1, -0.5)
    let expected: [Float] = [
      -0.002025, 0.005615, -0.011091, 0.019549, -0.032147, 0.050803, -0.079382, 0.127837, -0.233630, 0.805577,
      0.032433, -0.320156, 0.152140, -0.091627, 0.058308, -0.037116, 0.022906, -0.013324, 0.006774, -0.002808,
      -0.000296, 0.001245, -0.002346, 0.003341, -0.005491, 0.008631, -0.016037, 0.046481, 0.273639, 0.239012,
      0.256658, 0.245874, 0.252739, 0.248343, 0.251059, 0.249495, 0.250358, 0.250293, 0.249586, 0.250874,
      0.248652, 0.252259, 0.246641, 0.255484, 0.241002, 0.269638, 0.036168,
    ]
    let result = AudioClip(rate: 48_000, channels: [impulse]).mono(at: 44_100)
    #expect(result.count == 56)
    #expect(result.prefix(9).allSatisfy { abs($0) < 1e-6 })
    #expect(zip(result.dropFirst(9), expected).allSatisfy { abs($0 - $1) < 2e-6 })
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
