import Glibc

/// Where time 0 of an mp3 lies.
///
/// Encoders put a frame without sound first that describes the file: tagged `Xing` for variable, `Info` for
/// constant bit rate. StepMania (RageSoundReader_MP3.cpp, on libmad) skips a `Xing` frame but plays an `Info`
/// frame as one frame of silence, because DWI's decoder did; it removes neither the encoder's delay (LAME: 576
/// samples) nor the decoder's (529). Charts are synced to that.
///
/// libsndfile (on mpg123) skips either frame, and removes both delays when the frame holds LAME's extension. What
/// it leaves out is put back as silence: 2,257 samples or 51 ms for LAME at a constant bit rate and 44.1 kHz.
enum MPEGHeader {
  /// Frames of silence to put before what libsndfile decodes.
  static func silentLead(of path: String) -> Int {
    guard let file = fopen(path, "rb") else { return 0 }
    defer { fclose(file) }
    var start = 0
    // Tags may follow each other; a file of nothing else ends the loop at its end.
    while let length = tagLength(Container.bytes(of: file, at: start, count: 10)) { start += length }
    let head = Container.bytes(of: file, at: start, count: 4096)
    guard let sync = firstFrame(head) else { return 0 }
    return leftOut(of: Array(head[sync...]))
  }

  /// ID3v2 §3.1: ten bytes, the size as four times seven bits, ten more bytes when bit 4 says that a footer follows.
  private static func tagLength(_ head: [UInt8]) -> Int? {
    guard head.count == 10, head.starts(with: Array("ID3".utf8)) else { return nil }
    let size = head[6..<10].reduce(0) { $0 << 7 | Int($1 & 0x7F) }
    return 10 + size + (head[5] & 0x10 != 0 ? 10 : 0)
  }

  private static func firstFrame(_ bytes: [UInt8]) -> Int? {
    bytes.indices.dropLast(3).first { index in
      // Eleven sync bits, layer III, neither a free nor a bad bit rate, a sampling rate that exists.
      bytes[index] == 0xFF && bytes[index + 1] & 0xE6 == 0xE2
        && (1..<15).contains(bytes[index + 2] >> 4) && bytes[index + 2] >> 2 & 3 != 3
    }
  }

  private static let decoderDelay = 529

  /// The samples that mpg123 leaves out when `frame` is the first. The tag follows the side information, whose
  /// length depends on version and channels: name, flags, frames (4), bytes (4), seek table (100), quality (4)
  /// as the flags say, then LAME's extension, with the encoder's delay in the 12 bits from its byte 21.
  private static func leftOut(of frame: [UInt8]) -> Int {
    let isMPEG1 = frame[1] >> 3 & 3 == 3
    let isMono = frame[3] >> 6 == 3
    let tag = 4 + (isMPEG1 ? (isMono ? 17 : 32) : (isMono ? 9 : 17))
    guard frame.count > tag + 8 + 112 + 24 else { return 0 }
    let name = frame[tag..<(tag + 4)]
    let isInfo = name.elementsEqual("Info".utf8)
    guard isInfo || name.elementsEqual("Xing".utf8) else { return 0 }

    let flags = frame[tag + 7]
    let sizes = [4, 4, 100, 4].enumerated().map { flags >> $0.offset & 1 == 1 ? $0.element : 0 }
    let extra = tag + 8 + sizes.reduce(0, +)
    let isTrimmed = flags & 1 == 1 && frame[extra] != 0
    let encoderDelay = Int(frame[extra + 21]) << 4 | Int(frame[extra + 22] >> 4)
    return (isInfo ? (isMPEG1 ? 1152 : 576) : 0) + (isTrimmed ? encoderDelay + decoderDelay : 0)
  }
}
