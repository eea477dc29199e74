import Chart
import Foundation

/// A chart file that a command was asked to write.
package enum OutputFile {
  /// Puts the bytes in place, what was there before kept beside it. A file that has these bytes already is left alone.
  package static func write(_ bytes: [UInt8], to file: URL) throws(CommandError) {
    let bytes = Data(bytes)
    if let there = try? Data(contentsOf: file), there == bytes { return }
    do throws(SystemFailure) {
      try FileStore.backUp(file)
      try FileStore.replace(file, with: bytes)
    } catch {
      throw CommandError(
        .cannotRun, file: file.path, "not written, \(error.text)", remedy: "give another place with -o")
    }
  }

  /// Says on standard error what the written format could not say.
  package static func tell(_ losses: [Loss], of file: URL) {
    for loss in losses {
      let chart = loss.chart.map { "chart \($0), " } ?? ""
      Console.note("\(file.path): \(chart)\(loss.message)".printable)
    }
  }
}
