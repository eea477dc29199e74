import Chart
import Editor
import Testing

/// A chart drawn as lines of a sixteenth each, to write editing tests as pictures.
///
/// `>` before a line is the cursor, `*` after it a line of the region. Cells: `.` nothing, `1` tap, `2` hold, `4` roll,
/// `|` their bodies, `3` their tails, `M` mine, `L` lift, `F` fake.
enum Drawing {
  static let step = Snap.sixteenth.rows

  /// The editor with the drawn chart, cursor and region.
  static func editor(_ picture: String, type: StepsType = .pumpSingle) -> EditorState {
    var notes: [Note] = []
    var open: [Int: (row: Row, isRoll: Bool)] = [:]
    var cursor = Row.zero
    var region: [Row] = []
    for (index, line) in lines(picture).enumerated() {
      let row = Row(index * step)
      let characters = Array(line)
      if characters[0] == ">" { cursor = row }
      if characters[1] == "*" { region.append(row) }
      for (lane, cell) in characters.dropFirst(2).enumerated() {
        switch cell {
        case "1": notes.append(Note(row: row, lane: Lane(lane)))
        case "M": notes.append(Note(row: row, lane: Lane(lane), kind: .mine))
        case "L": notes.append(Note(row: row, lane: Lane(lane), kind: .lift))
        case "F": notes.append(Note(row: row, lane: Lane(lane), kind: .fake))
        case "2", "4": open[lane] = (row, cell == "4")
        case "3":
          guard let head = open.removeValue(forKey: lane) else { continue }
          let kind: Note.Kind = head.isRoll ? .roll(end: row) : .hold(end: row)
          notes.append(Note(row: head.row, lane: Lane(lane), kind: kind))
        default: break
        }
      }
    }
    let chart = StepChart(header: ChartHeader(stepsType: type, meter: 10), notes: NoteList(notes))
    var state = EditorState(
      document: Simfile(timing: TimingData(offset: .zero, bpm: 120), charts: [chart]))
    if let first = region.first, let last = region.last {
      _ = state.reduce(.command("select-rows \(first.beat.value) \((last + step).beat.value)"))
    }
    _ = state.reduce(.command("go 0 \(1 + cursor.beat.value)"))
    return state
  }

  /// The picture of an editor, as many lines as asked for.
  static func picture(_ state: EditorState, lines count: Int) -> String {
    (0..<count).map { index in
      let row = Row(index * step)
      var line = state.cursor == row ? ">" : " "
      line += state.region?.contains(row) == true ? "*" : " "
      for lane in 0..<state.lanes { line.append(cell(state.notes, row, Lane(lane))) }
      return line
    }.joined(separator: "\n")
  }

  static func lines(_ picture: String) -> [Substring] { picture.split(separator: "\n") }

  private static func cell(_ notes: NoteList, _ row: Row, _ lane: Lane) -> Character {
    guard let note = notes.note(covering: row, lane: lane) else { return "." }
    if let end = note.end, row > note.row { return row == end ? "3" : "|" }
    switch note.kind {
    case .tap: return "1"
    case .hold: return "2"
    case .roll: return "4"
    case .mine: return "M"
    case .lift: return "L"
    case .fake: return "F"
    case .keysound: return "K"
    }
  }
}

extension EditorState {
  /// Presses keys written with spaces between; returns what was to be done about them.
  @discardableResult
  mutating func press(_ keys: String) -> [Effect] {
    var effects: [Effect] = []
    for key in KeyEvent.sequence(keys) ?? [] { effects += reduce(.key(key)) }
    return effects
  }

  @discardableResult
  mutating func run(_ line: String) -> [Effect] { reduce(.command(line)) }

  /// Types characters one by one.
  mutating func type(_ text: String) {
    for character in text { _ = reduce(.key(KeyEvent(.character(character)))) }
  }
}

/// A chart, keys, the chart after them.
func expect(
  _ before: String, _ keys: String, _ after: String, type: StepsType = .pumpSingle,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var state = Drawing.editor(before, type: type)
  #expect(KeyEvent.sequence(keys) != nil, "the keys can be read", sourceLocation: sourceLocation)
  state.press(keys)
  #expect(
    Drawing.picture(state, lines: Drawing.lines(after).count) == after, "after \(keys)",
    sourceLocation: sourceLocation)
}
