import Editor

/// What a terminal has to say.
package enum ScreenEvent: Hashable, Sendable {
  case key(KeyEvent)
  case resized(Size)
  /// Text that the terminal says was pasted and not typed.
  case pasted(String)
}

/// Something that shows grids and reads keys. Used from one thread.
package protocol Screen: AnyObject {
  var size: Size { get }
  var depth: ColorDepth { get }
  /// Brings a grid to the screen; only what changed since the last one is sent.
  func show(_ grid: Grid)
  /// Takes what the terminal shows for lost, so that the next grid is drawn whole.
  func forget()
  /// The next key or change of size that is already there; nil when nothing waits. Never blocks.
  func nextEvent() -> ScreenEvent?
  /// Gives the terminal back to the shell, stops the process, and takes the terminal again when it is continued.
  func suspend()
  /// Restores the terminal as it was before. Can be called more than once.
  func close()
}

/// A screen without a terminal, for tests: it keeps what was shown and plays back given keys.
package final class MemoryScreen: Screen {
  package private(set) var size: Size
  package let depth: ColorDepth
  package private(set) var shown: Grid
  package private(set) var isClosed = false
  package private(set) var suspensions = 0
  private var events: [ScreenEvent] = []

  package init(size: Size, depth: ColorDepth = .direct) {
    self.size = size
    self.depth = depth
    shown = Grid(size: size)
  }

  /// Adds a key or a change of size for the program to read.
  package func feed(_ event: ScreenEvent) {
    if case .resized(let size) = event { self.size = size }
    events.append(event)
  }

  package func show(_ grid: Grid) { shown = grid }
  package func forget() {}
  package func nextEvent() -> ScreenEvent? { events.isEmpty ? nil : events.removeFirst() }
  package func suspend() { suspensions += 1 }
  package func close() { isClosed = true }
}
