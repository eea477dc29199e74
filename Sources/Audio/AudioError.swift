/// Why a sound could not be read or written. Each describes itself in one line that names the file and the remedy.
package enum AudioError: Error, Hashable, Sendable {
  case missing(path: String)
  /// A folder, a pipe or a device where a sound file was expected.
  case notAFile(path: String)
  case unreadable(path: String, reason: String)
  /// A file of no bytes.
  case empty(path: String)
  /// No reader knows the bytes; `reason` is the decoder's.
  case notAudio(path: String, reason: String)
  /// A known format, but not one sample could be decoded.
  case noSamples(path: String)
  case tooLong(path: String, minutes: Int)
  /// Samples a second that no sound of a song has: a damaged header.
  case oddRate(path: String, rate: Int)
  case unwritable(path: String, reason: String)
  /// It was given up, for nobody wants it any more.
  case cancelled(path: String)
}

extension AudioError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path): "\(shown(path)): no such file"
    case .notAFile(let path): "\(shown(path)): not a file; name the song's sound file itself"
    case .unreadable(let path, let reason): "\(shown(path)): cannot be read: \(reason)"
    case .empty(let path): "\(shown(path)): the file is empty (0 bytes); copy it again"
    case .notAudio(let path, let reason):
      "\(shown(path)): not a sound that can be read (\(shown(reason))); use ogg, opus, mp3, flac or wav"
    case .noSamples(let path): "\(shown(path)): no sound in the file; it may be cut off, copy it again"
    case .tooLong(let path, let minutes):
      "\(shown(path)): longer than \(minutes) minutes; cut it with a sound editor first"
    case .oddRate(let path, let rate):
      "\(shown(path)): \(rate) samples a second, which is no sound of a song; convert it to 44100 or 48000"
    case .unwritable(let path, let reason): "\(shown(path)): cannot be written: \(reason)"
    case .cancelled(let path): "\(shown(path)): not read to its end"
    }
  }

  /// A file's name may hold anything; control characters must not reach the terminal.
  private func shown(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}
