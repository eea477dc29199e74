import Synchronization

/// The thread that makes music at another speed ahead of where it is heard.
final class MusicPreparer: ThreadBody {
  private enum Work {
    case nothing
    case ahead(PreparedMusic, loop: Range<Int>?)
    case end
  }

  private let work = Mutex(Work.nothing)
  private let wakeup = Wakeup()

  /// How often it looks where the music is: much less than it is ahead.
  private static let pause = 100

  /// Follows the playing of this from now on; nil follows nothing.
  func follow(_ music: PreparedMusic?, loop: Range<Int>?) {
    set(music.map { .ahead($0, loop: loop) } ?? .nothing)
  }

  func end() { set(.end) }

  private func set(_ work: Work) {
    self.work.withLock { $0 = work }
    wakeup.wake()
  }

  func run() {
    while true {
      switch work.withLock({ $0 }) {
      case .end: return
      case .nothing: wakeup.wait()
      case .ahead(let music, let loop):
        if !music.prepareNext(loop: loop) { wakeup.wait(milliseconds: Self.pause) }
      }
    }
  }
}
