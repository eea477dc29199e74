import Chart
import Testing

/// Files written back: nothing changes but what the edit is about.
@Suite struct SimfileWritingTests {
  static func write(
    _ text: String, name: String = "a.ssc", _ edit: (inout Simfile) throws -> Void
  ) throws -> String {
    let document = try SimfileTexts.document(text, name: name)
    var edited = document.simfile
    try edit(&edited)
    return String(decoding: document.serialized(edited).bytes, as: UTF8.self)
  }

  static func put(_ row: Int, _ lane: Int, _ kind: Note.Kind = .tap) -> (inout Simfile) -> Void {
    { $0.charts[0].notes.insert(Note(row: Row(row), lane: Lane(lane), kind: kind)) }
  }

  static func file(_ notes: String) -> String { SimfileTexts.ssc(SimfileTexts.chart(notes)) }

  struct NoteEdit: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var before: String
    var edit: @Sendable (inout NoteList) -> Void
    var after: String
  }

  static func tap(_ row: Int, _ lane: Int) -> Note { Note(row: Row(row), lane: Lane(lane)) }

  static let noteEdits: [NoteEdit] = [
    NoteEdit(
      testDescription: "one cell", before: "10000\n00000 // two\n,\n00000", edit: { $0.insert(tap(96, 4)) },
      after: "10000\n00001 // two\n,\n00000"),
    NoteEdit(
      testDescription: "a finer measure keeps its lines",
      before: "10000\n  00000 // b\n00000\n00000\n,\n00000",
      edit: { $0.insert(tap(24, 1)) },
      after: "10000\n01000\n  00000 // b\n  00000\n00000\n00000\n00000\n00000\n,\n00000"),
    NoteEdit(
      testDescription: "an odd measure is written anew", before: "10000\n00000 // c\n00000\n00000\n00000",
      edit: { $0.insert(tap(48, 1)) }, after: "// c\n10000\n01000\n00000\n00000"),
    NoteEdit(
      testDescription: "an odd measure keeps its lines where it can",
      before: "10000\n00000\n00000\n00000\n00001", edit: { $0.remove(tap(154, 4)) },
      after: "10000\n00000\n00000\n00000\n00000"),
    NoteEdit(
      testDescription: "cells of other games stay", before: "{1|v|0|0}{M|n|1|0}00X\n00000",
      edit: { $0.insert(tap(0, 2)) }, after: "{1|v|0|0}{M|n|1|0}10X\n00000"),
    NoteEdit(
      testDescription: "a hold over two measures", before: "00000\n00000\n,\n00000\n00000",
      edit: { $0.insert(Note(row: Row(96), lane: Lane(0), kind: .hold(end: Row(288)))) },
      after: "00000\n20000\n,\n00000\n30000"),
    NoteEdit(
      testDescription: "measures behind the last", before: "10000", edit: { $0.insert(tap(432, 3)) },
      after: "10000\n,\n00000\n00000\n00000\n00000\n,\n00000\n00010\n00000\n00000"),
    NoteEdit(
      testDescription: "an orphan elsewhere in the measure stays", before: "30000\n00000",
      edit: { $0.insert(tap(96, 1)) },
      after: "30000\n01000"),
    NoteEdit(
      testDescription: "an empty measure", before: "10000\n,\n,\n00001", edit: { $0.insert(tap(192, 0)) },
      after: "10000\n,\n10000\n00000\n00000\n00000\n,\n00001"),
  ]

  @Test(arguments: noteEdits) func onlyTheEditedLinesChange(example: NoteEdit) throws {
    let written = try Self.write(Self.file(example.before)) { example.edit(&$0.charts[0].notes) }
    #expect(written == Self.file(example.after))
  }

  @Test func windowsLineEndsStay() throws {
    let text = Self.file("10000\n00000").replacing("\n", with: "\r\n")
    let written = try Self.write(text, Self.put(48, 2))
    #expect(written == Self.file("10000\n00100\n00000\n00000").replacing("\n", with: "\r\n"))
  }

  @Test func aTagChangesAlone() throws {
    let text = "\u{FEFF}// banner\n" + Self.file("10000")
    let written = try Self.write(text) { $0.song[.title] = "A: #1 // B" }
    #expect(written == text.replacing("#TITLE:Tapir;", with: ##"#TITLE:A\: \#1 \/\/ B;"##))
    #expect(try SimfileTexts.document(written).simfile.song[.title] == "A: #1 // B")
  }

  @Test func aNewTagGoesBehindTheOthers() throws {
    let written = try Self.write(Self.file("10000")) { $0.song[.artist] = "Ann" }
    #expect(written == Self.file("10000").replacing("#BPMS:0=120;\n", with: "#BPMS:0=120;\n#ARTIST:Ann;\n"))
  }

  @Test func aTimingEntryChangesAlone() throws {
    let text = SimfileTexts.ssc(header: "#STOPS:1.000=0.50,\n4.0=1;\n")
    let written = try Self.write(text) { $0.timing.stops.set(Seconds(2), at: Row(96)) }
    #expect(written == text.replacing("0.50,\n", with: "0.50,\n2.000000=2.000000,\n"))
  }

  @Test func aChartKeepsItsOffsetWhenTheSongsMoves() throws {
    let text = SimfileTexts.ssc(SimfileTexts.chart("10000", tags: "#BPMS:0=100;\n"))
    let written = try Self.write(text) { $0.timing.offset = Seconds(0.25) }
    let again = try SimfileTexts.document(written).simfile
    #expect(again.timing.offset == Seconds(0.25))
    #expect(again.charts[0].timing?.offset == Seconds(-0.1))
  }

  @Test func aChartGetsAndLosesItsOwnTiming() throws {
    let own = try Self.write(Self.file("10000")) { file in
      var timing = TimingData(offset: Seconds(0.5), bpm: 150)
      timing.warps = [TimingEvent(row: Row(96), value: 48)]
      file.charts[0].timing = timing
    }
    let simfile = try SimfileTexts.document(own).simfile
    #expect(simfile.charts[0].timing?.bpm(at: .zero) == 150)
    #expect(simfile.charts[0].timing?.offset == Seconds(0.5))
    #expect(simfile.charts[0].timing?.warps.count == 1)
    #expect(try Self.write(own) { $0.charts[0].timing = nil } == Self.file("10000"))
  }

  @Test func chartsComeGoAndChangePlaces() throws {
    let first = SimfileTexts.chart("10000")
    let second = SimfileTexts.chart("01000").replacing("S5", with: "S6")
    let text = SimfileTexts.ssc(first, second)
    #expect(try Self.write(text) { $0.charts.removeFirst() } == SimfileTexts.ssc(second))
    #expect(try Self.write(text) { $0.charts.reverse() } == SimfileTexts.ssc(second, first))
    let added = try Self.write(text) { file in
      file.charts.append(
        StepChart(header: ChartHeader(stepsType: .danceSingle, meter: 3), notes: NoteList([Self.tap(0, 3)])))
    }
    #expect(added.hasPrefix(text.dropLast()))
    #expect(try SimfileTexts.document(added).simfile.charts[2].header.stepsType == .danceSingle)
  }

  @Test func theOldFormatIsPatchedToo() throws {
    let text =
      "#TITLE:a;\n#BPMS:0=120;\n#NOTES:\n  dance-single:\n  me:\n  Hard:\n  9:\n  0:\n1000\n0000\n;\n"
    let written = try Self.write(text, name: "a.sm") { file in
      file.charts[0].header.meter = 10
      file.charts[0].notes.insert(Self.tap(96, 3))
    }
    #expect(written == text.replacing("  9:", with: "  10:").replacing("0000", with: "0001"))
  }

  @Test func theOldFormatKeepsTagsOfLaterOnesThatItHas() throws {
    let text = "#TITLE:a;\n#JACKET:j.png;\n#BPMS:0=120;\n"
    #expect(
      try Self.write(text, name: "a.sm") { $0.song[.title] = "b" } == text.replacing(":a;", with: ":b;"))
    let written = SimfileDocument.serialize(try SimfileTexts.document(text).simfile, as: .sm)
    #expect(written.losses.map(\.what) == ["#JACKET"])
  }

  @Test func theOldFormatTellsWhatItCannotSay() throws {
    var timing = TimingData(offset: .zero, bpm: 120)
    timing.warps = [TimingEvent(row: Row(96), value: 96)]
    timing.delays = [TimingEvent(row: Row(480), value: Seconds(0.5))]
    timing.scrolls = [TimingEvent(row: .zero, value: 2)]
    let chart = StepChart(
      header: ChartHeader(stepsType: .pumpSingle), timing: timing, notes: [Self.tap(0, 0)].list)
    let written = SimfileDocument.serialize(Simfile(charts: [chart]), as: .sm)
    #expect(written.losses.map(\.what) == ["a delay", "1 scroll changes"])
    let again = try SimfileDocument(bytes: written.bytes, name: "a.sm").simfile
    #expect(again.timing.warps == timing.warps)
    #expect(again.timing.stops == [TimingEvent(row: Row(479), value: Seconds(0.5))])
  }

  @Test(arguments: 0..<200) func aRandomEditChangesItsMeasureOnly(seed: UInt64) throws {
    var random = Seeded(seed)
    let text = RandomCharts.text(&random)
    let document = try SimfileTexts.document(text)
    #expect(document.serialized(document.simfile).bytes == document.bytes)
    var edited = document.simfile
    let lastMeasure = edited.charts[0].notes.last?.row.measure ?? 0
    let row = Row(
      Int.random(in: 0...lastMeasure, using: &random) * 192 + Int.random(in: 0..<16, using: &random) * 12)
    let lane = Lane(Int.random(in: 0..<5, using: &random))
    if let old = edited.charts[0].notes.note(at: row, lane: lane) {
      edited.charts[0].notes.remove(old)
    } else {
      edited.charts[0].notes.insert(Note(row: row, lane: lane))
    }
    let written = String(decoding: document.serialized(edited).bytes, as: UTF8.self)
    #expect(try SimfileTexts.document(written).simfile == edited)
    let before = text.components(",")
    let after = written.components(",")
    // Commas stand in comments too, so measures are told apart by what surrounds the change.
    let same = zip(before, after).prefix { $0 == $1 }.count
    let sameAtEnd = zip(before.reversed(), after.reversed()).prefix { $0 == $1 }.count
    let changed = before[same..<max(same, before.count - sameAtEnd)]
    #expect(changed.filter { $0.hasSuffix("\n") || $0.hasSuffix("\r\n") }.count <= 1)
  }

  @Test(arguments: 0..<100) func newFilesReadBack(seed: UInt64) throws {
    var random = Seeded(seed)
    var timing = TimingData(offset: Seconds(-0.125), bpm: 140.5)
    timing.stops = [TimingEvent(row: Row(60), value: Seconds(0.25))]
    timing.labels = [TimingEvent(row: .zero, value: "A: b")]
    let header = ChartHeader(
      stepsType: .pumpSingle, description: "S#7; x", name: "n:m", meter: 7, credit: "//c")
    let chart = StepChart(header: header, timing: timing, notes: RandomCharts.notes(&random, count: 80))
    let simfile = Simfile(
      song: SongHeader([.title: "T\\", .displayBPM: "100:200"]), timing: TimingData(offset: .zero, bpm: 60),
      charts: [chart])
    let written = SimfileDocument.serialize(simfile, as: .ssc)
    #expect(written.losses.isEmpty)
    let again = try SimfileDocument(bytes: written.bytes, name: "a.ssc")
    #expect(again.simfile == simfile)
    #expect(again.diagnostics.isEmpty)
  }

  /// Before version 0.70 a warp was written as its last beat, and a chart's own timing was not read.
  @Test func timingOfAnOldFileIsWrittenSoThatItReadsBack() throws {
    let text = SimfileTexts.ssc(SimfileTexts.chart("10000\n00000"), header: "#WARPS:8=12;\n")
      .replacing("#VERSION:0.83;", with: "#VERSION:0.69;")
    let before = try SimfileTexts.document(text).simfile
    #expect(before.timing.warps == [TimingEvent(row: Row(384), value: 192)])
    var edited = before
    edited.timing.warps.set(96, at: Row(960))
    edited.charts[0].timing = TimingData(offset: Seconds(0.25), bpm: 150)
    let written = try Self.write(text) { $0 = edited }
    #expect(try SimfileTexts.document(written).simfile == edited)
    let notesOnly = try Self.write(text, Self.put(96, 1))
    #expect(notesOnly.contains("#VERSION:0.69;") && notesOnly.contains("#WARPS:8=12;"))
  }

  @Test func delaysOfAnSMStayWhatTheyAre() throws {
    let text = """
      #TITLE:a;
      #OFFSET:-0.1;
      #BPMS:0=120;
      #DELAYS:4.000=0.500;
      #NOTES:
           pump-single:
           a:
           Hard:
           5:
           0:
      10000
      00000
      ;

      """
    let written = try Self.write(text, name: "a.sm", Self.put(96, 1))
    #expect(written == text.replacing("10000\n00000", with: "10000\n01000"))
    let moved = try Self.write(text, name: "a.sm") { $0.timing.bpms = [TimingEvent(row: .zero, value: 130)] }
    #expect(moved.contains("#BPMS:0.000000=130.000000;") && moved.contains("#DELAYS:4.000=0.500;"))
  }
}

