import Audio
import Chart
import Editor
import Foundation
import Synchronization
import Tempo

/// The song's sound: decoded once in the background, shared by playing, tempo and model.
package final class MusicService: Sendable {
  /// Slices of the waveform a second: finer than a line of the screen ever is.
  private static let envelopeRate = 400

  /// A sound as it was read; a class, so that one can be told from the next.
  package final class Sound: Sendable {
    package let clip: AudioClip
    package let attacks: AttackCurve

    init(_ clip: AudioClip) {
      self.clip = clip
      attacks = AttackCurve(of: clip)
    }
  }

  private enum State {
    case absent
    case loading
    case loaded(Sound)
  }

  private let inbox: Inbox<Action>
  private let worker = Worker("music")
  private let state = Mutex(State.absent)
  private let isEnded = Cancellation()

  package init(inbox: Inbox<Action>) {
    self.inbox = inbox
  }

  /// The sound, once it is there.
  package var sound: Sound? {
    state.withLock { state in
      if case .loaded(let sound) = state { sound } else { nil }
    }
  }

  package var clip: AudioClip? { sound?.clip }

  /// The sound, once what is being read has been read; nil when there is none. Not for the main thread.
  package func settled() -> AudioClip? {
    worker.finish()
    return clip
  }

  /// Begins to decode a file, once `prepare` has seen to it that it is there. Answered by `musicLoaded` or
  /// `musicFailed`.
  package func load(_ file: URL, prepare: (@Sendable () throws(CommandError) -> Void)? = nil) {
    state.withLock { $0 = .loading }
    worker.run { [self] _ in
      do {
        try prepare?()
        let clip = try AudioClip.decode(file.path)
        let sound = Sound(clip)
        if isEnded.isCancelled { return }
        state.withLock { $0 = .loaded(sound) }
        inbox.post(MusicService.loaded(clip))
        if let warning = clip.warning { inbox.post(.notice(Message(warning.printable, weight: .warning))) }
        // The song can be worked on before this is known.
        if let onsets = MusicService.onsets(of: clip) { inbox.post(onsets) }
      } catch {
        state.withLock { $0 = .absent }
        inbox.post(.musicFailed((error as? CommandError)?.text ?? "\(error)".printable))
      }
    }
  }

  /// There is no sound any more.
  package func unload() { state.withLock { $0 = .absent } }

  /// What is still being read is for nobody.
  package func end() { isEnded.cancel() }

  /// What the editor is told of a decoded sound.
  package static func loaded(_ clip: AudioClip) -> Action {
    let bins = clip.envelope(rate: envelopeRate).map { min(1, $0) }
    return .musicLoaded(
      duration: Seconds(clip.duration),
      waveform: Envelope(secondsPerBin: 1 / Double(envelopeRate), bins: bins), onsets: nil)
  }

  /// What the editor is told of a sound's onsets; nil when the task was cancelled.
  package static func onsets(of clip: AudioClip) -> Action? {
    guard let curve = try? OnsetCurve(of: clip) else { return nil }
    return .onsetsHeard(Envelope(secondsPerBin: curve.secondsPerValue, bins: curve.values))
  }
}
