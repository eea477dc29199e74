import DequeModule

/// All steps since the song was opened, undone ones included until a new step takes their place.
package struct EditHistory: Sendable {
  /// Names a state of the song: two equal marks mean equal songs.
  package struct Mark: Hashable, Sendable {
    let step: Int
  }

  private struct Step: Sendable {
    let mark: Mark
    let transaction: Transaction
  }

  private var done: Deque<Step> = []
  private var undone: [Step] = []
  private var lastStep = 0
  private var savedMark: Mark? = Mark(step: 0)

  package init() {}

  /// The state the song is in.
  package var mark: Mark { done.last?.mark ?? Mark(step: 0) }
  /// Whether the song differs from what was last saved or opened.
  package var isDirty: Bool { savedMark != mark }
  package var undoName: String? { done.last?.transaction.name }
  package var redoName: String? { undone.last?.transaction.name }
  /// The names of the steps that can be undone, oldest first.
  package var names: [String] { done.map(\.transaction.name) }
  /// The names of the last so many steps, newest first.
  package func recentNames(_ count: Int) -> [String] { done.suffix(count).reversed().map(\.transaction.name) }

  /// How many edits there are between the saved state and this one, where it can be said.
  package var stepsSinceSave: Int? {
    guard let savedMark else { return nil }
    if savedMark == Mark(step: 0) { return done.count }
    guard let index = done.firstIndex(where: { $0.mark == savedMark }) else { return nil }
    return done.count - 1 - index
  }

  mutating func record(_ transaction: Transaction) {
    lastStep += 1
    done.append(Step(mark: Mark(step: lastStep), transaction: transaction))
    undone.removeAll()
  }

  /// Takes the last step off and returns what it was.
  mutating func undo() -> Transaction? {
    guard let step = done.popLast() else { return nil }
    undone.append(step)
    return step.transaction
  }

  /// Puts the last undone step back and returns it.
  mutating func redo() -> Transaction? {
    guard let step = undone.popLast() else { return nil }
    done.append(step)
    return step.transaction
  }

  mutating func markSaved(_ mark: Mark) { savedMark = mark }
  /// The song was never written as it stands, or what was opened had to be mended.
  mutating func markUnsaved() { savedMark = nil }
}
