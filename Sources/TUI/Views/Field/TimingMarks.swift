import Chart
import Editor

/// A timing event as the gutter and the panel write it.
struct TimingMark: Hashable {
  var row: Row
  var text: String
  var scope: Scope
}

/// All kinds of timing events as short texts, those that move time first.
enum TimingMarks {
  /// The events in a range of rows, in order of rows, and of importance on one row.
  static func marks(of state: EditorState, in rows: Range<Row>) -> [TimingMark] {
    let timing = state.timing
    var marks: [TimingMark] = []
    func add<Value>(_ events: [TimingEvent<Value>], _ scope: Scope, _ text: (Value) -> String) {
      for event in events where rows.contains(event.row) {
        marks.append(TimingMark(row: event.row, text: text(event.value), scope: scope))
      }
    }
    marks += proposals(state, rows)
    add(timing.bpms, .eventTempo) { "♩" + NumberText.bpm($0) }
    add(timing.stops, .eventPause) { "‖" + NumberText.fixed($0.value, 3) + "s" }
    add(timing.delays, .eventPause) { "¦" + NumberText.fixed($0.value, 3) + "s" }
    add(timing.warps, .eventWarp) { "»" + beats($0) }
    add(timing.fakes, .eventWarp) { "fake " + beats($0) }
    add(timing.scrolls, .eventDisplay) { "×" + NumberText.fixed($0, 2) }
    add(timing.speeds, .eventDisplay) { "spd " + NumberText.fixed($0.ratio, 2) }
    add(timing.timeSignatures, .eventLabel) { "\($0.numerator)/\($0.denominator)" }
    add(timing.tickcounts, .eventDisplay) { "tick \($0)" }
    add(timing.combos, .eventDisplay) { "combo \($0.hit)" }
    add(timing.labels, .eventLabel) { $0 }
    return marks.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }.map(
      \.element)
  }

  private static func beats(_ rows: Int) -> String {
    NumberText.fixed(Double(rows) / Double(Row.perBeat), 2)
  }

  private static func proposals(_ state: EditorState, _ rows: Range<Row>) -> [TimingMark] {
    (state.sync?.ghosts ?? []).filter { rows.contains($0.row) && $0.status != .rejected }.map { ghost in
      let text =
        switch ghost.kind {
        case .offset: "◇offset"
        case .bpm(let bpm): "◇" + NumberText.bpm(bpm)
        case .stop(let length): "◇‖" + NumberText.fixed(length.value, 3)
        }
      return TimingMark(
        row: ghost.row, text: text, scope: ghost.status == .accepted ? .ghostTaken : .eventProposed)
    }
  }
}
