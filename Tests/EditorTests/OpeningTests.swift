import Chart
import Editor
import Testing

@Suite("Opening another song")
struct OpeningTests {
  private func prompt(_ state: EditorState) -> Prompt? {
    if case .prompt(let prompt)? = state.overlay { prompt } else { nil }
  }

  @Test func commandsAskForASong() {
    var state = Drawing.editor("> 1....")
    #expect(state.run("open ../My  Song/a.ssc ") == [.open(OpenRequest(.path("../My  Song/a.ssc")))])
    #expect(state.press("f right") == [.open(OpenRequest(.next))])
    #expect(state.press("f left") == [.open(OpenRequest(.previous))])
    #expect(state.press("shift+F6") == [.open(OpenRequest(.next))])
    #expect(state.press("shift+F5") == [.open(OpenRequest(.previous))])
    state.press("S")
    #expect(state.mode == .sync && state.run("next-song") == [.open(OpenRequest(.next))])
  }

  /// Played at once it would be silent, and stay so if the sounds differ in rate.
  @Test func anotherSoundIsNotPlayedBeforeItWasRead() {
    var state = Drawing.editor("> 1....")
    let waveform = Envelope(secondsPerBin: 1, bins: [1])
    _ = state.reduce(.musicLoaded(duration: Seconds(60), waveform: waveform, onsets: nil))
    _ = state.reduce(.musicRenamed)
    #expect(state.press("space").isEmpty && !state.playback.isPlaying)
    #expect(state.message?.text == "the music is still being read")
    _ = state.reduce(.musicLoaded(duration: Seconds(30), waveform: waveform, onsets: nil))
    #expect(state.press("space").count == 1 && state.music.duration == Seconds(30))
  }

  @Test(arguments: KeyPreset.allCases)
  func everyPresetHasKeysForIt(preset: KeyPreset) {
    let keymap = Keymap(preset: preset)
    for line in ["open", "next-song", "previous-song", "song-properties", "chart-properties", "jump-back"] {
      #expect(keymap.keys(for: line, in: .edit).contains { !Keymap.text($0).contains("F") }, "\(line)")
    }
  }

  @Test func whatIsNotSavedIsAskedAbout() {
    var state = Drawing.editor("> .....")
    state.press("1")
    let request = OpenRequest(.next)
    #expect(state.reduce(.unsavedBeforeOpening(request)).isEmpty && state.mode == .question)
    #expect(state.press("n").isEmpty && state.mode == .edit && state.isDirty)
    _ = state.reduce(.unsavedBeforeOpening(request))
    #expect(state.press("d") == [.open(OpenRequest(.next, dropsUnsaved: true))])
    #expect(state.isDirty && state.notes.count == 1, "nothing goes before the other song is there")
    _ = state.reduce(.unsavedBeforeOpening(request))
    guard case .save(let save)? = state.press("s").last else {
      Issue.record("s saves")
      return
    }
    #expect(state.reduce(.saved(save, path: "song.ssc")) == [.open(request)])
    _ = state.reduce(.unsavedBeforeOpening(request))
    #expect(state.press("s").count == 1)
    _ = state.reduce(.saveFailed(save, "no space left"))
    #expect(state.message?.text == "no space left", "a song that was not saved is not left")
  }

  @Test func whatIsTheAuthorsGoesAlong() {
    var state = Drawing.editor(
      """
      >*1....
       *..1..
      """)
    state.run("set theme light")
    state.run("set rate 0.5")
    state.press("ctrl+c")
    var next = Drawing.editor("> .....")
    next.goOn(from: state)
    #expect(next.settings.theme == "light" && next.settings.rate == 1, "the speed is the song's")
    #expect(next.history.names.isEmpty && !next.holdsUnsaved)
    next.press("ctrl+v")
    #expect(next.notes.count == 2)
    next.press(": up")
    #expect(prompt(next)?.text != nil)
  }

  @Test func pathsAreCompleted() {
    var state = Drawing.editor("> .....")
    #expect(state.press("ctrl+o") == [.listPaths(PathQuery(text: "", purpose: .song))])
    #expect(prompt(state)?.text == "open ")
    for character in "../S" { _ = state.reduce(.key(KeyEvent(.character(character)))) }
    let query = PathQuery(text: "../S", purpose: .song)
    _ = state.reduce(
      .pathsListed(PathQuery(text: "../", purpose: .song), [PathEntry(path: "../X/", doc: "song")]))
    #expect(prompt(state)?.completions.isEmpty == true, "a late answer is for nobody")
    _ = state.reduce(.pathsListed(query, [PathEntry(path: "../Some Song/", doc: "song")]))
    #expect(prompt(state)?.completions.map(\.word) == ["Some Song/"])
    #expect(state.press("tab").isEmpty && prompt(state)?.text == "open ../Some Song/")
    #expect(
      state.press("tab") == [.listPaths(PathQuery(text: "../Some Song/", purpose: .song))],
      "what is in the only folder comes next")
    #expect(state.press("enter") == [.open(OpenRequest(.path("../Some Song/")))])
    #expect(state.run("save-as") == [.listPaths(PathQuery(text: "", purpose: .chart))])
    #expect(prompt(state)?.text == "save-as ")
  }
}
