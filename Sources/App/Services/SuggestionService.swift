import Audio
import Chart
import Editor
import Generation
import Synchronization

/// Asks the model in the background; one question at a time.
package final class SuggestionService {
  private let music: MusicService
  private let inbox: Inbox<Action>
  private let listener = Listener()
  private var asked: (id: RequestID, task: Task<Void, Never>)?

  package init(music: MusicService, inbox: Inbox<Action>) {
    self.music = music
    self.inbox = inbox
  }

  /// Answered by `suggestionArrived` or `suggestionFailed`, unless it is cancelled. A new question cancels the last.
  package func ask(_ id: RequestID, _ request: SuggestionRequest) {
    asked?.task.cancel()
    let clip = music.clip
    let task = Task.detached(priority: .userInitiated) { [listener, inbox] in
      do throws(ModelError) {
        let answer = try listener.suggest(request, clip: clip) { Task.isCancelled }
        if !Task.isCancelled { inbox.post(.suggestionArrived(id, answer)) }
      } catch {
        if !Task.isCancelled { inbox.post(.suggestionFailed(id, error.description.printable)) }
      }
    }
    asked = (id, task)
  }

  package func cancel(_ id: RequestID) {
    if asked?.id == id { asked?.task.cancel() }
  }
}

/// The model, loaded with the first question, and what it has heard of the session's song, which later questions
/// share.
private final class Listener: Sendable {
  private let suggester = Mutex<Suggester?>(nil)
  private let features = Mutex<SongFeatures?>(nil)

  func suggest(
    _ request: SuggestionRequest, clip: AudioClip?, isCancelled: () -> Bool
  ) throws(ModelError) -> [SuggestionAlternative] {
    let model = try suggester.withLock { (loaded) throws(ModelError) in
      let model = if let loaded { loaded } else { try Suggester() }
      loaded = model
      return model
    }
    let heard = clip.map { clip in
      features.withLock { heard in
        let song = heard ?? model.prepare(clip)
        heard = song
        return song
      }
    }
    return try model.suggest(request, features: heard, isCancelled: isCancelled)
  }
}
