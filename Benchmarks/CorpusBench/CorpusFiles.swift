import Chart
import Foundation

/// The simfiles of a folder, in the order of their paths.
enum CorpusFiles {
  static func simfiles(under folder: String) -> [String] {
    let found = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return found.filter { SimfileFormat(fileName: $0) != nil }.sorted()
      .map { folder + "/" + $0 }
  }

  static func bytes(of path: String) -> [UInt8] {
    FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
  }
}
