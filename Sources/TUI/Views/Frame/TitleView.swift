import Chart
import Editor

/// The first line: which song and chart, whether it is saved, how it sounds.
struct TitleView {
  let state: EditorState
  let theme: Theme
  let area: Rect

  func draw(into grid: inout Grid) {
    guard area.width > 0 else { return }
    grid.fill(area, style: theme[.title])
    var right = area.x + area.width - 1
    for (text, scope) in details.reversed() where right - text.columns - 2 > area.x + area.width / 3 {
      right -= text.columns
      grid.write(text, x: right, y: area.y, style: theme[scope], within: area)
      right -= 3
    }
    // Which chart it is may change at any key, the song does not: a long title gives way.
    var x = area.x + 1
    let chart = chartName(in: right - x)
    let room = max(0, right - x - chart.columns)
    x += grid.write(songName.clipped(to: room), x: x, y: area.y, style: theme[.title], within: area)
    grid.write(chart, x: x, y: area.y, style: theme[.titleDetail], within: area)
  }

  /// The chart's name, or its level where some of the title would not be left, or nothing.
  private func chartName(in room: Int) -> String {
    guard let header = state.chart?.header else { return "" }
    return ["  " + ChartName.short(header), "  " + header.levelName].first { $0.columns + 8 <= room } ?? ""
  }

  private var songName: String {
    let song = state.document.song
    let title = song[.title].isEmpty ? "untitled" : song[.title]
    return song[.artist].isEmpty ? title : title + " · " + song[.artist]
  }

  private var details: [(String, Scope)] {
    var list: [(String, Scope)] = []
    if state.isSaving {
      list.append(("saving…", .titleUnsaved))
    } else if state.isDirty {
      list.append(("● " + (state.history.stepsSinceSave.map { "\($0) unsaved" } ?? "unsaved"), .titleUnsaved))
    }
    if state.suggestionRequest != nil { list.append(("◇ asking…", .titleUnsaved)) }
    if state.tempoRequest != nil { list.append(("♩ listening…", .titleUnsaved)) }
    let sound = state.settings.sound
    if case .unavailable = state.playback {
      list.append(("no sound", .titleUnsaved))
    } else {
      let ticks = (sound.ticksNotes ? "♪" : "") + (sound.ticksBeats ? "♩" : "")
      if !ticks.isEmpty { list.append(("tick " + ticks, .titleDetail)) }
      let sign = state.playback.isPlaying ? "▶" : "■"
      list.append((sign + " ×" + NumberText.fixed(state.settings.rate, 2), .titleDetail))
    }
    return list
  }
}

/// How a chart is called where there is little room.
enum ChartName {
  /// `S12 pump-single`, after Pump's own letters where there are any.
  static func short(_ header: ChartHeader) -> String {
    header.levelName + " " + header.stepsType.name
  }
}
