import Glibc

/// A terminal's description as the system has it compiled, to be changed before ncurses reads it.
///
/// ncurses scrolls parts of the screen and repeats characters where the description says that the terminal can, and
/// has no switch for it. Many terminals and recorders only seem to know these sequences and then show two pictures
/// in one; drawing anew costs a few hundred bytes a page.
///
/// Format: term(5), "Legacy storage format", magic 0432 with numbers of 16 bits and 01036 with numbers of 32.
package struct TerminfoEntry {
  private var bytes: [UInt8]
  private let strings: Range<Int>

  /// Positions of string capabilities in the table (ncurses' `term.h`): csr, indn, rin, rep, ind, ri.
  private static let scrolling = [3, 109, 113, 121, 129, 130]

  /// The entry of a name, from the first of the system's folders that has it.
  init?(named name: String, environment: [String: String]) {
    guard let first = name.utf8.first, !name.contains("/") else { return nil }
    let letter = String(name.prefix(1))
    let hex = String(first, radix: 16)
    for folder in TerminfoEntry.folders(environment) {
      for path in ["\(folder)/\(letter)/\(name)", "\(folder)/\(hex)/\(name)"] {
        if let bytes = TerminfoEntry.read(path), let entry = TerminfoEntry(compiled: bytes) {
          self = entry
          return
        }
      }
    }
    return nil
  }

  package init?(compiled bytes: [UInt8]) {
    self.bytes = bytes
    let header = (0..<6).map { TerminfoEntry.short(bytes, 2 * $0) }
    let isWide = header[0] == 0o1036
    guard isWide || header[0] == 0o432, header.dropFirst().allSatisfy({ $0 >= 0 }) else { return nil }
    var start = 12 + header[1] + header[2]
    start += start % 2 + header[3] * (isWide ? 4 : 2)
    strings = start..<start + 2 * header[4]
    guard strings.upperBound <= bytes.count else { return nil }
  }

  /// As the variable TERMINFO takes it, without any means of scrolling.
  package var withoutScrolling: String {
    var bytes = bytes
    for position in TerminfoEntry.scrolling.map({ strings.lowerBound + 2 * $0 })
    where strings.contains(position) {
      // An absent capability has the offset -1.
      bytes[position] = 0xFF
      bytes[position + 1] = 0xFF
    }
    return "hex:" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func folders(_ environment: [String: String]) -> [String] {
    var folders = [environment["TERMINFO"], environment["HOME"].map { $0 + "/.terminfo" }].compactMap(\.self)
    folders += (environment["TERMINFO_DIRS"] ?? "").split(separator: ":").map(String.init)
    return folders + ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/local/share/terminfo"]
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    // The largest entry that ncurses takes is 32 KiB.
    var bytes = [UInt8](repeating: 0, count: 32768)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
  }

  private static func short(_ bytes: [UInt8], _ index: Int) -> Int {
    guard index + 1 < bytes.count else { return -1 }
    return Int(Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8))
  }
}
