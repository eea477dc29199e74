import Glibc

/// A pipe whose only message is "look again": any thread may wake the event loop out of `poll`.
package final class WakePipe: Sendable {
  /// Readable when someone has called `wake` since the last `drain`.
  package let descriptor: Int32
  private let writer: Int32

  package init() throws(SystemFailure) {
    let ends = try PipeEnds()
    (descriptor, writer) = (ends.reader, ends.writer)
  }

  deinit {
    close(descriptor)
    close(writer)
  }

  /// Never blocks: a full pipe already says what there is to say.
  package func wake() {
    var byte: UInt8 = 1
    _ = write(writer, &byte, 1)
  }

  package func drain() {
    var bytes: [UInt8] = Array(repeating: 0, count: 64)
    while read(descriptor, &bytes, bytes.count) > 0 {}
  }
}
