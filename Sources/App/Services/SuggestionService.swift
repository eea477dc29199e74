import Audio
import Chart
import Editor
import Generation
import Synchronization

/// Asks the model on a thread of its own; one question at a time.
package final class SuggestionService {
  private let music: MusicService
  private let inbox: Inbox<Action>
  private let worker = Worker("model")
  private let model: SharedModel
  private var listener: Listener
  private var preparing: Cancellation?
  private var asked: (id: RequestID, job: Cancellation)?

  package init(music: MusicService, model: SharedModel, inbox: Inbox<Action>) {
    self.music = music
    self.inbox = inbox
    self.model = model
    listener = Listener(model: model)
  }

  /// Loads the model and listens to the song before anything is asked, so that the first answer is as quick as the
  /// others. Does nothing the second time.
  package func prepare() {
    guard preparing == nil, let clip = music.clip else { return }
    preparing = worker.run { [listener] _ in listener.prepare(clip) }
  }

  /// Answered by `suggestionArrived` or `suggestionFailed`, unless it is cancelled. A new question cancels the last.
  package func ask(_ id: RequestID, _ request: SuggestionRequest) {
    asked?.job.cancel()
    let job = worker.run { [listener, inbox, music] cancellation in
      do throws(ModelError) {
        // A question asked while the song is still being read is about the song, not about silence.
        let answer = try listener.suggest(request, clip: music.settled()) { cancellation.isCancelled }
        if !cancellation.isCancelled { inbox.post(.suggestionArrived(id, answer)) }
      } catch {
        if !cancellation.isCancelled { inbox.post(.suggestionFailed(id, error.description.printable)) }
      }
    }
    asked = (id, job)
  }

  package func cancel(_ id: RequestID) {
    if asked?.id == id { asked?.job.cancel() }
  }

  /// What was heard so far, and asked, is another sound's.
  package func forgetMusic() {
    asked?.job.cancel()
    preparing?.cancel()
    preparing = nil
    listener = Listener(model: model)
  }

  /// Whatever was asked, nobody awaits it any more.
  package func end() {
    asked?.job.cancel()
    preparing?.cancel()
  }
}

/// The model, loaded with the first question of all songs.
package final class SharedModel: Sendable {
  private let suggester = Mutex<Suggester?>(nil)

  package init() {}

  func loaded() throws(ModelError) -> Suggester {
    try suggester.withLock { (loaded) throws(ModelError) in
      let model = if let loaded { loaded } else { try Suggester() }
      loaded = model
      return model
    }
  }
}

/// The model and what it has heard of the song, which later questions share.
private final class Listener: Sendable {
  private let model: SharedModel
  private let features = Mutex<SongFeatures?>(nil)

  init(model: SharedModel) { self.model = model }

  /// What goes wrong here is told with the first question.
  func prepare(_ clip: AudioClip) {
    if let model = try? model.loaded() { _ = features(of: clip, by: model) }
  }

  func suggest(
    _ request: SuggestionRequest, clip: AudioClip?, isCancelled: () -> Bool
  ) throws(ModelError) -> [SuggestionAlternative] {
    let model = try model.loaded()
    let heard = clip.map { features(of: $0, by: model) }
    return try model.suggest(request, features: heard, isCancelled: isCancelled)
  }

  private func features(of clip: AudioClip, by model: Suggester) -> SongFeatures {
    features.withLock { heard in
      let song = heard ?? model.prepare(clip)
      heard = song
      return song
    }
  }
}
