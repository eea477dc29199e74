import Chart
import Editor
import Tempo

/// Answers questions about the music's tempo in the background.
package final class TempoService {
  private let music: MusicService
  private let inbox: Inbox<Action>
  private var asked: (id: RequestID, task: Task<Void, Never>)?

  package init(music: MusicService, inbox: Inbox<Action>) {
    self.music = music
    self.inbox = inbox
  }

  /// Answered by `tempoArrived` or `tempoFailed`, unless it is cancelled. A new question cancels the last.
  package func ask(_ id: RequestID, _ request: TempoRequest) {
    asked?.task.cancel()
    guard let clip = music.clip else {
      inbox.post(.tempoFailed(id, "there is no music to listen to"))
      return
    }
    let task = Task.detached(priority: .userInitiated) { [inbox] in
      do {
        let estimate = try TempoFinder().estimate(clip, in: request.range, tightness: request.tightness)
        if !Task.isCancelled { inbox.post(.tempoArrived(id, estimate)) }
      } catch {
        if !Task.isCancelled { inbox.post(.tempoFailed(id, "the tempo could not be found: \(error)")) }
      }
    }
    asked = (id, task)
  }

  package func cancel(_ id: RequestID) {
    if asked?.id == id { asked?.task.cancel() }
  }

  /// Whatever was asked, nobody awaits it any more.
  package func end() { asked?.task.cancel() }
}
