import Chart
import Foundation

/// A list of times: seconds from the start of the music, one a line; empty lines and `#` comments are passed over.
package enum TimesFile {
  package static func read(_ file: URL) throws(CommandError) -> [Seconds] {
    let text = String(decoding: try FileStore.read(file), as: UTF8.self)
    var times: [Seconds] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let word = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      if word.isEmpty { continue }
      guard let value = Double(word), value.isFinite, abs(value) < 100_000 else {
        throw CommandError(
          .problems, file: file.path, line: index + 1, "\"\(word)\" is not a time",
          remedy: "write seconds, as 12.345")
      }
      times.append(Seconds(value))
    }
    return times
  }
}
