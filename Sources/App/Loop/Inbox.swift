import Synchronization

/// What other threads have to tell the event loop, in the order in which it arrived.
package final class Inbox<Message: Sendable>: Sendable {
  package let pipe: WakePipe
  private let messages = Mutex<[Message]>([])

  package init() throws(SystemFailure) {
    pipe = try WakePipe()
  }

  /// From any thread.
  package func post(_ message: Message) {
    messages.withLock { $0.append(message) }
    pipe.wake()
  }

  /// Takes everything that has arrived. From the event loop.
  package func takeAll() -> [Message] {
    pipe.drain()
    return messages.withLock { messages in
      defer { messages.removeAll(keepingCapacity: true) }
      return messages
    }
  }
}
