import Chart

/// How two chart files differ, as `diff` writes it (`docs/json.md`).
package struct DiffReport: Encodable, Sendable {
  /// A chart that only one of the files has.
  package struct ChartName: Encodable, Sendable {
    var index: Int
    var stepsType: String
    var description: String
    var difficulty: String
    var meter: Int

    private enum CodingKeys: String, CodingKey {
      case index, description, difficulty, meter
      case stepsType = "steps_type"
    }
  }

  package struct Move: Encodable, Sendable {
    var from: NoteReport
    var to: NoteReport
  }

  package struct ChartChange: Encodable, Sendable {
    var old: ChartName
    var new: ChartName
    /// Names of the tags that differ.
    var header: [String]
    var timing: [String]
    var added: [NoteReport]
    var removed: [NoteReport]
    var moved: [Move]
  }

  package var same: Bool
  package var song: [String]
  package var added: [ChartName]
  package var removed: [ChartName]
  package var changed: [ChartChange]

  package init(from old: Simfile, to new: Simfile) {
    let diff = SimfileDiff(from: old, to: new)
    same = diff.isEmpty
    song = diff.song.map(\.rawValue)
    added = diff.added.map { ChartName($0, of: new) }
    removed = diff.removed.map { ChartName($0, of: old) }
    changed = diff.changed.map { change in
      let before = TimingMap(old.timing(of: old.charts[change.old]))
      let after = TimingMap(new.timing(of: new.charts[change.new]))
      return ChartChange(
        old: ChartName(change.old, of: old), new: ChartName(change.new, of: new), header: change.header,
        timing: change.timing, added: change.added.map { NoteReport($0, timing: after) },
        removed: change.removed.map { NoteReport($0, timing: before) },
        moved: change.moved.map {
          Move(from: NoteReport($0.from, timing: before), to: NoteReport($0.to, timing: after))
        })
    }
  }
}

extension DiffReport.ChartName {
  init(_ index: Int, of simfile: Simfile) {
    let header = simfile.charts[index].header
    self.init(
      index: index, stepsType: header.stepsType.name, description: header.description,
      difficulty: header.difficulty.rawValue, meter: header.meter)
  }

  /// `chart 0 (pump-single S12 Edit 12)`.
  fileprivate var text: String {
    let words = [stepsType, description, difficulty, "\(meter)"].filter { !$0.isEmpty }
    return "chart \(index) (\(words.joined(separator: " ")))"
  }
}

// MARK: - For people

extension DiffReport {
  /// A line for each thing that changed; none for files that say the same.
  package var lines: [String] {
    var lines: [String] = []
    if !song.isEmpty { lines.append("song: \(song.joined(separator: ", ")) changed") }
    lines += removed.map { "- \($0.text)" } + added.map { "+ \($0.text)" }
    return (lines + changed.flatMap(\.lines)).map(\.printable)
  }
}

extension DiffReport.ChartChange {
  fileprivate var lines: [String] {
    let counts = [(added.count, "added"), (removed.count, "removed"), (moved.count, "moved")]
    let parts =
      counts.filter { $0.0 > 0 }.map { "\(counted($0.0, "note")) \($0.1)" }
      + (header + timing).map { "\($0) changed" }
    let name = old.index == new.index ? new.text : "\(old.text) -> \(new.text)"
    return ["\(name): \(parts.joined(separator: ", "))"] + noteLines
  }

  /// By row, what went before what came.
  private var noteLines: [String] {
    let gone = removed.map { (row: $0.row, text: "  - \($0.place)") }
    let come = added.map { (row: $0.row, text: "  + \($0.place)") }
    let shifted = moved.map { (row: $0.from.row, text: "  > \($0.from.place) -> \($0.to.position)") }
    return (gone + come + shifted).sorted { $0.row < $1.row }.map(\.text)
  }
}

extension NoteReport {
  fileprivate var position: String { Row(row).place }
  fileprivate var place: String { "\(position), lane \(lane): \(kind)" }
}
