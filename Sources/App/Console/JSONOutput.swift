import Foundation

/// The machine-readable side of every command that takes `--json`.
package enum JSONOutput {
  /// The value as JSON with sorted keys and a newline at its end, so that equal values give equal bytes.
  package static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  package static func print(_ value: some Encodable) throws {
    Console.print(try text(value))
  }
}
