import Foundation

/// The folder of real charts and songs, which is not part of the project: `LEARNITUP_DATA`, or `shared/data` beside
/// the project's folder. Tests that need it are skipped without it.
enum SharedData {
  static let folder: URL? = {
    let project = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let places = [
      ProcessInfo.processInfo.environment["LEARNITUP_DATA"].map { URL(fileURLWithPath: $0) },
      project.deletingLastPathComponent().appendingPathComponent("shared/data"),
    ]
    return places.compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0.path) }
  }()

  static var isHere: Bool { folder != nil }
}
