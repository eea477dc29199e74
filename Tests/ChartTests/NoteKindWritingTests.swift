import Chart
import Testing

/// Every kind of note, with all that packs say about it, put into a file that is there and into a new one.
@Suite struct NoteKindWritingTests {
  static let kinds: [Note.Kind] = [
    .tap, .hold(end: Row(144)), .roll(end: Row(144)), .mine, .lift, .fake, .keysound,
  ]

  static let looks: [NoteModifiers] = [
    .plain, NoteModifiers(visibility: .sudden), NoteModifiers(visibility: .vanish, isFake: true),
    NoteModifiers(visibility: .hidden), NoteModifiers(isFake: true), NoteModifiers(keysound: 12),
    NoteModifiers(visibility: .vanish, keysound: 3),
  ]

  static func note(_ kind: Note.Kind, _ look: NoteModifiers, lane: Int = 1) -> Note {
    Note(row: Row(48), lane: Lane(lane), kind: kind, modifiers: look)
  }

  @Test(arguments: kinds, looks) func aFileTakesAndGivesBackTheNote(kind: Note.Kind, look: NoteModifiers)
    throws
  {
    let text = SimfileTexts.ssc(SimfileTexts.chart("{1|v|1|0}0000 // here\n00000\n0000X\n10000"))
    let document = try SimfileTexts.document(text)
    var edited = document.simfile
    edited.charts[0].notes.insert(Self.note(kind, look))
    let written = document.serialized(edited)
    #expect(written.losses == [])
    let again = try SimfileDocument(bytes: written.bytes, name: "a.ssc")
    #expect(again.simfile.charts[0].notes == edited.charts[0].notes)
    #expect(String(decoding: written.bytes, as: UTF8.self).contains("{1|v|1|0}0000 // here\n"))
    edited.charts[0].notes.remove(Self.note(kind, look))
    #expect(again.serialized(edited).bytes == document.bytes)
  }

  @Test(arguments: kinds, looks) func aNewFileHoldsTheNote(kind: Note.Kind, look: NoteModifiers) throws {
    let header = ChartHeader(stepsType: .pumpSingle, description: "S5", meter: 5)
    let simfile = Simfile(charts: [StepChart(header: header, notes: NoteList([Self.note(kind, look)]))])
    for format in SimfileFormat.allCases {
      let written = SimfileDocument.serialize(simfile, as: format)
      let again = try SimfileDocument(bytes: written.bytes, name: "a." + format.rawValue)
      #expect(again.simfile.charts[0].notes == simfile.charts[0].notes)
    }
  }

  @Test(arguments: [0, 1, 2]) func aPlayersLetterIsWritten(player: Int) throws {
    let document = try SimfileTexts.document(
      SimfileTexts.ssc(
        SimfileTexts.chart("0000000000\n0000000000\n0000000000\n0000000000", type: "pump-double")))
    var edited = document.simfile
    let look = NoteModifiers(visibility: .vanish, player: player)
    for (lane, kind) in [(1, Note.Kind.tap), (8, .hold(end: Row(96)))] {
      edited.charts[0].notes.insert(Self.note(kind, NoteModifiers(player: player), lane: lane))
      edited.charts[0].notes.insert(Self.note(kind, look, lane: lane - 1))
    }
    let written = document.serialized(edited)
    #expect(written.losses == [])
    #expect(try SimfileDocument(bytes: written.bytes, name: "a.ssc").simfile == edited)
  }

  @Test func aPlayerWithoutALetterIsALossAndTheRestOfTheFileStays() throws {
    let text = SimfileTexts.ssc(SimfileTexts.chart("10000 // one\n00000\n00000\n00000"))
    let document = try SimfileTexts.document(text)
    var edited = document.simfile
    edited.charts[0].notes.insert(Self.note(.mine, NoteModifiers(player: 1)))
    edited.charts[0].notes.insert(Self.note(.tap, NoteModifiers(player: 3), lane: 4))
    let written = document.serialized(edited)
    #expect(written.losses.map(\.what) == ["2 notes of players that have no letter for them"])
    #expect(
      String(decoding: written.bytes, as: UTF8.self) == text.replacing("one\n00000", with: "one\n0M001"))
  }

  @Test func aRoutineLayerIsEdited() throws {
    let notes = "1000000000\n0000000000\n&\n0200000000\n0300000000"
    let text = SimfileTexts.ssc(SimfileTexts.chart(notes, type: "pump-routine"))
    let document = try SimfileTexts.document(text)
    var edited = document.simfile
    edited.charts[0].notes.insert(Note(row: Row(96), lane: Lane(9), modifiers: NoteModifiers(player: 1)))
    let written = String(decoding: document.serialized(edited).bytes, as: UTF8.self)
    #expect(written == text.replacing("0300000000", with: "0300000001"))
    edited.charts[0].notes.insert(
      Note(row: Row(0), lane: Lane(9), kind: .mine, modifiers: NoteModifiers(player: 0)))
    #expect(try SimfileDocument(bytes: document.serialized(edited).bytes, name: "a.ssc").simfile == edited)
  }

  @Test(arguments: StepsType.laneCounts.sorted { $0.key < $1.key }.map(\.key))
  func everyStepsTypeOpensAndIsWritten(name: String) throws {
    let type = StepsType(name)
    let lanes = try #require(type.lanes)
    let last = Note(row: Row(0), lane: Lane(lanes - 1))
    let simfile = Simfile(
      timing: TimingData(offset: .zero, bpm: 120),
      charts: [StepChart(header: ChartHeader(stepsType: type), notes: NoteList([last]))])
    let document = try SimfileDocument(
      bytes: SimfileDocument.serialize(simfile, as: .ssc).bytes, name: "a.ssc")
    #expect(document.simfile.charts == simfile.charts)
    #expect(document.diagnostics.isEmpty)
    var edited = document.simfile
    edited.charts[0].notes.insert(Note(row: Row(12), lane: Lane(0)))
    #expect(try SimfileDocument(bytes: document.serialized(edited).bytes, name: "a.ssc").simfile == edited)
  }

  @Test func keptTagsAreEditedInTheirPlace() throws {
    let header = "#BGCHANGES:0=a.mpg=1;\n#KEYSOUNDS:a.wav,b.wav;\n#ATTACKS:TIME=1:LEN=2:MODS=drunk;\n"
    let text = SimfileTexts.ssc(SimfileTexts.chart("10000"), header: header)
    let document = try SimfileTexts.document(text)
    var edited = document.simfile
    #expect(edited.song.extras.map(\.name) == ["BGCHANGES", "KEYSOUNDS", "ATTACKS"])
    edited.song.extras[2].content = "TIME=1:LEN=9:MODS=drunk"
    edited.song.extras.removeFirst()
    let written = String(decoding: document.serialized(edited).bytes, as: UTF8.self)
    #expect(written == text.replacing("LEN=2", with: "LEN=9").replacing("#BGCHANGES:0=a.mpg=1;\n", with: ""))
  }
}
