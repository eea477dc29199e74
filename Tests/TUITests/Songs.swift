import Chart
import Editor
import TUI

/// Songs made for the screens of the tests.
enum Songs {
  /// Two measures with every kind of note, and timing events of many kinds.
  static func zoo(_ type: StepsType = .pumpSingle, title: String = "Zoo", artist: String = "Keeper")
    -> EditorState
  {
    let lanes = type.lanes ?? 5
    let kinds: [Note.Kind] = [
      .tap, .hold(end: Row(120)), .roll(end: Row(168)), .mine, .lift, .fake, .keysound, .tap, .tap, .tap,
      .tap,
    ]
    let rows = [0, 24, 48, 72, 96, 112, 128, 180, 192, 204, 240]
    var notes: [Note] = []
    for (index, kind) in kinds.enumerated() {
      notes.append(Note(row: Row(rows[index]), lane: Lane(index % lanes), kind: kind))
    }
    notes.append(Note(row: Row(192), lane: Lane(3 % lanes)))
    var timing = TimingData(offset: Seconds(-0.25), bpm: 150)
    timing.bpms.set(75, at: Row(192))
    timing.stops.set(Seconds(0.5), at: Row(96))
    timing.warps = [TimingEvent(row: Row(240), value: 24)]
    timing.scrolls.set(0.5, at: Row(144))
    timing.labels.set("Drop", at: Row(48))
    var header = ChartHeader(stepsType: type, description: "all kinds")
    header.meter = 7
    var song = SongHeader()
    song[.title] = title
    song[.artist] = artist
    let chart = StepChart(header: header, timing: timing, notes: NoteList(notes))
    return EditorState(document: Simfile(song: song, timing: timing, charts: [chart]))
  }

  /// Proposals of all degrees of confidence over a chart, some of it to be replaced.
  static func review() -> EditorState {
    var state = zoo()
    let effects = state.reduce(.command("ask"))
    guard case .suggest(let id, _)? = effects.last else { return state }
    let notes = (0..<8).map { index in
      let kind: Note.Kind = index == 5 ? .hold(end: Row(24 * index + 18)) : .tap
      return ProposedNote(
        note: Note(row: Row(24 * index), lane: Lane((index * 2 + 1) % 5), kind: kind),
        probability: 0.1 + 0.11 * Double(index), reason: "kick, 0.9\(index)")
    }
    let alternatives = [1.0, 0.8].map {
      SuggestionAlternative(notes: notes, score: $0, nearRows: [Row(12), Row(180)])
    }
    _ = state.reduce(.suggestionArrived(id, alternatives))
    return state
  }

  /// The tempo being worked on.
  static func syncing() -> EditorState {
    var state = zoo()
    _ = state.reduce(.command("sync"))
    return state
  }

  /// A song without charts.
  static func empty() -> EditorState {
    var song = SongHeader()
    song[.title] = "Nothing yet"
    return EditorState(document: Simfile(song: song, timing: TimingData(offset: .zero, bpm: 120)))
  }
}

extension EditorState {
  func screen(_ width: Int, _ height: Int, theme: Theme = .dark, playhead: Beat? = nil) -> Grid {
    render(self, playhead: playhead, theme: theme, size: Size(width: width, height: height))
  }
}
