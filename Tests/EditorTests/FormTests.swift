import Chart
import Editor
import Testing

extension Form {
  fileprivate func text(of name: FormField.Name) -> String? { fields.first { $0.name == name }?.line.text }
}

@Suite("The form of a chart")
struct FormTests {
  private func form(_ state: EditorState) -> Form? {
    if case .form(let form)? = state.overlay { form } else { nil }
  }

  @Test func anExistingChartsFormBeginsWhereSomethingCanBeChanged() {
    var state = Drawing.editor("> 1....")
    state.press("C")
    #expect(form(state)?.field.name == .chart(.level))
    state.press("down")
    #expect(form(state)?.field.name == .chart(.difficulty))
  }

  @Test func digitsTakeThePlaceOfWhatStoodThere() {
    var state = Drawing.editor("> 1....")
    state.press("C 1 7 enter")
    #expect(state.chart?.header.meter == 17)
    state.press("C backspace 8 enter")
    #expect(state.chart?.header.meter == 18)
    state.press("C 5 down up 6 enter")
    #expect(state.chart?.header.meter == 6)
  }

  @Test func enterWithoutAChangeIsNoEdit() {
    var state = Drawing.editor("> 1....")
    #expect(state.press("C enter").isEmpty)
    #expect(state.mode == .edit && !state.isDirty && state.history.names.isEmpty)
  }

  /// 99 is how Pump's files say that nobody knows the level.
  @Test func anUnknownLevelIsNotAskedFor() {
    let header = ChartHeader(stepsType: .pumpSingle, meter: 99)
    var state = EditorState(
      document: Simfile(timing: TimingData(offset: .zero, bpm: 120), charts: [StepChart(header: header)]))
    guard case .suggest(_, let request)? = state.run("ask").first else {
      Issue.record("it asks")
      return
    }
    #expect(request.level == nil)
    state.press("N")
    #expect(form(state)?.text(of: .chart(.level)) == "10")
    #expect(Drawing.editor("> .....").level == 10)
  }

  @Test func aChartsAuthorAndNameAreAsked() {
    var state = Drawing.editor("> 1....")
    state.press("C down down")
    state.type("S10")
    state.press("down down")
    state.type("Somebody")
    state.press("enter")
    #expect(state.chart?.header.description == "S10" && state.chart?.header.credit == "Somebody")
    #expect(state.history.names == ["chart properties"])
    state.press("ctrl+z")
    #expect(state.chart?.header.credit == "")
  }

  @Test func textIsTypedAnywhereInALine() {
    var state = Drawing.editor("> 1....")
    state.press("C down down")
    state.type("aXc")
    state.press("left backspace")
    state.type("b")
    state.press("home del")
    state.type("A")
    state.press("end")
    state.type("d")
    #expect(form(state)?.text(of: .chart(.description)) == "Abcd")
    state.press("ctrl+u enter")
    #expect(state.mode == .edit && !state.isDirty)
  }
}

@Suite("The form of a song")
struct SongFormTests {
  private let file = """
    #VERSION:0.83;
    #TITLE:Old;   // as it was
    #ARTIST: Somebody ;
    #SAMPLESTART:soon;
    #OFFSET:0.000;
    #BPMS:0=120;
    #NOTEDATA:;
    #STEPSTYPE:pump-single;
    #METER:5;
    #NOTES:
    10000
    00000
    00000
    00000
    ;

    """

  private func form(_ state: EditorState) -> Form? {
    if case .form(let form)? = state.overlay { form } else { nil }
  }

  /// The file before, what is typed into the form, the file after.
  private func expect(
    _ before: String, _ fill: (inout EditorState) -> Void, _ after: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let document = try SimfileDocument(bytes: Array(before.utf8), name: "song.ssc")
    var state = EditorState(document: document.simfile)
    state.press("P")
    fill(&state)
    let written = String(decoding: document.serialized(state.document).bytes, as: UTF8.self)
    #expect(written == after, sourceLocation: sourceLocation)
  }

  /// Goes to a field of the song's form and types into it, emptied.
  private func fill(_ state: inout EditorState, _ tag: SongTag, _ text: String) {
    for _ in SongTag.allCases where form(state)?.field.name != .song(tag) { state.press("down") }
    state.press("ctrl+u")
    state.type(text)
  }

  @Test func onlyWhatWasChangedIsWritten() throws {
    try expect(
      file,
      { state in
        fill(&state, .title, "New")
        fill(&state, .banner, "banner.png")
        state.press("enter")
        #expect(state.mode == .edit && state.history.names == ["song properties"])
      },
      file.replacing("#TITLE:Old;", with: "#TITLE:New;")
        .replacing("#BPMS:0=120;\n", with: "#BPMS:0=120;\n#BANNER:banner.png;\n"))
    try expect(
      file,
      { state in
        fill(&state, .title, "New")
        state.press("enter ctrl+z")
      }, file)
    try expect(file, { $0.press("enter") }, file)
  }

  @Test func oneStepIsJournalledAndRecovered() throws {
    let document = try SimfileDocument(bytes: Array(file.utf8), name: "song.ssc")
    var state = EditorState(document: document.simfile)
    state.press("P")
    fill(&state, .artist, "Another")
    fill(&state, .genre, "Waltz")
    let journal = state.press("enter").compactMap { if case .journal(let entry) = $0 { entry } else { nil } }
    #expect(journal.count == 1)
    var next = EditorState(document: document.simfile)
    #expect(next.recover(journal) == 1 && next.document == state.document)
  }

