import Foundation
import Testing

/// The import rule of ARCHITECTURE.md, read off the sources themselves.
@Suite struct ImportRuleTests {
  /// What each module may import of the project's own modules and of the C libraries.
  static let allowed: [String: Set<String>] = [
    "Chart": [],
    "Audio": ["CSndFile"],
    "Signal": ["CFFTW"],
    "Tempo": ["Chart", "Audio", "Signal", "CFFTW"],
    "Generation": ["Chart", "Audio", "Signal", "COpenBLAS", "CXSMM"],
    "Editor": ["Chart"],
    "Playback": ["Audio", "CALSA", "CSoundTouch"],
    "TUI": ["Chart", "Editor", "CNcurses"],
    "App": ["Chart", "Audio", "Signal", "Tempo", "Generation", "Editor", "Playback", "TUI"],
    "learnitup": ["App"],
  ]

  static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  static let ours = Set(allowed.keys).union(allowed.values.joined())

  @Test(arguments: allowed.keys.sorted()) func importsPointDownwards(module: String) throws {
    let folder = Self.sources.appendingPathComponent(module)
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), keyword <= 2, words.count > keyword + 1,
          !line.hasPrefix("//")
        else { continue }
        let imported = String(words[keyword + 1])
        guard Self.ours.contains(imported) else { continue }
        #expect(
          Self.allowed[module, default: []].contains(imported),
          "\(module)/\(file.lastPathComponent) imports \(imported)")
      }
    }
  }

  @Test func everyModuleIsNamedInTheRule() throws {
    let modules = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
      .filter { !$0.hasPrefix("C") || $0 == "Chart" }
    #expect(Set(modules) == Set(Self.allowed.keys))
  }

  @Test(arguments: allowed.keys.sorted()) func noTypeBearsItsModulesName(module: String) throws {
    let folder = Self.sources.appendingPathComponent(module)
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for keyword in ["struct", "class", "enum", "actor", "protocol"] {
        #expect(
          !text.contains("\(keyword) \(module) ") && !text.contains("\(keyword) \(module):"),
          "\(file.lastPathComponent) declares a type named like its module")
      }
    }
  }
}
