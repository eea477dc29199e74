import Chart
import Foundation
import Synchronization

/// Real simfiles, which are not part of the project: the folder `LEARNITUP_CORPUS`, or `charts.tar.xz` of the shared data
/// unpacked into a temporary folder that stays. Some of the files unless `LEARNITUP_CORPUS_WHOLE` is set.
enum Corpus {
  static let isWhole = ProcessInfo.processInfo.environment["LEARNITUP_CORPUS_WHOLE"] != nil

  static let folder: URL? = {
    if let path = ProcessInfo.processInfo.environment["LEARNITUP_CORPUS"] {
      return URL(fileURLWithPath: path)
    }
    guard let archive = SharedData.folder?.appendingPathComponent("charts.tar.xz"),
      FileManager.default.fileExists(atPath: archive.path)
    else { return nil }
    return unpacked(archive)
  }()

  static var isHere: Bool { folder != nil }

  /// The files in the order of their paths.
  static let files: [URL] = {
    guard let folder else { return [] }
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    let simfiles = paths.filter { SimfileFormat(fileName: $0) != nil }.sorted()
    return simfiles.enumerated().filter { isWhole || $0.offset % 10 == 0 }
      .map { folder.appendingPathComponent($0.element) }
  }()

  /// What a check says of each file that fails it; files are checked side by side.
  static func failures(_ check: @Sendable (URL, SimfileDocument) throws -> String?) -> [String] {
    let found = Mutex<[String]>([])
    let files = files
    DispatchQueue.concurrentPerform(iterations: files.count) { index in
      let url = files[index]
      var failure: String?
      do {
        failure = try check(url, SimfileDocument(bytes: bytes(of: url), name: url.lastPathComponent))
      } catch {
        failure = "\(error)"
      }
      if let failure { found.withLock { $0.append("\(url.lastPathComponent): \(failure)") } }
    }
    return found.withLock { $0.sorted() }
  }

  static func bytes(of url: URL) throws -> [UInt8] { try [UInt8](Data(contentsOf: url)) }

  private static func unpacked(_ archive: URL) -> URL? {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("learnitup-corpus")
    let mark = folder.appendingPathComponent(".complete")
    if FileManager.default.fileExists(atPath: mark.path) { return folder }
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "xJf", archive.path, "-C", folder.path]
    guard (try? tar.run()) != nil else { return nil }
    tar.waitUntilExit()
    guard tar.terminationStatus == 0 else { return nil }
    return FileManager.default.createFile(atPath: mark.path, contents: nil) ? folder : nil
  }
}
