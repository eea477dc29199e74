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

  /// What is being read, or was read last.
  private struct Reading {
    var job = Cancellation()
    /// What looks for its onsets.
    var listening: Task<Void, Never>?
  }

  private let inbox: Inbox<Action>
  private let worker = Worker("music")
  private let state = Mutex(State.absent)
  private let reading = Mutex(Reading())

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

  /// Begins to decode a file, once `prepare` has seen to it that it is there; what was being read is for nobody any
  /// more. Answered by `musicLoaded` or `musicFailed`.
  package func load(_ file: URL, prepare: (@Sendable () throws(CommandError) -> Void)? = nil) {
    give(up: .loading)
    let next = worker.run { [self] job in
      do {
        try prepare?()
        let clip = try AudioClip.decode(file.path) { job.isCancelled }
        tell(job, .loaded(Sound(clip)), MusicService.loaded(clip))
        if let warning = clip.warning {
          tell(job, nil, .notice(Message(warning.printable, weight: .warning)))
        }
        listen(to: clip, job)
      } catch {
        tell(job, .absent, .musicFailed((error as? CommandError)?.text ?? "\(error)".printable))
      }
    }
    reading.withLock { $0.job = next }
  }

  /// Looks for onsets, which the song can be worked on without: an hour of music takes long.
  private func listen(to clip: AudioClip, _ job: Cancellation) {
    let task = Task.detached(priority: .userInitiated) { [self] in
      if let onsets = MusicService.onsets(of: clip) { tell(job, nil, onsets) }
    }
    reading.withLock { $0.listening = task }
    if job.isCancelled { task.cancel() }
  }

  /// There is no sound any more.
  package func unload() { give(up: .absent) }

  /// What is still being read is for nobody.
  package func end() {
    reading.withLock { reading in
      reading.job.cancel()
      reading.listening?.cancel()
    }
  }

  private func give(up next: State) {
    state.withLock { state in
      end()
      state = next
    }
  }

  /// Keeps a state and tells the editor of it, unless another sound has been asked for: what is heard and what is drawn
  /// would not be the same then.
  private func tell(_ job: Cancellation, _ next: State?, _ action: Action) {
    state.withLock { state in
      guard !job.isCancelled else { return }
      if let next { state = next }
      inbox.post(action)
    }
  }

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
