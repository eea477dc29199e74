import Chart

extension CommandTable {
  static let fileCommands: [Command] = [
    Command("save", .file, "Save the song where it was opened", in: [.edit, .review]) {
      state, _ throws(Refusal) in
      state.save()
    },
    Command(
      "save-as", .file, "Save the song under another name", arguments: [ArgumentSpec("path", .text)],
      in: [.edit, .review]
    ) {
      state, input throws(Refusal) in
      state.save(to: input.text())
    },
    Command("quit", .file, "Leave; asks when something is not saved", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      guard state.holdsUnsaved else {
        return state.cancelRequest() + [.quit]
      }
      state.overlay = .question(.quitUnsaved)
      return []
    },
    Command("quit-now", .file, "Leave and drop what is not saved", in: Set(Mode.bound)) {
      state, _ throws(Refusal) in
      state.cancelRequest() + [.quit]
    },
    Command("song-properties", .file, "Change title, artist, banner, sample and all else the song says of itself") {
      state, _ throws(Refusal) in
      state.overlay = .form(.song(state.document.song))
      return []
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
      return state.commit(
        "set \(tag.rawValue)", [.songHeader(ChartEdit.Change(before: state.document.song, after: header))])
    },
  ]
}

extension EditorState {
  /// Whether leaving now would lose work: edits, what a review has taken, a tempo that was not kept.
  package var holdsUnsaved: Bool { isDirty || sync?.isChanged == true || reviewChanges }

  /// Writes the song, with what a review has taken so far; the review goes on.
  mutating func save(to path: String? = nil, thenQuits: Bool = false) -> [Effect] {
    let kept = keepReviewed()
    // The journal begins anew with the file that is written.
    draft = ReviewDraft()
    isSaving = true
    let request = SaveRequest(
      song: document, chart: chartIndex, path: path, mark: history.mark, thenQuits: thenQuits)
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
    return request.thenQuits ? [.quit] : []
  }

  mutating func saveFailed(_ reason: String) {
    isSaving = false
    message = Message(reason, weight: .error)
  }
}