extension [Note] {
  fileprivate var list: NoteList { NoteList(self) }

}

extension String {
  fileprivate func components(_ separator: Character) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }

  /// A warp across a change of tempo takes back what each part of it lasts.
  @Test func aWarpOverTwoTemposKeepsTheTimesInAnSM() throws {
    var timing = TimingData(offset: .zero, bpm: 120)
    timing.bpms.set(240, at: Row(144))
    timing.warps = [TimingEvent(row: Row(96), value: 96)]
    let rows = [0, 48, 96, 192, 240, 480].map { Row($0) }
    let chart = StepChart(
      header: ChartHeader(stepsType: .pumpSingle), notes: NoteList(rows.map { Note(row: $0, lane: Lane(0)) }))
    let written = SimfileDocument.serialize(Simfile(timing: timing, charts: [chart]), as: .sm)
    #expect(written.losses == [])
    let again = try SimfileDocument(bytes: written.bytes, name: "a.sm").simfile.timing
    for row in rows {
      let difference = TimingMap(again).seconds(at: row).value - TimingMap(timing).seconds(at: row).value
      #expect(abs(difference) < 1e-5, "row \(row.index)")
    }
  }

  @Test func aStopInAWarpIsTold() {
    var timing = TimingData(offset: .zero, bpm: 120)
    timing.warps = [TimingEvent(row: Row(96), value: 96)]
    timing.stops.set(Seconds(0.25), at: Row(144))
    let chart = StepChart(header: ChartHeader(stepsType: .pumpSingle))
    let losses = SimfileDocument.serialize(Simfile(timing: timing, charts: [chart]), as: .sm).losses
    #expect(losses.map(\.what) == ["a stop in a warp"])
  }
}
