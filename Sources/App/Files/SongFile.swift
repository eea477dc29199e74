import Chart
import Foundation

/// A chart file of any format that can be read: its bytes, and what they say.
package struct SongFile: Sendable {
  /// What is needed to write the file again with what was not edited left as it stands.
  private enum Source: Sendable {
    case simfile(SimfileDocument)
    case ucs(UCSDocument)
    /// Formats that are read only, and songs that have no file yet.
    case none
  }

  package let url: URL
  package let bytes: Data
  package let simfile: Simfile
  package let diagnostics: [Diagnostic]
  private let source: Source

  /// Reads a chart file.
  package init(reading url: URL) throws(CommandError) {
    try self.init(url: url, bytes: FileStore.read(url))
  }

  /// A song that has no chart file yet; saving makes it one at `url`.
  package init(new simfile: Simfile, at url: URL) {
    self.url = url
    self.simfile = simfile
    bytes = Data()
    diagnostics = []
    source = .none
  }

  package init(url: URL, bytes: Data) throws(CommandError) {
    self.url = url
    self.bytes = bytes
    let name = url.lastPathComponent
    do throws(SimfileError) {
      if url.pathExtension.lowercased() == "ucs" {
        let document = try UCSDocument(bytes: [UInt8](bytes), name: name)
        source = .ucs(document)
        (simfile, diagnostics) = (document.simfile, document.diagnostics)
      } else {
        let document = try SimfileDocument(bytes: [UInt8](bytes), name: name)
        source = .simfile(document)
        (simfile, diagnostics) = (document.simfile, document.diagnostics)
      }
    } catch {
      throw CommandError(.problems, file: url.path, error.message, remedy: error.remedy)
    }
  }

  /// The bytes of a file at `url` that says what `edited` says. In the file's own format untouched parts keep their
  /// bytes; in another one it is written anew.
  package func serialized(_ edited: Simfile, at url: URL) throws(CommandError) -> SerializedSimfile {
    let format = url.pathExtension.lowercased()
    switch (source, format) {
    case (.simfile(let document), document.format.rawValue): return document.serialized(edited)
    case (.ucs(let document), "ucs"): return try Self.reporting(url) { try document.serialized(edited) }
    default: break
    }
    if format == "ucs" {
      return try Self.reporting(url) { try UCSDocument.written(edited, name: url.lastPathComponent) }
    }
    guard let format = SimfileFormat(fileName: url.lastPathComponent) else {
      throw CommandError(
        .cannotRun, file: url.path, "charts are not written in this format", remedy: "save as .ssc, .sm or .ucs")
    }
    return SimfileDocument.serialize(edited, as: format)
  }
}
