import Dispatch
import Synchronization

/// A question asked of a running job: "is this still wanted?"
package final class Cancellation: Sendable {
  private let flag = Atomic(false)

  package init() {}

  package var isCancelled: Bool { flag.load(ordering: .relaxed) }
  package func cancel() { flag.store(true, ordering: .relaxed) }
}

/// Does jobs one after the other on a thread of its own, away from the event loop.
package final class Worker: Sendable {
  private let queue: DispatchQueue

  package init(_ name: String, urgency: DispatchQoS = .userInitiated) {
    queue = DispatchQueue(label: "\(Program.name).\(name)", qos: urgency)
  }

  /// Starts the job when those before it are done. A job cancelled while it waits is not started.
  @discardableResult
  package func run(_ job: @escaping @Sendable (Cancellation) -> Void) -> Cancellation {
    let cancellation = Cancellation()
    queue.async {
      if !cancellation.isCancelled { job(cancellation) }
    }
    return cancellation
  }

  /// Waits until all jobs given so far are done.
  package func finish() {
    queue.sync {}
  }
}
