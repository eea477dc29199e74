import Foundation

/// Where the weights are: the folder that the environment names, or the resources beside the program.
package struct ModelFolder: Hashable, Sendable {
  package static let variable = "LEARNITUP_MODEL"
  private static let bundle = "learnitup_Generation.resources"

  /// The folders to look in, first one first.
  package let candidates: [String]

  /// - Parameters:
  ///   - environment: the folder that it names is the only one looked in.
  ///   - executable: the program's own path.
  package init(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    executable: String? = Bundle.main.executablePath
  ) {
    if let chosen = environment[Self.variable], !chosen.isEmpty {
      candidates = [chosen]
      return
    }
    let beside = executable.map { path in
      ((path as NSString).resolvingSymlinksInPath as NSString).deletingLastPathComponent
    }
    candidates = (beside.map { [$0, "\($0)/../share/learnitup"] } ?? []).flatMap {
      ["\($0)/\(Self.bundle)/Resources", "\($0)/Resources"]
    }
  }

  func path(of name: String) throws(ModelError) -> String {
    for folder in candidates {
      let path = "\(folder)/\(name)"
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    throw .weightsMissing(name: name, searched: candidates)
  }
}
