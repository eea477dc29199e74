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
  /// All other tags, in file order: background changes, attacks, keysounds, and those of other games.
  package var extras: [ExtraTag] = []

  package init(_ values: [SongTag: String] = [:], extras: [ExtraTag] = []) {
    self.values = values.filter { !$0.value.isEmpty }
    self.extras = extras
  }

  package subscript(tag: SongTag) -> String {
    get { values[tag] ?? "" }
    set { values[tag] = newValue.isEmpty ? nil : newValue }
  }
}

/// A tag that is kept and written as it stands.
package struct ExtraTag: Hashable, Sendable, Codable {
  /// In upper case.
  package var name: String
  /// All that stands between the first `:` and the `;`, escapes and comments included.
  package var content: String

  package init(name: String, content: String) {
    self.name = name
    self.content = content
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
  case origin = "ORIGIN"
  case credit = "CREDIT"
  case banner = "BANNER"
  case background = "BACKGROUND"
  case previewVideo = "PREVIEWVID"
  case jacket = "JACKET"
  case cdImage = "CDIMAGE"
  case discImage = "DISCIMAGE"
  case lyricsPath = "LYRICSPATH"
  case cdTitle = "CDTITLE"
  case music = "MUSIC"
  case preview = "PREVIEW"
  case sampleStart = "SAMPLESTART"
  case sampleLength = "SAMPLELENGTH"
  /// One number, or two with a `:` between them, or `*`.
  case displayBPM = "DISPLAYBPM"
  case selectable = "SELECTABLE"
  /// ARCADE, FULLSONG, REMIX, SHORTCUT or SPECIAL in Pump packs.
  case songType = "SONGTYPE"
  case songCategory = "SONGCATEGORY"
  case volume = "VOLUME"

  /// Whether only StepMania 5's own format has the tag.
  var isOnlyInSSC: Bool {
    switch self {
    case .origin, .previewVideo, .jacket, .cdImage, .discImage, .preview, .songType, .songCategory, .volume:
      true
    default: false
    }
  }

  /// The tags that name a file in the song's folder.
  static let files: [SongTag] = [
    .music, .banner, .background, .previewVideo, .jacket, .cdImage, .discImage, .cdTitle, .lyricsPath,
    .preview,
  ]
}

extension String {
  /// Whether a path in a file stays in the folder of the file.
  package var staysInFolder: Bool {
    let parts = split(whereSeparator: { $0 == "/" || $0 == "\\" })
    let isAbsolute = hasPrefix("/") || hasPrefix("\\") || dropFirst().hasPrefix(":")
    return !isAbsolute && !parts.contains("..")
  }
}
