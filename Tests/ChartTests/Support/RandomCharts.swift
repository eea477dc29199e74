import Chart

/// Random charts and files for laws, the same for the same seed.
enum RandomCharts {
  static func notes(_ random: inout Seeded, count: Int, lanes: Int = 5, step: Int = 12) -> NoteList {
    NoteList(
      (0..<count).map { _ in
        let row = Row(Int.random(in: 0..<64, using: &random) * step)
        let lane = Lane(Int.random(in: 0..<lanes, using: &random))
        let length = Int.random(in: 1...8, using: &random) * step
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return Note(row: row, lane: lane, kind: .hold(end: row + length))
        case 1: return Note(row: row, lane: lane, kind: .roll(end: row + length))
        case 2: return Note(row: row, lane: lane, kind: .mine)
        case 3: return Note(row: row, lane: lane, modifiers: NoteModifiers(visibility: .vanish))
        case 4: return Note(row: row, lane: lane, kind: .lift, modifiers: NoteModifiers(isFake: true))
        default: return Note(row: row, lane: lane)
        }
      })
  }

  /// A file with comments, blanks, indentation, odd line counts and either line end.
  static func text(_ random: inout Seeded) -> String {
    let end = Bool.random(using: &random) ? "\n" : "\r\n"
    let counts = [4, 8, 12, 16, 48, 5, 7, 13, 192]
    let indent = Bool.random(using: &random) ? "  " : ""
    let measures = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      let lines = (0..<(counts.randomElement(using: &random) ?? 4)).map { _ in
        let taps = (0..<5).map { _ in Int.random(in: 0..<6, using: &random) == 0 ? "1" : "0" }.joined()
        return indent + taps + (Int.random(in: 0..<9, using: &random) == 0 ? " // here, a comment" : "")
      }
      return lines.joined(separator: end)
    }
    let head = [
      "#VERSION:0.83;", "#TITLE:x;", "// note", "#BPMS:0=120;", "", "#NOTEDATA:;", "#STEPSTYPE:pump-single;",
    ]
    return (head + ["#NOTES:", measures.joined(separator: end + "," + end), ";", ""]).joined(separator: end)
  }
}
