/// The formats that simfiles come in, by the ends of their names.
package enum SimfileFormat: String, Hashable, Sendable, CaseIterable {
  case ssc
  case sm

  /// The format of a file by its name; nil for anything that is no simfile.
  package init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    self.init(rawValue: fileName[fileName.index(after: dot)...].lowercased())
  }
}