  @Test(arguments: [
    (SongTag.sampleStart, "1:02.5", "62.500"), (.sampleStart, " 12.5 ", "12.5"), (.sampleLength, "15", "15"),
    (.displayBPM, "90:180", "90:180"), (.displayBPM, "*", "*"), (.background, "art/bg.png", "art/bg.png"),
  ])
  func valuesAreKeptAsFilesHaveThem(tag: SongTag, typed: String, kept: String) {
    var state = Drawing.editor("> 1....")
    state.press("P")
    fill(&state, tag, typed)
    state.press("enter")
    #expect(state.mode == .edit && state.document.song[tag] == kept)
  }

  @Test(arguments: [
    (SongTag.sampleStart, "1:75", "sample start: seconds, as 62.5, or 1:02.5"),
    (.sampleLength, "-3", "sample length: seconds, as 62.5, or 1:02.5"),
    (.displayBPM, "fast", "shown BPM: a BPM as 150, a range as 90:180, or * to hide it"),
    (.banner, "../banner.png", "banner: a file in the song's folder, by its name"),
    (.music, "/etc/passwd", "music: a file in the song's folder, by its name"),
    (.volume, "loud", "volume: a number that is not below 0"),
  ])
  func whatCannotBeKeptIsToldAndChangesNothing(tag: SongTag, typed: String, problem: String) {
    var state = Drawing.editor("> 1....")
    let before = state.document
    state.press("P")
    fill(&state, tag, typed)
    state.press("up up")
    #expect(state.press("enter").isEmpty)
    #expect(form(state)?.problem == problem && form(state)?.field.name == .song(tag))
    #expect(state.document == before && !state.isDirty)
    state.type("x")
    #expect(form(state)?.problem == nil, "what is mended is not told any more")
  }

  @Test func aSampleBeyondTheMusicIsTold() {
    var state = Drawing.editor("> 1....")
    _ = state.reduce(
      .musicLoaded(duration: Seconds(90), waveform: Envelope(secondsPerBin: 1, bins: [0]), onsets: nil))
    state.press("P")
    fill(&state, .sampleStart, "80")
    fill(&state, .sampleLength, "15")
    state.press("enter")
    #expect(form(state)?.problem == "the sample would end at 95.0 s, the music ends at 90.0 s")
    #expect(form(state)?.field.name == .song(.sampleLength))
  }

  /// What a file says is not for the form to judge until somebody changes it.
  @Test func whatWasNotTouchedStaysWhateverItSays() throws {
    let document = try SimfileDocument(bytes: Array(file.utf8), name: "song.ssc")
    var state = EditorState(document: document.simfile)
    state.press("P")
    fill(&state, .credit, "me")
    state.press("enter")
    #expect(state.mode == .edit && state.document.song[.sampleStart] == "soon")
    state.run("tag selectable ROULETTE")
    state.press("P")
    for _ in SongTag.allCases where form(state)?.field.name != .song(.selectable) { state.press("down") }
    #expect(form(state)?.field.line.text == "ROULETTE")
    state.press("right left enter")
    #expect(state.document.song[.selectable] == "ROULETTE")
  }

  @Test func everyTagHasAField() {
    var state = Drawing.editor("> 1....")
    state.press("P")
    let names = form(state)?.fields.map(\.name) ?? []
    #expect(names.count == SongTag.allCases.count)
    #expect(Set(names) == Set(SongTag.allCases.map { .song($0) }))
  }

  @Test func leavingAsksOnceWhenSomethingWasTyped() {
    var state = Drawing.editor("> 1....")
    state.press("P esc")
    #expect(state.mode == .edit)
    state.press("P")
    state.type("Name")
    state.press("esc")
    #expect(state.mode == .form)
    state.type("s")
    state.press("esc")
    #expect(state.mode == .form, "what is typed meanwhile is asked for again")
    state.press("esc")
    #expect(state.mode == .edit && state.document.song[.title] == "")
  }

  @Test func whatIsPastedCannotSteerATerminal() {
    var state = Drawing.editor("> 1....")
    state.press("P")
    _ = state.reduce(.pasted("A\u{1B}[2J\u{7}B\nC"))
    state.press("enter")
    #expect(state.document.song[.title] == "A[2JB")
    state.press(":")
    _ = state.reduce(.pasted("tag artist C\u{1B}[31mD"))
    state.press("enter")
    #expect(state.document.song[.artist] == "C[31mD")
  }

  /// 120 beats a minute: a beat lasts half a second.
  @Test func theSampleIsTheRegionOrBeginsAtTheCursor() {
    var state = Drawing.editor("> 1....")
    state.run("go 2 3")
    state.press("f e")
    #expect(state.document.song[.sampleStart] == "5")
    #expect(state.document.song[.sampleLength] == "12")
    state.run("select-rows 8 20")
    state.run("sample")
    #expect(state.document.song[.sampleStart] == "4")
    #expect(state.document.song[.sampleLength] == "6")
    state.run("undo")
    state.run("undo")
    #expect(state.document.song[.sampleStart].isEmpty)
  }

  @Test func aSampleOutsideOfTheMusicIsRefused() {
    var state = Drawing.editor("> 1....")
    _ = state.reduce(
      .musicLoaded(duration: Seconds(10), waveform: Envelope(secondsPerBin: 1, bins: [0]), onsets: nil))
    state.run("sample")
    #expect(state.message?.text == "the sample would end at 12.0 s, the music ends at 10.0 s")
    #expect(state.document.song[.sampleStart].isEmpty)
  }
}
