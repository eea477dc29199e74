import Chart
import Editor

/// What is known of the tempo, in lines of text.
enum CandidateText {
  struct Line: Hashable {
    var text: String
    var isChosen = false
    /// What to show where there is room for one line only.
    var isForemost = false
  }

  static func lines(_ state: EditorState, _ session: SyncSession) -> [Line] {
    var lines = heard(session)
    if let segment = segment(at: state.cursor, session) {
      let isOpen = session.ghosts.contains { $0.status == .open }
      lines = lines.prefix(3) + [Line(text: " " + segment, isForemost: isOpen)]
    }
    lines.append(Line(text: " " + draft(state, session)))
    return lines
  }

  private static func heard(_ session: SyncSession) -> [Line] {
    switch session.hearing {
    case .idle: return [Line(text: " nothing listened for yet")]
    case .listening: return [Line(text: " listening for the tempo…")]
    case .failed(let reason): return [Line(text: " could not listen: " + reason)]
    case .noTempo:
      return [Line(text: " no tempo found: the music has no steady beat. Tap it, or type :bpm")]
    case .heard: break
    }
    let candidates = session.estimate.candidates
    guard let first = candidates.first else { return [Line(text: " no tempo found")] }
    return candidates.prefix(4).enumerated().map { index, candidate in
      let isChosen = session.choice == index
      let parts = [
        isChosen ? "▸" : " ", NumberText.right(NumberText.bpm(candidate.bpm), 8) + " BPM",
        "offset " + NumberText.right(NumberText.fixed(candidate.offset.value, 3), 7) + " s",
        NumberText.right(NumberText.percent(candidate.confidence), 5) + " " + word(candidate.confidence),
        index == 0 ? "" : relation(candidate.bpm, to: first.bpm),
      ]
      return Line(text: " " + parts.joined(separator: "  "), isChosen: isChosen)
    }
  }

  /// The proposed tempo in force at a row, how well it fits, and how else the same beats can be read.
  private static func segment(at row: Row, _ session: SyncSession) -> String? {
    guard let tempo = session.proposedTempo(at: row), case .bpm(let bpm) = tempo.kind else { return nil }
    let fit = tempo.fit.map { fit in
      " · 19 of 20 within \(NumberText.fixed(fit.worst.value * 1000, 1)) ms"
    }
    let readings = tempo.alternatives.map(\.kind.rawValue).joined(separator: ", ")
    return "◇ \(NumberText.bpm(bpm)) BPM from \(NumberText.place(tempo.row))" + (fit ?? "")
      + (readings.isEmpty ? "" : " · or " + readings)
  }

  private static func word(_ confidence: Double) -> String {
    confidence >= 0.8 ? "sure  " : confidence >= 0.4 ? "likely" : "unsure"
  }

  /// `2:1 of the first`, for the relations by which detectors err.
  private static func relation(_ bpm: Double, to first: Double) -> String {
    let ratios: [(Double, String)] = [
      (2, "2:1"), (0.5, "1:2"), (1.5, "3:2"), (2.0 / 3, "2:3"), (4.0 / 3, "4:3"), (0.75, "3:4"), (3, "3:1"),
      (1.0 / 3, "1:3"),
    ]
    guard first > 0, let near = ratios.first(where: { abs(bpm / first / $0.0 - 1) < 0.01 }) else { return "" }
    return near.1 + " of the first"
  }

  /// By how much the sound is late on the whole, and whose offset that is.
  private static func convention(_ state: EditorState) -> String {
    guard let lateness = state.usualLateness else { return "sound not heard yet" }
    let milliseconds = Int((lateness.value * 1000).rounded())
    let name = abs(milliseconds) <= 4 ? "null" : abs(milliseconds - 9) <= 4 ? "ITG" : "off"
    return (milliseconds < 0 ? "" : "+") + "\(milliseconds) ms (\(name))"
  }

  private static func draft(_ state: EditorState, _ session: SyncSession) -> String {
    let row = state.cursor
    var parts = [
      "draft \(NumberText.bpm(session.draft.bpm(at: row))) BPM",
      "offset \(NumberText.fixed(session.draft.offset.value, 3)) s",
      convention(state),
    ]
    let open = session.ghosts.count { $0.status == .open }
    if !session.ghosts.isEmpty { parts.append("open: \(open) of \(session.ghosts.count)") }
    parts.append("notes keep their \(session.notesKeep.rawValue)")
    let pins = session.pins.count
    if pins > 0 { parts.append(pins == 1 ? "1 pin" : "\(pins) pins") }
    if let tempo = session.taps.tempo {
      let margin = tempo.margin.map { " ± " + NumberText.fixed($0, 2) } ?? ""
      parts.append("\(session.taps.taps.count) taps: \(NumberText.fixed(tempo.bpm, 2))\(margin)")
    }
    return parts.joined(separator: " · ")
  }
}
