import App
import Glibc
import Synchronization
import Testing

@Suite struct LoopPartsTests {
  private func isReadable(_ descriptor: Int32) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) == 1
  }

  @Test func aPostedMessageWakesTheLoopOnce() throws {
    let inbox = try Inbox<Int>()
    #expect(!isReadable(inbox.pipe.descriptor))
    inbox.post(1)
    inbox.post(2)
    #expect(isReadable(inbox.pipe.descriptor))
    #expect(inbox.takeAll() == [1, 2])
    #expect(!isReadable(inbox.pipe.descriptor))
    #expect(inbox.takeAll() == [])
  }

  @Test func jobsRunInOrderAndCancelledOnesNeverStart() {
    let worker = Worker("test")
    let gate = Worker("gate")
    let done = Mutex<[Int]>([])
    let mayStart = Mutex(false)
    worker.run { _ in while !mayStart.withLock({ $0 }) { sched_yield() } }
    worker.run { _ in done.withLock { $0.append(1) } }
    let second = worker.run { _ in done.withLock { $0.append(2) } }
    worker.run { _ in done.withLock { $0.append(3) } }
    second.cancel()
    gate.run { _ in mayStart.withLock { $0 = true } }
    worker.finish()
    #expect(done.withLock { $0 } == [1, 3])
  }
}
