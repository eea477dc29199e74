import Chart
import Foundation

/// What is to be written, and what the format cannot say.
package typealias SerializedSimfile = (bytes: [UInt8], losses: [Loss])

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

  /// Reads the chart file that a path names, or that stands in the folder that it names.
  package init(at path: String) throws(CommandError) {
    guard let simfile = try SongLocation(path: path).simfile else {
      throw CommandError(
        .cannotRun, file: path, "there is no chart here", remedy: "give a .ssc, .sm, .ucs, .dwi or .ksf file")
    }
    try self.init(reading: simfile)
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
    let title = url.deletingPathExtension().lastPathComponent
    do throws(UnreadableFile) {
      switch url.pathExtension.lowercased() {
      case "ucs":
        let document = try UCSDocument(bytes: [UInt8](bytes), name: title)
        source = .ucs(document)
        (simfile, diagnostics) = (document.simfile, document.diagnostics)
      case "dwi":
        let reader = try DWIReader([UInt8](bytes))
        source = .none
        (simfile, diagnostics) = (reader.simfile, reader.diagnostics)
      case "ksf":
        let reader = try KSFReader([UInt8](bytes), name: title)
        source = .none
        (simfile, diagnostics) = (reader.simfile, reader.diagnostics)
      default:
        let document = try SimfileDocument(bytes: [UInt8](bytes), name: name)
        source = .simfile(document)
        (simfile, diagnostics) = (document.simfile, document.diagnostics)
      }
    } catch {
      throw CommandError(unreadable: error, file: url)
    }
  }

  /// Everything that reading and the rules find in the file, with its line where the format tells.
  package func findings(_ context: Lint.Context) -> [Diagnostic] {
    switch source {
    case .simfile(let document): return Lint.findings(in: document, context)
    case .ucs(let document): return Lint.findings(in: document, context)
    case .none:
      // A file without a name for its sound has it beside it, and its format is never written.
      let found = Lint.findings(in: simfile, context).filter {
        !($0.code == "missing-file" && $0.tag == SongTag.music.rawValue && simfile.song[.music].isEmpty)
      }
      return diagnostics + found
    }
  }

  /// The file in the one layout that compares well; nil for a format that has none.
  package var canonicalBytes: [UInt8]? {
    switch source {
    case .simfile(let document): document.canonicalBytes
    case .ucs(let document): document.canonicalBytes
    case .none: nil
    }
  }

  /// The bytes of a file at `url` that says what `edited` says. In the file's own format untouched parts keep their
  /// bytes; in another one it is written anew.
  ///
  /// - Parameter chart: the chart that a format for one chart gets.
  package func serialized(
    _ edited: Simfile, chart: Int, at url: URL
  ) throws(CommandError) -> SerializedSimfile {
    let format = url.pathExtension.lowercased()
    switch (source, format) {
    case (.simfile(let document), let format) where format == document.format.rawValue:
      return document.serialized(edited)
    case (.ucs(let document), "ucs"):
      return try Self.reporting(url) { () throws(UnreadableFile) in
        try document.serialized(edited, chart: chart)
      }
    default: break
    }
    if format == "ucs" {
      guard !edited.charts.isEmpty else {
        throw CommandError(.cannotRun, file: url.path, "there is no chart to write", remedy: "add one first")
      }
      return try Self.reporting(url) { () throws(UnreadableFile) in
        try UCSDocument.written(edited, chart: chart)
      }
    }
    guard let format = SimfileFormat(fileName: url.lastPathComponent) else {
      throw CommandError(
        .cannotRun, file: url.path, "charts are not written in this format",
        remedy: "save as .ssc, .sm or .ucs")
    }
    return SimfileDocument.serialize(edited, as: format)
  }

  private static func reporting(
    _ url: URL, _ write: () throws(UnreadableFile) -> SerializedSimfile
  ) throws(CommandError) -> SerializedSimfile {
    do throws(UnreadableFile) {
      return try write()
    } catch {
      throw CommandError(unreadable: error, file: url)
    }
  }
}

extension CommandError {
  /// A chart file that cannot be read or written as what it should be.
  init(unreadable: UnreadableFile, file: URL) {
    let diagnostic = unreadable.diagnostic
    self.init(
      .problems, file: file.path, line: diagnostic.line, diagnostic.message, remedy: diagnostic.remedy)
  }
}
