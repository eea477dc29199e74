import Chart
import Foundation
import Testing

@Suite struct UCSTests {
  /// A file of one block of the single mode with CRLF line ends.
  static func file(_ rows: [String], bpm: String = "120", delay: String = "500", split: Int = 4) -> String {
    ":Format=1\r\n:Mode=Single\r\n" + block(rows, bpm: bpm, delay: delay, split: split)
  }

  static func block(_ rows: [String], bpm: String, delay: String = "0", split: Int = 4) -> String {
    ":BPM=\(bpm)\r\n:Delay=\(delay)\r\n:Beat=4\r\n:Split=\(split)\r\n"
      + rows.map { $0 + "\r\n" }.joined()
  }

  static func chart(_ text: String) throws -> StepChart {
    try UCSDocument(bytes: Array(text.utf8), name: "x").simfile.charts[0]
  }

  static func times(_ chart: StepChart) -> [Double] {
    let map = TimingMap(chart.timing ?? TimingData())
    return chart.notes.map { map.seconds(at: $0.row).value }
  }

  @Test func aBlockBecomesNotesOnItsGrid() throws {
    let chart = try Self.chart(Self.file(["X....", "..M..", "..H..", "..H..", "..W.X"]))
    #expect(chart.header.stepsType == .pumpSingle)
    #expect(
      Array(chart.notes) == [
        Note(row: Row(0), lane: Lane(0)),
        Note(row: Row(12), lane: Lane(2), kind: .hold(end: Row(48))),
        Note(row: Row(48), lane: Lane(4)),
      ])
    // Beat 0 sounds when the first delay is over.
    #expect(chart.timing?.offset == Seconds(-0.5))
  }

  @Test func aSplitThatDoesNotDivideABeatKeepsItsTimes() throws {
    let chart = try Self.chart(
      Self.file(Array(repeating: "X....", count: 10), split: 5) + Self.block(["..X.."], bpm: "60"))
    let expected = (0..<10).map { 0.5 + Double($0) * 0.1 } + [1.5]
    for (time, wanted) in zip(Self.times(chart), expected) { #expect(abs(time - wanted) < 1e-9) }
    // The looks come back by the scroll factor.
    #expect(chart.timing?.scrolls.map(\.value) == [0.8, 1])
  }

  @Test func aFineSplitWithNotesOnTheGridKeepsItsTempo() throws {
    var rows = Array(repeating: ".....", count: 64)
    rows[32] = "X...."
    let chart = try Self.chart(Self.file(rows, split: 32))
    #expect(chart.timing?.bpms.map(\.value) == [120])
    #expect(chart.notes.map(\.row) == [Row(48)])
  }

  @Test func aDelayInALaterBlockIsAPauseAndSaid() throws {
    let text =
      Self.file(["X....", ".....", ".....", "....."]) + Self.block(["X...."], bpm: "120", delay: "250")
    let document = try UCSDocument(bytes: Array(text.utf8), name: "x")
    #expect(Self.times(document.simfile.charts[0]) == [0.5, 1.25])
    #expect(document.diagnostics.map(\.code) == ["ucs-delay"])
  }

  @Test(arguments: [
    ("", "ucs-format"), (":Format=1\r\n", "ucs-empty"), (":Format=1\r\n:Mode=Triple\r\n", "ucs-mode"),
    (":Format=1\r\n:Mode=Single\r\n:BPM=fast\r\n", "ucs-number"),
    (":Format=1\r\n:Mode=Single\r\n:BPM=0\r\n", "ucs-range"),
    (":Format=1\r\n:Mode=Single\r\n:BPM=052222222222222\r\n", "ucs-range"),
    (":Format=1\r\n:Mode=Single\r\n.....\r\n", "ucs-block"),
  ])
  func whatIsNotAFileIsRefusedByName(text: String, code: String) {
    let error = #expect(throws: UnreadableFile.self) { try UCSDocument(bytes: Array(text.utf8), name: "x") }
    #expect(error?.diagnostic.code == code)
  }

  @Test(arguments: [
    (["M....", "H....", "X...."], "ucs-hold"), (["W...."], "ucs-hold"), (["H...."], "ucs-hold"),
    (["X..."], "ucs-row-length"), (["Y...."], "ucs-cell"), ([""], "ucs-blank-line"),
  ])
  func oddRowsAreReadWithAWarning(rows: [String], code: String) throws {
    let text = Self.file(["....."] + rows)
    let document = try UCSDocument(bytes: Array(text.utf8), name: "x")
    #expect(document.diagnostics.contains { $0.code == code && $0.line != nil })
    #expect(document.simfile.charts[0].notes.invariantsHold)
  }

  /// Row 1 of 64 a beat falls on the row of row 0.
  @Test func aBodyWithoutAStartDoesNotShareThePlaceOfATap() throws {
    let rows = ["X....", "H....", "H...."] + Array(repeating: ".....", count: 61)
    let document = try UCSDocument(bytes: Array(Self.file(rows, split: 64).utf8), name: "x")
    let notes = document.simfile.charts[0].notes
    #expect(notes.invariantsHold && notes.count == 1)
    #expect(document.diagnostics.map(\.code).contains("ucs-collision"))
  }

  @Test func moreNotesThanAnyChartHasAreNotRead() throws {
    let text = Self.file(Array(repeating: "XXXXX", count: 200_100))
    let document = try UCSDocument(bytes: Array(text.utf8), name: "x")
    #expect(document.simfile.charts[0].notes.count <= 1_000_005)
    #expect(document.diagnostics.map(\.code) == ["too-many-notes"])
  }

  @Test func theCanonicalFormSaysTheSameWithAllDigits() throws {
    let text = Self.file(["X....", "....."], bpm: "123.456789012", delay: "0.1234567891").replacing(
      "\r\n", with: "\n")
    let document = try UCSDocument(bytes: Array(text.utf8), name: "x")
    let again = try UCSDocument(bytes: document.canonicalBytes, name: "x")
    #expect(again.simfile == document.simfile)
    #expect(document.canonicalBytes.contains(UInt8(ascii: "\r")))
    #expect(again.canonicalBytes == document.canonicalBytes)
  }

  @Test func theChartThatIsAskedForIsTheOneWritten() throws {
    let document = try UCSDocument(bytes: Array(Self.file(["X...."]).utf8), name: "x")
    var edited = document.simfile
    edited.charts.append(edited.charts[0])
    edited.charts[1].notes = NoteList([Note(row: Row(0), lane: Lane(4))])
    let (bytes, losses) = try document.serialized(edited, chart: 1)
    #expect(String(decoding: bytes, as: UTF8.self) == Self.file(["....X"]))
    #expect(losses.map(\.what) == ["1 other chart"] && losses.allSatisfy(\.isMissing))
  }

  @Test func anEditChangesOnlyItsCells() throws {
    let before =
      Self.file(["X....", ".....", ".....", "....."]) + Self.block([".....", "M....", "W...."], bpm: "90")
    let document = try UCSDocument(bytes: Array(before.utf8), name: "x")
    #expect(try document.serialized(document.simfile).bytes == Array(before.utf8))
    var edited = document.simfile
    edited.charts[0].notes.insert(Note(row: Row(24), lane: Lane(3)))
    edited.charts[0].notes.remove(Note(row: Row(60), lane: Lane(0), kind: .hold(end: Row(72))))
    let after =
      Self.file(["X....", ".....", "...X.", "....."]) + Self.block([".....", ".....", "....."], bpm: "90")
    #expect(String(decoding: try document.serialized(edited).bytes, as: UTF8.self) == after)
  }

  @Test func whatTheFormatCannotSayIsReported() throws {
    var timing = TimingData(offset: .zero, bpm: 120)
    timing.warps = [TimingEvent(row: Row(48), value: 24)]
    let chart = StepChart(
      header: ChartHeader(stepsType: .pumpHalfDouble), timing: timing,
      notes: NoteList([
        Note(row: Row(0), lane: Lane(0), kind: .mine),
        Note(row: Row(0), lane: Lane(1), kind: .roll(end: Row(24))),
        Note(row: Row(60), lane: Lane(2)), Note(row: Row(96), lane: Lane(2), kind: .lift),
      ]))
    let (bytes, losses) = try UCSDocument.written(Simfile(charts: [chart]), chart: 0)
    #expect(
      losses.map(\.what) == [
        "1 mines", "1 notes that are not judged", "1 rolls", "1 lifts", "the half-double",
      ])
    let back = try UCSDocument(bytes: bytes, name: "x").simfile.charts[0]
    #expect(back.notes.map(\.lane.index) == [3, 4])
    #expect(zip(Self.times(back), [0, 0.75]).allSatisfy { abs($0 - $1) < 0.0005 })
  }

  @Test func listsThatTheFormatDoesNotHaveAreReported() throws {
    let document = try UCSDocument(bytes: Array(Self.file(["X...."]).utf8), name: "x")
    var edited = document.simfile
    edited.charts[0].timing?.labels = [TimingEvent(row: .zero, value: "verse")]
    edited.charts[0].timing?.tickcounts = [
      TimingEvent(row: .zero, value: 8), TimingEvent(row: Row(96), value: 4),
    ]
    let losses = try document.serialized(edited).losses
    #expect(losses.map(\.what) == ["tick counts", "labels"])
    #expect(losses.map(\.isMissing) == [true, true])
  }

  @Test func aTailInAWarpThatEndsTheChartKeepsItsTime() throws {
    var timing = TimingData(offset: .zero, bpm: 120)
    timing.warps = [TimingEvent(row: Row(96), value: 96)]
    let chart = StepChart(
      header: ChartHeader(stepsType: .pumpSingle), timing: timing,
      notes: NoteList([Note(row: Row(0), lane: Lane(1), kind: .hold(end: Row(144)))]))
    let written = try UCSDocument.written(Simfile(charts: [chart]), chart: 0).bytes
    let back = try UCSDocument(bytes: written, name: "t").simfile.charts[0]
    #expect(back.notes.map(\.kind) == [.hold(end: Row(96))])
  }

  @Test(.enabled(if: SharedData.isHere, "needs the folder of real charts"))
  func theOneRealFileIsReadAndWrittenBackByteForByte() throws {
    let folder = try #require(SharedData.folder)
    let bytes = Array(try Data(contentsOf: folder.appendingPathComponent("ucs/point_zero_two.ucs")))
    let document = try UCSDocument(bytes: bytes, name: "point_zero_two")
    #expect(try document.serialized(document.simfile).bytes == bytes)
    #expect(document.simfile.charts[0].notes.count > 500)
    let again = try UCSDocument(bytes: UCSDocument.written(document.simfile, chart: 0).bytes, name: "x")
    let (old, new) = (Self.times(document.simfile.charts[0]), Self.times(again.simfile.charts[0]))
    #expect(old.count == new.count && zip(old, new).allSatisfy { abs($0 - $1) < 0.0005 })
  }

  /// Charts with random tempos, stops, delays and warps: every judged note comes back at its time.
  @Test(arguments: 0..<40) func timesSurviveTheWayToUCSAndBack(seed: UInt64) throws {
    var random = Seeded(seed)
    let chart = UCSTests.randomChart(using: &random)
    let (bytes, _) = try UCSDocument.written(Simfile(charts: [chart]), chart: 0)
    let back = try UCSDocument(bytes: bytes, name: "x").simfile.charts[0]
    let map = TimingMap(chart.timing ?? TimingData())
    let expected = chart.notes.filter { map.isJudged($0.row) }.map {
      (map.seconds(at: $0.row).value, $0.lane, $0.end.map { map.seconds(at: $0).value })
    }
    let backMap = TimingMap(back.timing ?? TimingData())
    #expect(back.notes.count == expected.count)
    for (note, wanted) in zip(
      back.notes.sorted(), expected.sorted { ($0.0, $0.1.index) < ($1.0, $1.1.index) })
    {
      #expect(abs(backMap.seconds(at: note.row).value - wanted.0) < 0.0005)
      if let end = note.end, let tail = wanted.2 {
        #expect(abs(backMap.seconds(at: end).value - tail) < 0.0005)
      }
    }
  }

  static func randomChart(using random: inout Seeded) -> StepChart {
    var timing = TimingData(offset: Seconds(Double.random(in: -1...1, using: &random)), bpm: 150)
    for _ in 0..<4 {
      let row = Row(Int.random(in: 1..<40, using: &random) * 12)
      timing.bpms.set(Double.random(in: 60...240, using: &random), at: row)
      if Bool.random(using: &random) {
        timing.stops.set(Seconds(Double.random(in: 0.05...1, using: &random)), at: row)
      }
    }
    timing.delays.set(Seconds(0.25), at: Row(Int.random(in: 1..<400, using: &random)))
    timing.warps = [TimingEvent(row: Row(Int.random(in: 200..<300, using: &random)), value: 60)]
    var notes = NoteList()
    for _ in 0..<60 {
      let row = Row(Int.random(in: 0..<500, using: &random))
      let isHold = Int.random(in: 0..<5, using: &random) == 0
      notes.insert(
        Note(
          row: row, lane: Lane(Int.random(in: 0..<5, using: &random)),
          kind: isHold ? .hold(end: row + Int.random(in: 6...48, using: &random)) : .tap))
    }
    // Holds whose ends would fall into a warp lose length there; their heads are what is compared then.
    let warped = TimingMap(timing).warps
    let kept = notes.filter { note in !warped.contains { $0.contains(note.row) || $0.contains(note.lastRow) }
    }
    return StepChart(header: ChartHeader(stepsType: .pumpSingle), timing: timing, notes: NoteList(kept))
  }
}
