import Chart

extension Form {
  /// The song's tags in the order in which they are asked for.
  private static let songFields: [(tag: SongTag, title: String, kind: FormField.Kind)] = [
    (.title, "title", .text), (.subtitle, "subtitle", .text), (.artist, "artist", .text),
    (.titleTranslit, "title, Latin", .text), (.subtitleTranslit, "subtitle, Latin", .text),
    (.artistTranslit, "artist, Latin", .text), (.genre, "genre", .text), (.credit, "credit", .text),
    (.music, "music", .file), (.banner, "banner", .file), (.background, "background", .file),
    (.cdTitle, "CD title", .file), (.sampleStart, "sample start", .seconds),
    (.sampleLength, "sample length", .seconds), (.displayBPM, "shown BPM", .shownTempo),
    (.selectable, "selectable", .choice(["YES", "NO"])),
    (.songType, "song type", .choice(["", "ARCADE", "REMIX", "FULLSONG", "SHORTCUT", "SPECIAL"])),
    (.songCategory, "category", .text), (.origin, "origin", .text), (.lyricsPath, "lyrics", .file),
    (.jacket, "jacket", .file), (.cdImage, "CD image", .file), (.discImage, "disc image", .file),
    (.previewVideo, "preview video", .file), (.preview, "preview sound", .file),
    (.volume, "volume", .number),
  ]

  static func song(_ header: SongHeader) -> Form {
    Form(.song, songFields.map { FormField(.song($0.tag), $0.title, $0.kind, header[$0.tag]) })
  }

  /// The header with what was filled in. Tags that were not touched stay as the file has them, whatever they say.
  ///
  /// - Parameter music: how long the music is, where it is known.
  func filledIn(_ header: SongHeader, music: Seconds?) throws(FormRefusal) -> SongHeader {
    var header = header
    for field in fields where field.isChanged {
      guard case .song(let tag) = field.name else { continue }
      header[tag] = try field.value()
    }
    let sample: [FormField.Name] = [.song(.sampleStart), .song(.sampleLength)]
    if let music, fields.contains(where: { sample.contains($0.name) && $0.isChanged }) {
      try Form.check(sampleOf: header, music)
    }
    return header
  }

  /// The game plays another stretch where the sample does not fit the music.
  static func check(sampleOf header: SongHeader, _ music: Seconds) throws(FormRefusal) {
    guard let start = Double(header[.sampleStart]) else { return }
    let end = start + (Double(header[.sampleLength]) ?? 0)
    guard end > music.value else { return }
    throw FormRefusal(
      field: start > music.value ? .song(.sampleStart) : .song(.sampleLength),
      reason: "the sample would end at \(DecimalText.fixed(end, decimals: 1)) s, the music ends at "
        + "\(DecimalText.fixed(music.value, decimals: 1)) s")
  }
}
