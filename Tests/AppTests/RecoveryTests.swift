import App
import Chart
import Editor
import Foundation
import Testing

@Suite struct RecoveryTests {
  private static let text =
    "#TITLE:T;\n#BPMS:0=120;\n#NOTEDATA:;\n#STEPSTYPE:pump-single;\n#NOTES:\n00000\n;\n"

  private struct Start {
    let folder: TemporaryFolder
    let folders: XDGFolders
    let file: SongFile

    init() throws {
      folder = try TemporaryFolder()
      folders = XDGFolders(environment: [
        "HOME": folder.url.path, "XDG_STATE_HOME": folder.url.path + "/state",
      ])
      file = try SongFile(reading: folder.write(RecoveryTests.text, to: "song.ssc"))
    }

    /// Leaves the journal of a session that ended with these edits.
    func leave(_ entries: [JournalEntry], base: Data? = nil) throws {
      let journals = folders.state.appending(path: "journals")
      let journal = try Journal(for: file.url, base: base ?? file.bytes, in: journals)
      for entry in entries { try journal.append(entry) }
    }

    func begin() -> (state: EditorState, recovery: Recovery) {
      var state = EditorState(document: file.simfile)
      let recovery = Recovery(of: file, in: folders, into: &state)
      return (state, recovery)
    }

    var journals: Int {
      let path = folders.state.appending(path: "journals").path
      return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).count
    }
  }

  private static func put(_ row: Int, _ sequence: Int, chart: Int = 0) -> JournalEntry {
    let edit = ChartEdit(inserted: [Note(row: Row(row), lane: Lane(0))])
    return JournalEntry(
      sequence: sequence,
      transaction: Transaction(name: "put", edits: [.chart(index: chart, edit)], chartIndex: 0, cursor: .zero)
    )
  }

  @Test func aJournalGoesWhenAllOfItWasDoneAgain() throws {
    let start = try Start()
    try start.leave([Self.put(0, 1), Self.put(48, 2)])
    let (state, recovery) = start.begin()
    #expect(state.notes.count == 2)
    #expect(recovery.warnings.count == 1 && recovery.warnings[0].hasPrefix("2 unsaved edits"))
    #expect(start.journals == 1, "only the new session's own")
  }

  @Test func aJournalStaysWhenPartOfItDoesNotFit() throws {
    let start = try Start()
    try start.leave([Self.put(0, 1), Self.put(48, 2, chart: 7), Self.put(96, 3)])
    let (state, recovery) = start.begin()
    #expect(state.notes.count == 1)
    #expect(recovery.warnings.count == 1 && recovery.warnings[0].hasPrefix("1 of 3 unsaved edits"))
    #expect(recovery.warnings[0].contains(".journal"))
    #expect(start.journals == 2)
  }

  @Test func aJournalWithAnEditMissingBetweenStaysAndIsTold() throws {
    let start = try Start()
    try start.leave([Self.put(0, 1), Self.put(96, 3)])
    let (state, recovery) = start.begin()
    #expect(state.notes.count == 1)
    #expect(recovery.warnings.count == 1 && recovery.warnings[0].hasPrefix("1 of 2 unsaved edits"))
    #expect(start.journals == 2)
  }

  @Test func aJournalOfAFileThatHasChangedStaysAndIsTold() throws {
    let start = try Start()
    try start.leave([Self.put(0, 1)], base: Data("other".utf8))
    let (state, recovery) = start.begin()
    #expect(state.notes.isEmpty)
    #expect(recovery.warnings.count == 1 && recovery.warnings[0].contains("do not fit song.ssc"))
    #expect(start.journals == 2)
  }

  @Test func journalsLeftByManySessionsLeaveRoomForANewOne() throws {
    let start = try Start()
    for number in 0..<15 { try start.leave([Self.put(0, 1)], base: Data("\(number)".utf8)) }
    let (_, recovery) = start.begin()
    #expect(recovery.journal != nil)
    #expect(start.journals == 16)
  }
}
