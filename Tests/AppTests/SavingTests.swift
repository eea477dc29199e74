import App
import Chart
import Editor
import Foundation
import Testing

@Suite struct SavingTests {
  private static func chart(_ lane: Int, type: StepsType = .pumpSingle, bpm: Double? = nil) -> StepChart {
    StepChart(
      header: ChartHeader(stepsType: type, description: "S\(lane + 1)", meter: lane + 1),
      timing: bpm.map { TimingData(offset: .zero, bpm: $0) },
      notes: NoteList([Note(row: Row(48), lane: Lane(lane))]))
  }

  private static func song(_ charts: StepChart...) -> Simfile {
    Simfile(timing: TimingData(offset: .zero, bpm: 120), charts: charts)
  }

  /// A state whose song differs from its file in every chart.
  private static func edited(_ song: Simfile) -> EditorState {
    var state = EditorState(document: song)
    _ = state.reduce(.command("tag title New"))
    return state
  }

  private static func request(_ state: inout EditorState, _ line: String) throws -> SaveRequest {
    let effects = state.reduce(.command(line))
    guard case .save(let request)? = effects.first else { throw CommandError(.problems, "nothing is saved") }
    return request
  }

  /// Saves, and tells the state what came of it.
  private static func save(
    _ state: inout EditorState, _ line: String, by service: SaveService, _ inbox: Inbox<Action>
  )
    throws
  {
    _ = service.save(try request(&state, line))
    for action in inbox.takeAll() { _ = state.reduce(action) }
  }

  @Test func aFileForOneChartGetsTheChartOnTheScreen() throws {
    let folder = try TemporaryFolder()
    let song = Self.song(Self.chart(0), Self.chart(3))
    let inbox = try Inbox<Action>()
    let service = SaveService(
      file: SongFile(new: song, at: folder.url.appending(path: "song.ssc")), inbox: inbox)
    var state = Self.edited(song)
    _ = state.reduce(.command("chart 2"))
    try #require(state.chartIndex == 1)
    try Self.save(&state, "save-as song.ucs", by: service, inbox)

    #expect(try folder.text(of: "song.ucs").contains("...X."))
    #expect(state.message?.text.hasPrefix("NOT in song.ucs: 1 other chart") == true)
    #expect(state.isDirty, "the other chart is in no file")
    try Self.save(&state, "save", by: service, inbox)
    #expect(folder.names == ["song.ssc", "song.ucs"], "the song keeps its own file")
    #expect(!state.isDirty)
  }

  @Test func theOnlyChartIsSavedByAFileForOne() throws {
    let folder = try TemporaryFolder()
    let song = Self.song(Self.chart(2))
    let inbox = try Inbox<Action>()
    let service = SaveService(
      file: SongFile(new: song, at: folder.url.appending(path: "song.ssc")), inbox: inbox)
    var state = Self.edited(song)
    for line in ["save-as song.ucs", "save"] {
      try Self.save(&state, line, by: service, inbox)
      #expect(!state.isDirty && state.message?.text.hasPrefix("saved") == true)
      #expect(folder.names.filter { !$0.hasSuffix(".old") } == ["song.ucs"])
    }
  }

  @Test func timingThatAnOldFileCannotHoldStaysUnsavedAndIsRecovered() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "song.sm")
    let song = Self.song(Self.chart(0), Self.chart(1), Self.chart(2, bpm: 150))
    let inbox = try Inbox<Action>()
    let service = SaveService(file: SongFile(new: song, at: file), inbox: inbox)
    var state = Self.edited(song)
    let request = try Self.request(&state, "save")
    let outcome = try #require(service.save(request))
    for action in inbox.takeAll() { _ = state.reduce(action) }
    #expect(state.isDirty)
    #expect(state.message?.text.contains("NOT in song.sm: chart 3: its own timing") == true)

    let journals = folder.url.appending(path: "journals")
    do {
      let journal = try Journal(for: file, base: Data(), in: journals)
      let rest = Transaction(name: "rest", from: outcome.file.simfile, to: request.song)
      try journal.begin(
        base: outcome.file.bytes, holding: JournalEntry(sequence: state.journalled, transaction: rest))
    }
    let remains = try #require(Journal.remains(for: file, base: outcome.file.bytes, in: journals).first)
    var next = EditorState(document: try SongFile(reading: file).simfile)
    #expect(next.recover(remains.entries) == 1)
    #expect(next.document == request.song)
  }

  /// A delay that no reader of the format takes: found out before the file is touched.
  @Test func whatCouldNotBeReadAgainIsNotWritten() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("before", to: "song.ucs")
    var song = Self.song(Self.chart(0))
    song.timing.offset = Seconds(-20_000)
    let inbox = try Inbox<Action>()
    let service = SaveService(file: SongFile(new: song, at: file), inbox: inbox)
    var state = Self.edited(song)
    try Self.save(&state, "save", by: service, inbox)
    #expect(state.message?.text.hasPrefix("not saved") == true)
    #expect(try folder.text(of: "song.ucs") == "before")
    #expect(folder.names == ["song.ucs"])
  }
}
