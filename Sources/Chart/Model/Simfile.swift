/// A song with its charts, as values: what an author edits. How it is written down is the document's business.
package struct Simfile: Hashable, Sendable, Codable {
  package var song: SongHeader
  /// The song's timing, which every chart without its own follows.
  package var timing: TimingData
  package var charts: [StepChart]

  package init(song: SongHeader = SongHeader(), timing: TimingData = TimingData(), charts: [StepChart] = []) {
    self.song = song
    self.timing = timing
    self.charts = charts
  }

  /// The timing that a chart is played by.
  package func timing(of chart: StepChart) -> TimingData { chart.timing ?? timing }
}

/// The song's text tags, unescaped. A tag that is absent reads as empty.
package struct SongHeader: Hashable, Sendable, Codable {
  private var values: [SongTag: String] = [:]

  package init(_ values: [SongTag: String] = [:]) {
    self.values = values
  }

  package subscript(tag: SongTag) -> String {
    get { values[tag] ?? "" }
    set { values[tag] = newValue }
  }
}

/// The text tags of a song that an author may edit, by their names in the file.
package enum SongTag: String, Hashable, Sendable, CaseIterable, Codable {
  case title = "TITLE"
  case subtitle = "SUBTITLE"
  case artist = "ARTIST"
  case titleTranslit = "TITLETRANSLIT"
  case subtitleTranslit = "SUBTITLETRANSLIT"
  case artistTranslit = "ARTISTTRANSLIT"
  case genre = "GENRE"
  case credit = "CREDIT"
  case banner = "BANNER"
  case background = "BACKGROUND"
  case lyricsPath = "LYRICSPATH"
  case cdTitle = "CDTITLE"
  case music = "MUSIC"
  case sampleStart = "SAMPLESTART"
  case sampleLength = "SAMPLELENGTH"
  case displayBPM = "DISPLAYBPM"
  case selectable = "SELECTABLE"
}
