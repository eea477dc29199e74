import Glibc
import Synchronization

/// How far a long command is, drawn on standard error where that is a terminal and nowhere else.
package final class ProgressBar: Sendable {
  private struct State {
    var done = 0
    /// What is drawn; nothing is written while it would stay the same.
    var drawn = ""
  }

  private static let width = 30

  private let total: Int
  private let isShown: Bool
  private let state = Mutex(State())

  /// Fewer than two steps are no progress to show.
  package init(total: Int) {
    self.total = total
    isShown = total > 1 && isatty(STDERR_FILENO) == 1
  }

  package func step() {
    guard isShown else { return }
    state.withLock { state in
      state.done += 1
      let line = ProgressBar.line(state.done, of: total)
      guard line != state.drawn else { return }
      state.drawn = line
      Console.write("\r" + line, to: STDERR_FILENO)
    }
  }

  /// Takes the bar away, so that what follows stands on a clean line.
  package func finish() {
    guard isShown else { return }
    state.withLock { state in
      Console.write("\r" + String(repeating: " ", count: state.drawn.count) + "\r", to: STDERR_FILENO)
      state.drawn = ""
    }
  }

  /// `[######      ]  41 %`
  static func line(_ done: Int, of total: Int) -> String {
    let full = width * done / max(1, total)
    let percent = String(100 * done / max(1, total))
    let bar = String(repeating: "#", count: full) + String(repeating: " ", count: width - full)
    return "[\(bar)] " + String(repeating: " ", count: max(0, 3 - percent.count)) + percent + " %"
  }
}
