import Glibc
import Synchronization

/// Where the handler writes: it may use nothing but what is safe in the middle of anything.
private let handlerEnd = Atomic<Int32>(-1)

/// Turns signals into bytes that the event loop reads like any other input.
package final class SignalPipe {
  /// Readable when a signal has come.
  package let descriptor: Int32
  private let signals: [Int32]

  /// Catches the signals until the end of the process. One pipe at a time: the last made gets the signals.
  package init(catching signals: [Int32]) throws(SystemFailure) {
    let ends = try PipeEnds()
    descriptor = ends.reader
    self.signals = signals
    handlerEnd.store(ends.writer, ordering: .releasing)
    for signal in signals { catchSignal(signal) }
  }

  /// The signals that have come since the last call, in order.
  package func takeAll() -> [Int32] {
    var bytes: [UInt8] = Array(repeating: 0, count: 64)
    var result: [Int32] = []
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      guard count > 0 else { return result }
      result += bytes[..<count].map(Int32.init)
    }
  }

  /// Catches the signals again after others have set handlers of their own.
  package func catchAgain() {
    for signal in signals { catchSignal(signal) }
  }
}

private func catchSignal(_ number: Int32) {
  var action = sigaction()
  action.__sigaction_handler.sa_handler = { number in
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(handlerEnd.load(ordering: .acquiring), &byte, 1)
    errno = saved
  }
  sigaction(number, &action, nil)
}
