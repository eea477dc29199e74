import Editor
import Foundation
import Testing

/// `docs/keys.md` is what the tables say; `make docs` writes it anew.
@Test func theManualOfKeysIsUpToDate() throws {
  var root = URL(fileURLWithPath: #filePath)
  for _ in 0..<3 { root.deleteLastPathComponent() }
  let file = root.appendingPathComponent("docs/keys.md")
  let text = HelpText.markdown()
  if ProcessInfo.processInfo.environment["LEARNITUP_RECORD"] != nil {
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
  let kept = try String(contentsOf: file, encoding: .utf8)
  #expect(kept == text, "docs/keys.md is not what the tables say: run make docs")
}
