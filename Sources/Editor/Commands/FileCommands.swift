import Chart

extension CommandTable {
  static let fileCommands: [Command] = [
    Command("save", .file, "Save the song where it was opened", in: [.edit, .review]) {
      state, _ throws(Refusal) in
      state.save()
    },
    Command(
      "save-as", .file, "Save the song under another name",
      arguments: [ArgumentSpec("path", .path(.chart), optional: true)],
      in: [.edit, .review]
    ) {
      state, input throws(Refusal) in
      guard let path = input.text() else { return state.askForPath(of: "save-as") }
      return state.save(to: path)
    },
    Command(
      "open", .file, "Open another song: a folder, a chart or a sound",
      arguments: [ArgumentSpec("path", .path(.song), optional: true)], in: Set(Mode.bound)
    ) { state, input throws(Refusal) in
      guard let path = input.text() else { return state.askForPath(of: "open") }
      return [.open(OpenRequest(.path(path)))]
    },
    Command("next-song", .file, "Open the next song of the pack", in: Set(Mode.bound)) {
      _, _ throws(Refusal) in
      [.open(OpenRequest(.next))]
    },
    Command("previous-song", .file, "Open the song before in the pack", in: Set(Mode.bound)) {
      _, _ throws(Refusal) in
      [.open(OpenRequest(.previous))]
    },
    Command("quit", .file, "Leave; asks when something is not saved", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      guard state.holdsUnsaved else {
        return state.cancelRequest() + [.quit]
      }
      state.overlay = .question(.leaveUnsaved(for: .quit))
      return []
    },
    Command("quit-now", .file, "Leave and drop what is not saved", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      state.cancelRequest() + [.quit]
    },
    Command(
      "song-properties", .file, "Change title, artist, banner, sample and all else the song says of itself"
    ) {
      state, _ throws(Refusal) in
      state.overlay = .form(.song(state.document.song))
      return []
    },
    Command(
      "sample", .file, "Let the sample be the region, or begin at the cursor where there is none"
    ) { state, _ throws(Refusal) in
      try state.setSample()
    },
    Command(
      "tag", .file, "Show or set a text tag of the song",
      arguments: [
        ArgumentSpec("tag", .choice(SongTag.allCases.map { $0.rawValue.lowercased() })),
        ArgumentSpec("value", .text, optional: true),
      ]
    ) { state, input throws(Refusal) in
      guard let tag = SongTag(rawValue: (input.text() ?? "").uppercased()) else { return [] }
      guard let value = input.text(1) else {
        state.message = Message("\(tag.rawValue): \(state.document.song[tag])")
        return []
      }
      var header = state.document.song
      header[tag] = value
      return state.commit("set \(tag.rawValue)", song: header)
    },
  ]
}

extension EditorState {
  /// Seconds of a sample that had no length yet.
  private static let usualSample = 12.0

  mutating func setSample() throws(Refusal) -> [Effect] {
    func text(_ seconds: Double) -> String { DecimalText.fixed(seconds, decimals: 3, trimmed: true) }
    var header = document.song
    let start = timingMap.seconds(at: selection?.rows.lowerBound ?? cursor).value
    guard start >= 0 else { throw Refusal("the music has not begun here") }
    let old = Double(header[.sampleLength]).flatMap { $0 > 0 ? $0 : nil } ?? Self.usualSample
    let length = selection.map { timingMap.seconds(at: $0.rows.upperBound).value - start } ?? old
    header[.sampleStart] = text(start)
    header[.sampleLength] = text(length)
    do {
      if let music = music.duration { try Form.check(sampleOf: header, music) }
    } catch {
      throw Refusal(error.reason)
    }
    let effects = commit("set the sample", song: header)
    message = Message("the sample begins at \(text(start)) s and lasts \(text(length)) s")
    return effects
  }

  /// Whether leaving now would lose work: edits, what a review has taken, a tempo that was not kept.
  package var holdsUnsaved: Bool { isDirty || sync?.isChanged == true || reviewChanges }

  /// Writes the song, with what a review has taken so far; the review goes on.
  mutating func save(to path: String? = nil, for departure: Departure? = nil) -> [Effect] {
    let kept = keepReviewed()
    // The journal begins anew with the file that is written.
    draft = ReviewDraft()
    isSaving = true
    let request = SaveRequest(
      song: document, chart: chartIndex, path: path, mark: history.mark, departure: departure)
    return kept + [.save(request)]
  }

  mutating func saved(_ request: SaveRequest, path: String, missing: String?) -> [Effect] {
    isSaving = false
    if let missing {
      // Another file than the song's own is a copy; what the own one lacks is nowhere else, so that quitting asks.
      let isCopy = request.path != nil
      if !isCopy { history.markUnsaved() }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      message = Message(
        "NOT in \(name): \(missing); \(isCopy ? "the song keeps its own file" : "the song stays unsaved")",
        weight: .warning)
      return []
    }
    history.markSaved(request.mark)
    message = Message("saved \(path)")
    switch request.departure {
    case .quit: return [.quit]
    case .open(let request): return [.open(request)]
    case nil: return []
    }
  }

  mutating func saveFailed(_ reason: String) {
    isSaving = false
    message = Message(reason, weight: .error)
  }
}
