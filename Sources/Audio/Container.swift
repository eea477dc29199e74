import Glibc

/// What a file's outer format says of its own completeness, where libsndfile would make good a lie in silence.
enum Container {
  /// Whether a RIFF file is shorter than it says, or an Ogg file lacks the end of its last page or of its stream.
  /// False for formats that this does not know.
  static func isCutOff(_ path: String, size: Int) -> Bool {
    guard let file = fopen(path, "rb") else { return false }
    defer { fclose(file) }
    let head = bytes(of: file, at: 0, count: 12)
    guard head.count == 12 else { return true }
    if head.starts(with: Array("RIFF".utf8)) {
      return little(head, 4) + 8 > size
    }
    if head.starts(with: Array("OggS".utf8)) {
      // A page is at most 65,307 bytes, so the last one begins within this.
      let start = max(0, size - 65_536)
      return !endsInLastPage(bytes(of: file, at: start, count: size - start))
    }
    return false
  }

  /// RFC 3533 §6: byte 5 bit 2 marks the end of the stream, byte 26 counts the segment lengths that follow.
  private static func endsInLastPage(_ tail: [UInt8]) -> Bool {
    let mark = Array("OggS".utf8)
    var start = tail.count - 27
    while start >= 0 {
      if tail[start...].starts(with: mark) {
        let segments = Int(tail[start + 26])
        guard tail.count >= start + 27 + segments else { return false }
        let body = tail[(start + 27)..<(start + 27 + segments)].reduce(0) { $0 + Int($1) }
        return tail[start + 5] & 4 != 0 && tail.count >= start + 27 + segments + body
      }
      start -= 1
    }
    return false
  }

  static func bytes(of file: UnsafeMutablePointer<FILE>, at offset: Int, count: Int) -> [UInt8] {
    guard count > 0, fseek(file, offset, SEEK_SET) == 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
      read = fread(buffer.baseAddress, 1, count, file)
    }
  }

  private static func little(_ bytes: [UInt8], _ offset: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }
}
