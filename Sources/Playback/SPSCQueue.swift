import Synchronization

/// A queue of fixed size between exactly two threads, one that pushes and one that pops. Neither waits, locks or
/// allocates.
///
/// Unchecked because the slots are plain memory: the pushing thread alone writes the slots from `head` up to
/// `tail + capacity`, the popping thread alone reads those from `tail` up to `head`, and each hands them over by a
/// release store that the other acquires.
final class SPSCQueue<Element: Sendable>: @unchecked Sendable {
  private let slots: UnsafeMutablePointer<Element>
  private let mask: Int
  /// Elements ever pushed; only the pushing thread stores it.
  private let head = Atomic<Int>(0)
  /// Elements ever popped; only the popping thread stores it.
  private let tail = Atomic<Int>(0)

  /// `capacity` is rounded up to a power of two.
  init(capacity: Int) {
    var size = 1
    while size < capacity { size *= 2 }
    mask = size - 1
    slots = .allocate(capacity: size)
  }

  deinit {
    while pop() != nil {}
    slots.deallocate()
  }

  /// False when the queue is full; the element is then not in it.
  func push(_ element: consuming Element) -> Bool {
    let head = head.load(ordering: .relaxed)
    guard head - tail.load(ordering: .acquiring) <= mask else { return false }
    (slots + (head & mask)).initialize(to: element)
    self.head.store(head + 1, ordering: .releasing)
    return true
  }

  /// Nil when the queue is empty.
  func pop() -> Element? {
    let tail = tail.load(ordering: .relaxed)
    guard tail < head.load(ordering: .acquiring) else { return nil }
    let element = (slots + (tail & mask)).move()
    self.tail.store(tail + 1, ordering: .releasing)
    return element
  }
}
