import Foundation
import TUI
import Testing

/// A screen kept in `Snapshots/`, its text and how it is drawn. `LEARNITUP_RECORD=1` writes it anew.
func expectGolden(_ grid: Grid, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Snapshots")
  let file = folder.appendingPathComponent(name + ".txt")
  let picture = GoldenScreen.describe(grid)
  if ProcessInfo.processInfo.environment["LEARNITUP_RECORD"] != nil {
    try picture.write(to: file, atomically: true, encoding: .utf8)
    return
  }
  let kept = try? String(contentsOf: file, encoding: .utf8)
  let wanted = try #require(
    kept, "no \(name).txt; record it with LEARNITUP_RECORD=1", sourceLocation: sourceLocation)
  let difference = zip(picture.split(separator: "\n"), wanted.split(separator: "\n")).first { $0 != $1 }
  #expect(
    picture == wanted, "\(name): drawn \(difference?.0 ?? "") instead of \(difference?.1 ?? "")",
    sourceLocation: sourceLocation)
}

enum GoldenScreen {
  private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// The text, then for each line the runs of equal style, then what the letters stand for.
  static func describe(_ grid: Grid) -> String {
    var names: [Style: String] = [:]
    var legend: [String] = []
    var layer = ""
    for y in 0..<grid.size.height {
      var runs: [(name: String, count: Int)] = []
      for cell in grid.row(y) {
        let name = names[cell.style] ?? letter(names.count)
        if names[cell.style] == nil {
          names[cell.style] = name
          legend.append("\(name): \(describe(cell.style))")
        }
        if runs.last?.name == name { runs[runs.count - 1].count += 1 } else { runs.append((name, 1)) }
      }
      layer += runs.map { "\($0.name)\($0.count)" }.joined(separator: " ") + "\n"
    }
    return grid.text + "--- styles\n" + layer + "--- legend\n" + legend.joined(separator: "\n") + "\n"
  }

  private static func letter(_ index: Int) -> String {
    let letter = String(letters[index % letters.count])
    return index < letters.count ? letter : letter + "'\(index / letters.count)'"
  }

  private static func describe(_ style: Style) -> String {
    let names: [(Style.Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.underline, "underline"), (.reverse, "reverse"),
    ]
    let colors = [style.foreground?.hex ?? "default", "on", style.background?.hex ?? "default"]
    return (colors + names.filter { style.attributes.contains($0.0) }.map(\.1)).joined(separator: " ")
  }
}
