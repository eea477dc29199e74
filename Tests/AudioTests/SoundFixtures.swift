import Audio
import CSndFile
import Foundation

/// Sound files made for one test and removed with it.
final class SoundFolder {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("sound-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: folder.appendingPathComponent(name))
    return path(name)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }
}

/// What libsndfile can write, so that no sound needs to be kept in the repository.
enum Encoding: String, CaseIterable {
  case wav, flac, ogg, opus, mp3

  var format: Int {
    switch self {
    case .wav: SF_FORMAT_WAV.int | SF_FORMAT_PCM_16.int
    case .flac: SF_FORMAT_FLAC.int | SF_FORMAT_PCM_16.int
    case .ogg: SF_FORMAT_OGG.int | SF_FORMAT_VORBIS.int
    case .opus: SF_FORMAT_OGG.int | SF_FORMAT_OPUS.int
    case .mp3: SF_FORMAT_MPEG.int | SF_FORMAT_MPEG_LAYER_III.int
    }
  }

  /// Opus knows no 44.1 kHz.
  var rate: Int { self == .opus ? 48_000 : 44_100 }

  /// Writes interleaved stereo samples.
  func write(_ samples: [Float], to path: String, variableRate: Bool = false) throws {
    var info = SF_INFO()
    info.samplerate = Int32(rate)
    info.channels = 2
    info.format = Int32(format)
    guard let file = sf_open(path, Int32(SFM_WRITE.int), &info) else { throw AudioError.missing(path: path) }
    defer { sf_close(file) }
    if self == .mp3 {
      var mode = Int32((variableRate ? SF_BITRATE_MODE_VARIABLE : SF_BITRATE_MODE_CONSTANT).int)
      sf_command(file, Int32(SFC_SET_BITRATE_MODE.int), &mode, 4)
    }
    // libsndfile overruns its stack when an ogg encoder is given everything at once.
    for start in stride(from: 0, to: samples.count, by: 8192) {
      let block = Array(samples[start..<min(start + 8192, samples.count)])
      sf_writef_float(file, block, sf_count_t(block.count / 2))
    }
  }
}

extension Encoding {
  /// All interleaved samples, from front to back.
  func read(_ path: String) throws -> [Float] {
    var info = SF_INFO()
    guard let file = sf_open(path, Int32(SFM_READ.int), &info) else { throw AudioError.missing(path: path) }
    defer { sf_close(file) }
    var samples: [Float] = []
    var block = [Float](repeating: 0, count: 8192)
    while case let frames = sf_readf_float(file, &block, 4096), frames > 0 {
      samples += block[0..<(Int(frames) * 2)]
    }
    return samples
  }
}

extension RawRepresentable where RawValue: BinaryInteger {
  var int: Int { Int(rawValue) }
}
extension BinaryInteger {
  var int: Int { Int(self) }
}

/// Interleaved stereo of `seconds`: a 1 ms click at each of `times`, silence between.
func clicks(at times: [Double], seconds: Double, rate: Int) -> [Float] {
  var samples = [Float](repeating: 0, count: Int(seconds * Double(rate)) * 2)
  for time in times {
    let start = Int((time * Double(rate)).rounded())
    for frame in 0..<(rate / 1000) {
      let value = 0.8 * Float.sin(2 * .pi * 3000 * Float(frame) / Float(rate))
      samples[(start + frame) * 2] = value
      samples[(start + frame) * 2 + 1] = value
    }
  }
  return samples
}

extension Float {
  static func sin(_ angle: Float) -> Float { Foundation.sin(angle) }
}

/// The lag, in frames, at which `sound` best matches `reference` around frame `start`.
func lag(of sound: [Float], against reference: [Float], around start: Int, length: Int, within: Int) -> Int {
  var best = (score: -Float.infinity, lag: 0)
  for lag in -within...within {
    var score: Float = 0
    for frame in start..<(start + length) where sound.indices.contains(frame + lag) {
      score += reference[frame] * sound[frame + lag]
    }
    if score > best.score { best = (score, lag) }
  }
  return best.lag
}
