import Glibc

/// Wakes a thread. Waking it never waits, so that every thread may.
///
/// Unchecked because the semaphore is a C structure behind a pointer; it is made for use by several threads.
final class Wakeup: @unchecked Sendable {
  private let semaphore: UnsafeMutablePointer<sem_t>

  init() {
    semaphore = .allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
  }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func wake() { sem_post(semaphore) }

  func wait() { sem_wait(semaphore) }

  func wait(milliseconds: Int) {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let nanoseconds = time.tv_nsec + milliseconds * 1_000_000
    time.tv_sec += nanoseconds / 1_000_000_000
    time.tv_nsec = nanoseconds % 1_000_000_000
    sem_timedwait(semaphore, &time)
  }
}

/// What a thread does from its start to its end.
protocol ThreadBody: AnyObject, Sendable {
  func run()
}

extension ThreadBody {
  /// Starts a thread, which keeps this until `run` returns. False if the system gives none.
  func start() -> Bool {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(ThreadStart(self))
    let code = pthread_create(&thread, nil, threadMain, context.toOpaque())
    guard code == 0 else {
      context.release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}

private final class ThreadStart {
  let body: any ThreadBody
  init(_ body: any ThreadBody) { self.body = body }
}

/// A C function: a closure of an isolated context would be bound to that context and trap on this thread.
private func threadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue().body.run() }
  return nil
}
