import Foundation

/// The machine-readable side of every command that takes `--json`.
package enum JSONOutput {
  /// The value as JSON with sorted keys, so that equal values give equal bytes.
  ///
  /// - Throws: `CommandError` for a number that JSON has no way to write: a file's tempo may be so small that times
  ///   become infinite.
  package static func text(_ value: some Encodable) throws(CommandError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return safe(String(decoding: try encoder.encode(value), as: UTF8.self))
    } catch {
      throw CommandError(
        .problems, "a time or a tempo in it is beyond all numbers",
        remedy: "check tells which tags to correct")
    }
  }

  /// The same JSON with the characters escaped that steer terminals and that encoders leave as they are: a text that
  /// turns writing round, say.
  private static func safe(_ json: String) -> String {
    guard json.utf8.contains(where: { $0 >= 0x7F }) else { return json }
    var result = ""
    result.reserveCapacity(json.utf8.count)
    for scalar in json.unicodeScalars {
      if scalar.isPrintable {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return result
  }

  package static func print(_ value: some Encodable) throws(CommandError) {
    Console.print(try text(value))
  }
}
