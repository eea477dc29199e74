import Audio

extension CommandError {
  /// A sound that could not be read: the command could not run where the system refuses the file, and the input has
  /// problems where the file is no sound.
  init(_ error: AudioError) {
    let status: Status =
      switch error {
      case .missing, .notAFile, .unreadable, .unwritable, .cancelled: .cannotRun
      case .empty, .notAudio, .noSamples, .tooLong, .oddRate: .problems
      }
    self.init(status, error.description)
  }
}

extension AudioClip {
  /// Decodes a file; what was wrong with it is said on standard error.
  static func decodeTelling(_ path: String) throws(CommandError) -> AudioClip {
    do throws(AudioError) {
      let clip = try AudioClip.decode(path)
      if let warning = clip.warning { Console.note("\(path): \(warning)".printable) }
      return clip
    } catch {
      throw CommandError(error)
    }
  }
}
