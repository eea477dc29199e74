import Audio
import Foundation
import Synchronization
import Testing

@Suite struct DecodingTests {
  static let times = [0.5, 1.0, 1.75]

  @Test(arguments: [Encoding.wav, .flac, .ogg, .opus])
  func clicksAreWhereTheyWereWritten(encoding: Encoding) throws {
    let folder = try SoundFolder()
    let path = folder.path("clicks.\(encoding)")
    let written = clicks(at: Self.times, seconds: 2.5, rate: encoding.rate)
    try encoding.write(written, to: path)

    let clip = try AudioClip.decode(path)

    #expect(clip.rate == encoding.rate)
    #expect(clip.channels.count == 2)
    #expect(clip.warning == nil)
    #expect(abs(clip.length.count - written.count / 2) <= 960)
    let reference = stride(from: 0, to: written.count, by: 2).map { written[$0] }
    for time in Self.times {
      let start = Int(time * Double(clip.rate))
      #expect(lag(of: clip.mono, against: reference, around: start, length: 200, within: 300) == 0)
    }
  }

  /// An author who walks through a pack wants none of the sounds on the way.
  @Test(arguments: [2, 30]) func whatNobodyWantsAnyMoreIsNotReadToItsEnd(seconds: Int) throws {
    let folder = try SoundFolder()
    let path = folder.path("long.wav")
    try AudioClip(rate: 8000, channels: [[Float](repeating: 0.5, count: 8000 * seconds)]).write(to: path)
    let looks = Atomic(0)
    #expect(throws: AudioError.cancelled(path: path)) {
      try AudioClip.decode(path) { looks.add(1, ordering: .relaxed).newValue > 2 }
    }
    #expect(looks.load(ordering: .relaxed) < 10)
  }

  /// StepMania keeps both delays (LAME 576, decoder 529), and plays the tag frame of a constant bit rate file as
  /// 1,152 samples of silence; it skips that of a variable one.
  @Test(arguments: [(true, 576 + 529), (false, 576 + 529 + 1152)])
  func mp3StartsWhereStepManiaStartsIt(variableRate: Bool, delay: Int) throws {
    let folder = try SoundFolder()
    let path = folder.path("clicks.mp3")
    let written = clicks(at: Self.times, seconds: 2.5, rate: 44_100)
    try Encoding.mp3.write(written, to: path, variableRate: variableRate)

    let clip = try AudioClip.decode(path)

    let reference = stride(from: 0, to: written.count, by: 2).map { written[$0] }
    for time in Self.times {
      let start = Int(time * 44_100)
      let measured = lag(of: clip.mono, against: reference, around: start, length: 200, within: 3000)
      #expect(abs(measured - delay) <= 1)
    }
  }

  /// A header's rate of 2 GHz would have had the sound resampled to hours of it.
  @Test(arguments: [1, 3_999, 384_001, 2_147_483_629])
  func aRateThatNoSoundHasIsRefused(rate: Int) throws {
    let folder = try SoundFolder()
    let path = folder.path("odd.wav")
    try Encoding.wav.write([Float](repeating: 0.1, count: 20_000), to: path)
    var bytes = try folder.bytes("odd.wav")
    // The rate stands 24 bytes into a RIFF file, little end first.
    for index in 0..<4 { bytes[24 + index] = UInt8(truncatingIfNeeded: rate >> (8 * index)) }
    let odd = try folder.write(bytes, to: "rate.wav")
    #expect(throws: AudioError.oddRate(path: odd, rate: rate)) { try AudioClip.decode(odd) }
  }

  @Test(arguments: [Encoding.wav, .flac, .ogg, .opus, .mp3])
  func aCutFileDeliversWhatIsThereAndSaysSo(encoding: Encoding) throws {
    let folder = try SoundFolder()
    let path = folder.path("whole.\(encoding)")
    var noise = SteadyNoise(state: 7)
    let written = (0..<(encoding.rate * 8)).map { _ in noise.next() }
    try encoding.write(written, to: path)
    let bytes = try folder.bytes("whole.\(encoding)")
    let cut = try folder.write(Array(bytes[0..<(bytes.count * 6 / 10)]), to: "cut.\(encoding)")

    let clip = try AudioClip.decode(cut)

    #expect(try #require(clip.warning).contains("cut off"))
    #expect((1.5...3.0).contains(clip.duration))
  }

  /// Long files are decoded in parts, side by side; the seams must not show.
  @Test(arguments: [Encoding.wav, .flac, .ogg, .opus, .mp3])
  func aLongFileIsWhatItsPiecesAre(encoding: Encoding) throws {
    let folder = try SoundFolder()
    let path = folder.path("long.\(encoding)")
    let seconds = 24
    var noise = SteadyNoise(state: 3)
    let written = (0..<(encoding.rate * 2 * seconds)).map { _ in noise.next() }
    try encoding.write(written, to: path)

    let clip = try AudioClip.decode(path)

    let serial = try encoding.read(path)
    let offset = clip.length.count - serial.count / 2
    #expect(encoding == .mp3 ? offset == 576 + 529 + 1152 : offset == 0)
    let differences = (0..<(serial.count / 2)).count { frame in
      abs(clip.channels[0][offset + frame] - serial[frame * 2]) > 1e-5
        || abs(clip.channels[1][offset + frame] - serial[frame * 2 + 1]) > 1e-5
    }
    #expect(differences == 0)
    #expect(clip.warning == nil)
  }

  @Test(arguments: [Encoding.flac, .ogg])
  func aLongFileThatIsCutIsReadFromFrontToBack(encoding: Encoding) throws {
    let folder = try SoundFolder()
    var noise = SteadyNoise(state: 3)
    try encoding.write((0..<(encoding.rate * 60)).map { _ in noise.next() }, to: folder.path("long"))
    let bytes = try folder.bytes("long")
    let cut = try folder.write(Array(bytes[0..<(bytes.count * 9 / 10)]), to: "cut.\(encoding)")
    let clip = try AudioClip.decode(cut)
    #expect(clip.warning != nil)
    #expect((26...28).contains(clip.duration))
  }

  @Test func samplesBeyondOneAreKept() throws {
    let folder = try SoundFolder()
    let path = folder.path("loud.ogg")
    let loud = (0..<88_200).map { Float($0 / 2 % 100 < 50 ? 0.99 : -0.99) }
    try Encoding.ogg.write(loud, to: path)
    let clip = try AudioClip.decode(path)
    #expect(try #require(clip.channels[0].max()) > 1)
  }

  @Test func everyFailureNamesTheFileAndTheReason() throws {
    let folder = try SoundFolder()
    let empty = try folder.write([], to: "empty.ogg")
    let text = try folder.write(Array("#TITLE:not a sound;\n".utf8), to: "text.ogg")
    let stub = try folder.write(Array("RIFF\u{24}\0\0\0WAVEfmt ".utf8), to: "stub.wav")
    let missing = folder.path("missing.ogg")

    #expect(throws: AudioError.empty(path: empty)) { try AudioClip.decode(empty) }
    #expect(throws: AudioError.missing(path: missing)) { try AudioClip.decode(missing) }
    let itself = folder.folder.path
    #expect(throws: AudioError.notAFile(path: itself)) { try AudioClip.decode(itself) }
    for path in [text, stub] {
      let error = #expect(throws: AudioError.self) { try AudioClip.decode(path) }
      let line = "\(try #require(error))"
      #expect(line.contains(path) && !line.contains("\n"))
    }
  }

  @Test func aNameNeverDrivesTheTerminal() {
    let line = AudioError.missing(path: "a\u{1B}[2Jb.ogg").description
    #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control })
  }

  @Test func anyPrefixOfAnyFileIsReadOrRefusedInOneLine() throws {
    let folder = try SoundFolder()
    for encoding in Encoding.allCases {
      let path = folder.path("whole.\(encoding)")
      try encoding.write(clicks(at: [0.1], seconds: 0.5, rate: encoding.rate), to: path)
      let bytes = try folder.bytes("whole.\(encoding)")
      for count in stride(from: 1, to: bytes.count, by: max(1, bytes.count / 40)) {
        let cut = try folder.write(Array(bytes[0..<count]), to: "cut.\(encoding)")
        do { _ = try AudioClip.decode(cut) } catch { #expect(!"\(error)".contains("\n")) }
      }
    }
  }
}

/// White noise from -0.5 to 0.5, the same at each run.
struct SteadyNoise {
  var state: UInt64
  mutating func next() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) / Float(1 << 24) - 0.5
  }
}
