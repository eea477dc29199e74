import Chart
import Editor
import Generation

/// Walks the shown chart in the background whenever it has changed, while its feet are to be seen.
package final class FootService {
  /// A walk begins when the author has not changed anything for so long.
  private static let pause = Duration.milliseconds(40)

  private let inbox: Inbox<Action>
  private var revision: Int?
  private var task: Task<Void, Never>?

  package init(inbox: Inbox<Action>) {
    self.inbox = inbox
  }

  /// Answered by `feetWalked`.
  package func follow(_ state: EditorState) {
    guard state.settings.showsFeet, var chart = state.chart else {
      task?.cancel()
      revision = nil
      return
    }
    guard state.revision != revision else { return }
    task?.cancel()
    let revision = state.revision
    self.revision = revision
    chart.notes = state.heardNotes
    let timing = state.timing
    task = Task.detached(priority: .utility) { [inbox, chart] in
      do { try await Task.sleep(for: FootService.pause) } catch { return }
      let footwork = FootAnalysis(chart: chart, timing: timing)?.footwork ?? Footwork()
      if !Task.isCancelled { inbox.post(.feetWalked(footwork, revision: revision)) }
    }
  }

  package func end() { task?.cancel() }
}
