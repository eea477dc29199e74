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
