import CSndFile
import Glibc

extension AudioClip {
  /// Longer sounds are refused, so that a broken or hostile file cannot fill the memory.
  package static let longestMinutes = 60
  /// As many minutes at 48 kHz; a sound of a higher rate may be no larger.
  private static let mostFrames = longestMinutes * 60 * 48_000
  /// The rates of telephones up to those of studios.
  private static let rates = 4_000...384_000

  /// Decodes an ogg (Vorbis or Opus), mp3, flac or wav file: whatever libsndfile reads.
  ///
  /// The number of frames is the number read; headers lie (an mp3's by a frame or two, ffmpeg's Opus by 960).
  /// A file that is cut off delivers what is there and says so in `warning`. More than two channels are mixed
  /// down to one. Sample 0 is the sample that StepMania plays as time 0; see `MPEGHeader` for mp3.
  ///
  /// - Parameter isCancelled: looked at at every block, from several threads; once true, `cancelled` is thrown.
  package static func decode(
    _ path: String, isCancelled: @Sendable () -> Bool = { false }
  ) throws(AudioError) -> AudioClip {
    let size = try fileSize(path)
    var info = SF_INFO()
    guard let file = sf_open(path, Int32(SFM_READ), &info) else {
      throw .notAudio(path: path, reason: decoderMessage(sf_error(nil)))
    }
    defer { sf_close(file) }
    guard info.channels > 0, info.samplerate > 0 else { throw .noSamples(path: path) }
    guard rates.contains(Int(info.samplerate)) else { throw .oddRate(path: path, rate: Int(info.samplerate)) }

    let isMPEG = info.format & Int32(SF_FORMAT_TYPEMASK) == Int32(SF_FORMAT_MPEG)
    let lead = isMPEG ? MPEGHeader.silentLead(of: path) : 0
    let limit = min(mostFrames, longestMinutes * 60 * Int(info.samplerate))
    let planes =
      PartedReading(path: path, info: info, lead: lead, limit: limit).planes(isCancelled)
      ?? readPlanes(file, info: info, lead: lead, limit: limit, isCancelled)
    if isCancelled() { throw .cancelled(path: path) }
    let count = planes[0].count - lead
    guard count > 0 else { throw .noSamples(path: path) }
    guard count <= limit else { throw .tooLong(path: path, minutes: limit / 60 / Int(info.samplerate)) }

    let missing = Int(min(info.frames, Int64(limit))) - count
    let isCut = missing > Int(info.samplerate) / 10 || Container.isCutOff(path, size: size)
    return AudioClip(
      rate: Int(info.samplerate), channels: planes,
      warning: isCut
        ? "the sound file is cut off or damaged: \(seconds(count, Int(info.samplerate))) s could be read"
        : nil)
  }

  /// The size in bytes of a regular file that may be read.
  private static func fileSize(_ path: String) throws(AudioError) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    guard access(path, R_OK) == 0 else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    guard status.st_size > 0 else { throw .empty(path: path) }
    return status.st_size
  }

  /// Reads to the end, at most a block beyond `limit` frames, after `lead` frames of silence.
  static func readPlanes(
    _ file: OpaquePointer, info: SF_INFO, lead: Int, limit: Int, _ isCancelled: () -> Bool
  ) -> [[Float]] {
    let channels = Int(info.channels)
    var planes = [[Float]](repeating: [], count: Interleaving.planeCount(of: channels))
    // The header's count is good for this much: pages that are never touched cost nothing.
    let expected = lead + Int(min(max(info.frames, 0), Int64(limit)))
    for plane in planes.indices {
      planes[plane].reserveCapacity(expected)
      planes[plane].append(contentsOf: repeatElement(0, count: lead))
    }
    let block = 4096
    withUnsafeTemporaryAllocation(of: Float.self, capacity: block * (channels + 1)) { buffer in
      guard let base = buffer.baseAddress else { return }
      let plane = UnsafeMutableBufferPointer(rebasing: buffer[(block * channels)...])
      while planes[0].count <= limit + lead, !isCancelled() {
        let read = Int(sf_readf_float(file, base, sf_count_t(block)))
        guard read > 0 else { break }
        for index in planes.indices {
          Interleaving.plane(
            index, of: planes.count, from: base, channels: channels, frames: read, into: plane)
          planes[index].append(contentsOf: plane[0..<read])
        }
      }
    }
    return planes
  }

  private static func decoderMessage(_ code: Int32) -> String {
    guard let text = sf_error_number(code) else { return "unknown format" }
    return String(cString: text).split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static func seconds(_ frames: Int, _ rate: Int) -> String {
    let tenths = frames * 10 / rate
    return "\(tenths / 10).\(tenths % 10)"
  }
}
