import Chart
import Editor
import Generation

/// Asks the model in the background; one question at a time.
package final class SuggestionService {
  private let music: MusicService
  private let inbox: Inbox<Action>
  private let suggester = Suggester()
  private var asked: (id: RequestID, task: Task<Void, Never>)?

  package init(music: MusicService, inbox: Inbox<Action>) {
    self.music = music
    self.inbox = inbox
  }

  /// Answered by `suggestionArrived` or `suggestionFailed`, unless it is cancelled. A new question cancels the last.
  package func ask(_ id: RequestID, _ request: SuggestionRequest) {
    asked?.task.cancel()
    let clip = music.clip
    let task = Task.detached(priority: .userInitiated) { [suggester, inbox] in
      do {
        let answer = try suggester.suggest(request, clip: clip)
        if !Task.isCancelled { inbox.post(.suggestionArrived(id, answer)) }
      } catch {
        if !Task.isCancelled { inbox.post(.suggestionFailed(id, "\(error)".printable)) }
      }
    }
    asked = (id, task)
  }

  package func cancel(_ id: RequestID) {
    if asked?.id == id { asked?.task.cancel() }
  }
}
