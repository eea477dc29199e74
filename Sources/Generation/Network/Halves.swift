import Dispatch
import Synchronization

/// Work in two halves, one on the caller's thread and one beside it.
enum Halves {
  /// What passes between the threads.
  private final class Exchange<Part: Sendable>: Sendable {
    let isGivenUp = Atomic(false)
    let part = Mutex<Result<Part, ModelError>?>(nil)
  }

  /// Milliseconds after which the caller, its own half done, looks whether it still wants the other.
  private static let pause = 5

  /// - Parameters:
  ///   - work: does the half of a number, 0 or 1, as long as nothing tells it to stop.
  ///   - isCancelled: asked on the caller's thread only, by the first half and after its end; both give up.
  static func run<Part: Sendable>(
    isCancelled: () -> Bool,
    _ work: @Sendable @escaping (Int, () -> Bool) throws(ModelError) -> Part
  ) throws(ModelError) -> [Part] {
    let exchange = Exchange<Part>()
    let group = DispatchGroup()
    DispatchQueue.global(qos: .userInitiated).async(group: group) {
      let stops = { exchange.isGivenUp.load(ordering: .relaxed) }
      let part = Result { () throws(ModelError) in try work(1, stops) }
      exchange.part.withLock { $0 = part }
    }
    let first = Result { () throws(ModelError) in try work(0, isCancelled) }
    if case .failure = first { exchange.isGivenUp.store(true, ordering: .relaxed) }
    while group.wait(timeout: .now() + .milliseconds(pause)) == .timedOut {
      if isCancelled() { exchange.isGivenUp.store(true, ordering: .relaxed) }
    }
    guard let second = exchange.part.withLock({ $0 }) else { throw .cancelled }
    return [try first.get(), try second.get()]
  }

  /// Fewer than this are not worth another thread.
  private static let fewestShared = 64

  /// Work on each of many things, which does not depend on the others: the first half of them on the caller's thread or
  /// another, the second beside it.
  static func share(_ range: Range<Int>, _ work: (Range<Int>) -> Void) {
    guard range.count >= fewestShared else { return work(range) }
    let middle = range.lowerBound + range.count / 2
    // Safe: both halves have ended when this returns, and they are told to be independent.
    nonisolated(unsafe) let work = work
    DispatchQueue.concurrentPerform(iterations: 2) { half in
      work(half == 0 ? range.lowerBound..<middle : middle..<range.upperBound)
    }
  }
}
