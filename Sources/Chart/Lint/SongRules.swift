/// Rules about the song and about its charts among each other.
enum SongRules {
  static let all: [Lint.SongRule] = [
    Lint.SongRule(code: "no-charts", summary: "The file has no chart.", check: noCharts),
    Lint.SongRule(code: "missing-title", summary: "The song has no title.", check: missingTitle),
    Lint.SongRule(
      code: "missing-file", summary: "A file that the song names is not there.", check: missingFile),
    Lint.SongRule(
      code: "outside-path", summary: "A file is named that lies outside the song's folder.",
      check: outsidePath),
    Lint.SongRule(
      code: "duplicate-slot", summary: "Two charts of one steps type share a difficulty other than Edit.",
      check: duplicateSlot),
    Lint.SongRule(
      code: "duplicate-chart", summary: "Two charts of one steps type have the same notes.",
      check: duplicateChart),
    Lint.SongRule(
      code: "sample-range", summary: "The sample runs past the end of the music.", check: sampleRange),
  ]

  private static func noCharts(_ simfile: Simfile, _: Lint.Context) -> [Lint.Finding] {
    simfile.charts.isEmpty
      ? [Lint.Finding(message: "the file has no chart", remedy: "add one in the editor")] : []
  }

  private static func missingTitle(_ simfile: Simfile, _: Lint.Context) -> [Lint.Finding] {
    simfile.song[.title].isEmpty
      ? [Lint.Finding(message: "the song has no title", remedy: "fill in #TITLE", tag: "TITLE")] : []
  }

  private static func missingFile(_ simfile: Simfile, _ context: Lint.Context) -> [Lint.Finding] {
    var findings: [Lint.Finding] = []
    if simfile.song[.music].isEmpty, simfile.charts.contains(where: { $0.header.music.isEmpty }) {
      findings.append(
        Lint.Finding(
          severity: .error, message: "#MUSIC is empty", remedy: "name the sound file in #MUSIC", tag: "MUSIC")
      )
    }
    guard let fileExists = context.fileExists else { return findings }
    for tag in SongTag.files {
      let name = simfile.song[tag]
      guard !name.isEmpty, name.staysInFolder, !fileExists(name) else { continue }
      findings.append(
        Lint.Finding(
          severity: tag == .music ? .error : .warning,
          message: "#\(tag.rawValue) names \"\(name)\", which is not there",
          remedy: "put the file beside the chart or correct the tag", tag: tag.rawValue))
    }
    for (index, chart) in simfile.charts.enumerated() {
      let name = chart.header.music
      guard !name.isEmpty, name.staysInFolder, !fileExists(name) else { continue }
      findings.append(
        Lint.Finding(
          severity: .error, message: "the chart's #MUSIC names \"\(name)\", which is not there",
          remedy: "put the file beside the chart or correct the tag", chart: index, tag: "MUSIC"))
    }
    return findings
  }

  private static func outsidePath(_ simfile: Simfile, _: Lint.Context) -> [Lint.Finding] {
    SongTag.files.filter { !simfile.song[$0].isEmpty && !simfile.song[$0].staysInFolder }.map { tag in
      Lint.Finding(
        message: "#\(tag.rawValue) leads out of the song's folder and is not followed",
        remedy: "keep the song's files in its folder", tag: tag.rawValue)
    }
  }

  private static func duplicateSlot(_ simfile: Simfile, _: Lint.Context) -> [Lint.Finding] {
    var seen: Set<[String]> = []
    return simfile.charts.enumerated().compactMap { index, chart in
      let slot = [chart.header.stepsType.name, chart.header.difficulty.rawValue]
      guard chart.header.difficulty != .edit, !seen.insert(slot).inserted else { return nil }
      return Lint.Finding(
        message: "a second \(slot[0]) chart in the \(slot[1]) slot; the game shows one",
        remedy: "set its difficulty to Edit", chart: index, tag: "DIFFICULTY")
    }
  }

  /// What makes two charts the same to play.
  private struct Play: Hashable {
    var type: StepsType
    var notes: NoteList
    var timing: TimingData?
  }

  private static func duplicateChart(_ simfile: Simfile, _: Lint.Context) -> [Lint.Finding] {
    var seen: [Play: Int] = [:]
    return simfile.charts.enumerated().compactMap { index, chart in
      if chart.notes.isEmpty { return nil }
      let play = Play(type: chart.header.stepsType, notes: chart.notes, timing: chart.timing)
      guard let twin = seen[play] else {
        seen[play] = index
        return nil
      }
      return Lint.Finding(
        message: "the same notes as chart \(twin)", remedy: "delete one of the two", chart: index)
    }
  }

  private static func sampleRange(_ simfile: Simfile, _ context: Lint.Context) -> [Lint.Finding] {
    guard let length = context.musicLength, let start = Double(simfile.song[.sampleStart]), start >= 0,
      start + (Double(simfile.song[.sampleLength]) ?? 0) > length.value
    else { return [] }
    return [
      Lint.Finding(
        message: "the sample runs past the end of the music",
        remedy: "lower #SAMPLESTART; the game takes another place otherwise", tag: "SAMPLESTART")
    ]
  }
}
