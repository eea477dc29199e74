import Chart
import Editor

/// The right panel while editing: what stands here, what is marked, what the chart is like, what was done.
struct EditPanel {
  let state: EditorState
  let width: Int

  var lines: [PanelLine] {
    here + region + chart + history
  }

  private var here: [PanelLine] {
    guard let type = state.chart?.header.stepsType else { return [] }
    let notes = state.notes.notes(on: state.cursor)
    let covering = (0..<state.lanes).compactMap { lane -> Note? in
      let note = state.notes.note(covering: state.cursor, lane: Lane(lane))
      return note?.row == state.cursor ? nil : note
    }
    var lines: [PanelLine] = [.heading("this row")]
    lines.append(.fact("notes", notes.isEmpty ? "–" : NoteText.names(notes, in: type)))
    if !covering.isEmpty { lines.append(.fact("held", NoteText.names(covering[...], in: type))) }
    lines.append(.fact("stands on", SnapText.place(of: state.cursor, in: state.snap)))
    for mark in TimingMarks.marks(of: state, in: state.cursor..<state.cursor + 1).prefix(4) {
      lines.append(.fact("timing", mark.text, mark.scope))
    }
    return lines + FeetText.lines(state, width: width) + [.blank]
  }

  private var region: [PanelLine] {
    guard let selection = state.selection, !selection.rows.isEmpty else { return [] }
    let notes = selection.notes(in: state.notes)
    let rows = selection.rows
    let map = state.timingMap
    let length = map.seconds(at: rows.upperBound) - map.seconds(at: rows.lowerBound)
    let steps = Set(notes.filter(\.isStep).map(\.row)).count
    let beats = Double(rows.lowerBound.distance(to: rows.upperBound)) / Double(Row.perBeat)
    var lines: [PanelLine] = [
      .heading("region"),
      .fact("from", "\(NumberText.place(rows.lowerBound)) to \(NumberText.place(rows.upperBound))"),
      .fact("length", "\(NumberText.fixed(beats, 2)) beats, \(NumberText.fixed(length.value, 2)) s"),
      .fact("notes", "\(notes.count) on \(Set(notes.map(\.row)).count) rows"),
    ]
    if length.value > 0 {
      lines.append(.fact("density", NumberText.fixed(Double(steps) / length.value, 2) + " steps a second"))
    }
    return lines + [.blank]
  }

  private var chart: [PanelLine] {
    guard let chart = state.chart else { return [] }
    var counts: [EntryKind: Int] = [:]
    for note in chart.notes { counts[EntryKind(note.kind), default: 0] += 1 }
    let kinds = EntryKind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind.rawValue)" } }
    var lines: [PanelLine] = [
      .heading("chart"),
      .fact("level", chart.header.levelName + " " + chart.header.difficulty.rawValue),
    ]
    if !chart.header.description.isEmpty { lines.append(.fact("text", chart.header.description)) }
    lines.append(.fact("notes", kinds.isEmpty ? "none yet" : kinds.joined(separator: ", ")))
    lines.append(.fact("timing", chart.timing == nil ? "the song's" : "its own"))
    lines.append(
      .fact("ends", NumberText.time(state.timingMap.seconds(at: chart.notes.last?.lastRow ?? .zero))))
    if state.settings.density != 1 || state.settings.level > 0 {
      let level = state.level.map { "level \($0)" } ?? ""
      lines.append(.fact("asks for", "\(level) × \(NumberText.fixed(state.settings.density, 2)) dense"))
    }
    return lines + [.blank]
  }

  private var history: [PanelLine] {
    let names = state.history.recentNames(12)
    guard !names.isEmpty else { return [] }
    return [.heading("done")] + names.map { .text($0) }
  }
}

/// Notes in words and signs.
enum NoteText {
  /// `↙ ↗ jump`, `■ hold`: panels, and what they make together.
  static func names(_ notes: ArraySlice<Note>, in type: StepsType) -> String {
    let arrows = notes.map { note -> String in
      let arrow = NoteShapes.arrow(of: note.lane, in: type).string
      let kind = EntryKind(note.kind)
      return kind == .tap ? arrow : arrow + " " + kind.rawValue
    }
    let steps = notes.filter(\.isStep).count
    let together = steps == 2 ? "  jump" : steps == 3 ? "  triple" : steps > 3 ? "  \(steps) at once" : ""
    return arrows.joined(separator: " ") + together
  }
}
