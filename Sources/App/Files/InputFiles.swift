import Foundation
import Glibc

/// The chart files that the arguments of a command mean: files, folders with all that is in them, patterns.
package struct InputFiles: Sendable {
  package private(set) var files: [URL] = []
  /// What an argument named that is not there.
  package private(set) var problems: [CommandError] = []

  package init(_ arguments: [String]) {
    var seen: Set<String> = []
    for argument in arguments {
      let found = InputFiles.expand(argument)
      if found.isEmpty { problems.append(InputFiles.nothing(at: argument)) }
      for file in found where seen.insert(file.path).inserted { files.append(file) }
    }
  }

  private static func expand(_ argument: String) -> [URL] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
      return matches(of: argument).flatMap { path in path == argument ? [] : expand(path) }
    }
    return isFolder.boolValue ? charts(under: argument) : [URL(filePath: argument)]
  }

  /// Every chart file in a folder and the folders in it, by path. Links to folders are not followed.
  private static func charts(under folder: String) -> [URL] {
    let base = URL(filePath: folder, directoryHint: .isDirectory)
    guard let names = FileManager.default.enumerator(atPath: folder) else { return [] }
    let charts = names.compactMap { $0 as? String }.filter { name in
      !name.split(separator: "/").contains { $0.hasPrefix(".") }
        && SongLocation.simfileExtensions.contains(URL(filePath: name).pathExtension.lowercased())
    }
    return charts.sorted().map { base.appending(path: $0) }
  }

  /// The paths that a pattern with `*`, `?` or `[` stands for, for shells that leave them as they are.
  private static func matches(of pattern: String) -> [String] {
    guard pattern.contains(where: { "*?[".contains($0) }) else { return [] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }
  }

  private static func nothing(at argument: String) -> CommandError {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder)
    return exists
      ? CommandError(.cannotRun, file: argument, "no chart in this folder", remedy: "name another")
      : CommandError(.cannotRun, file: argument, "no such file or folder", remedy: "check the name")
  }
}
