import Chart
import Testing

@Suite struct DWITests {
  static func read(_ steps: String, tags: String = "") throws -> DWIReader {
    try DWIReader(Array("#BPM:120;\(tags)#SINGLE:BASIC:5:\(steps);".utf8))
  }

  static func drawn(_ steps: String) throws -> [String] {
    try read(steps).simfile.charts[0].notes.map { note in
      let end = note.end.map { "-\($0.index)" } ?? ""
      return "\(note.row.index)\(end):\(note.lane.index)"
    }
  }

  @Test(arguments: [
    ("4286", ["0:0", "24:1", "48:2", "72:3"]),
    ("(4026)8", ["0:0", "24:1", "36:3", "48:2"]),
    ("[48]6", ["0:0", "8:2", "16:3"]),
    ("`48'6", ["0:0", "1:2", "2:3"]),
    ("10B", ["0:0", "0:1", "48:0", "48:3"]),
    ("<46>2", ["0:0", "0:3", "24:1"]),
    ("<4060>2", ["0:0", "2:3", "4:1"]),
    ("8!80082", ["0-72:2", "96:1"]),
    ("<4!48>0480", ["0-48:0", "0:2", "72:2"]),
  ])
  func stepsStandWhereTheirBracketsSay(steps: String, drawn: [String]) throws {
    #expect(try Self.drawn(steps) == drawn)
  }

  @Test func tagsBecomeTimingAndHeader() throws {
    let reader = try Self.read(
      "4282", tags: "#TITLE:Old;#GAP:250;#CHANGEBPM:16=240;#FREEZE:8=500,nonsense;")
    let timing = reader.simfile.timing
    #expect(timing.offset == Seconds(-0.25))
    #expect(timing.bpms == [TimingEvent(row: Row(0), value: 120), TimingEvent(row: Row(192), value: 240)])
    #expect(timing.stops == [TimingEvent(row: Row(96), value: Seconds(0.5))])
    #expect(reader.simfile.song[.title] == "Old")
    #expect(reader.simfile.charts[0].header.difficulty == .easy)
    #expect(reader.simfile.charts[0].header.meter == 5)
    #expect(reader.diagnostics.map(\.code) == ["dwi-list"])
  }

  @Test func aHoldThatNothingEndsIsToldAndLettersOfOneKindOnce() throws {
    let reader = try Self.read("4!4?2?6?8!8")
    #expect(reader.diagnostics.map(\.code) == ["dwi-steps", "dwi-hold"])
    #expect(reader.diagnostics[0].message.contains("the first of 3"))
    #expect(reader.diagnostics[1].message.hasPrefix("2 holds are never ended"))
  }

  @Test func moreNotesThanAnyChartHasAreNotRead() throws {
    let reader = try Self.read(String(repeating: "B", count: 500_100))
    #expect(reader.simfile.charts[0].notes.count == 1_000_000)
    #expect(reader.diagnostics.map(\.code) == ["too-many-notes"])
  }

  @Test func doublesJoinTwoPads() throws {
    let reader = try DWIReader(Array("#BPM:120;#DOUBLE:MANIAC:9:40:06;".utf8))
    #expect(reader.simfile.charts[0].header.stepsType == .danceDouble)
    #expect(reader.simfile.charts[0].notes.map(\.lane.index) == [0, 7])
  }

  @Test(arguments: ["", "no tags at all", "#BPM:120;"]) func withoutStepsItIsRefused(text: String) {
    #expect(throws: UnreadableFile.self) { try DWIReader(Array(text.utf8)) }
  }

  @Test(arguments: ["4?2", "!", "4!", "<", "<46", "8!8", "((((", "48>>>"])
  func brokenStepsNeverBreakTheReader(steps: String) throws {
    #expect(try Self.read(steps).simfile.charts[0].notes.invariantsHold)
  }
}

@Suite struct KSFTests {
  static func read(_ rows: [String], tags: String = "", name: String = "Crazy_1") throws -> KSFReader {
    let text =
      "#TITLE:Banya - Fox - Crazy;\n#BPM:120;\n#STARTTIME:50;\n#TICKCOUNT:4;\n#DIFFICULTY:9;\n\(tags)#STEP:\n"
    return try KSFReader(Array((text + rows.joined(separator: "\r\n")).utf8), name: name)
  }

  @Test func rowsBecomeNotesAndHolds() throws {
    let reader = try Self.read([
      "1000000000000", "0040000000000", "0040000000000", "0000100000000", "2222222222222", "1111100000000",
    ])
    let chart = reader.simfile.charts[0]
    #expect(
      Array(chart.notes) == [
        Note(row: Row(0), lane: Lane(0)), Note(row: Row(12), lane: Lane(2), kind: .hold(end: Row(24))),
        Note(row: Row(36), lane: Lane(4)),
      ])
    #expect(chart.header.stepsType == .pumpSingle && chart.header.meter == 9)
    #expect(chart.timing?.offset == Seconds(-0.5))
    #expect(reader.simfile.song[.title] == "Fox" && reader.simfile.song[.artist] == "Banya")
  }

  @Test func commandsChangeTicksTempoAndPauses() throws {
    let chart = try Self.read(
      ["1000000000000", "|T2|", "|B60|", "|D500|", "1000000000000", "|E1|", "1000000000000"]
    ).simfile.charts[0]
    let map = TimingMap(chart.timing ?? TimingData())
    let times = chart.notes.map { map.seconds(at: $0.row).value }
    // Beat 1/4 at 0.625 s and half a second of pause; then half a beat at 60 BPM and a tick's pause.
    for (time, expected) in zip(times, [0.5, 1.125, 2.125]) { #expect(abs(time - expected) < 1e-9) }
  }

  @Test func problemsOfOneKindAreToldOnce() throws {
    let reader = try Self.read(["9000000000000", "0900000000000", "|Q|", "0090000000000"])
    #expect(reader.diagnostics.map(\.code) == ["ksf-cell", "ksf-command"])
    #expect(reader.diagnostics[0].message.hasSuffix("(the first of 3)") && reader.diagnostics[0].line == 7)
  }

  @Test func moreNotesThanAnyChartHasAreNotRead() throws {
    let reader = try Self.read(Array(repeating: "1111100000000", count: 200_100))
    #expect(reader.simfile.charts[0].notes.count <= 1_000_005)
    #expect(reader.diagnostics.map(\.code) == ["too-many-notes"])
  }

  @Test func theNameTellsTheType() throws {
    let half = try Self.read(["0010000100000"], name: "hd-halfdouble").simfile.charts[0]
    #expect(half.header.stepsType == .pumpHalfDouble && half.notes.map(\.lane.index) == [0, 5])
    #expect(try Self.read(["1"], name: "nightmare").simfile.charts[0].header.stepsType == .pumpDouble)
  }

  @Test func aBunkiIsATempoChangeAtItsTime() throws {
    // 300 hundredths after the start, less the start time of 50: 2.5 s at 120 BPM are 5 beats.
    let chart = try Self.read(["1000000000000"], tags: "#BPM2:180;\n#BUNKI:300;\n").simfile.charts[0]
    #expect(
      chart.timing?.bpms == [TimingEvent(row: Row(0), value: 120), TimingEvent(row: Row(240), value: 180)])
  }

  @Test(arguments: [["|"], ["|Tx|"], ["|T0|"], ["|B-3|"], ["9999999999999"], [""], ["1"], ["|M1e300|"]])
  func brokenRowsNeverBreakTheReader(rows: [String]) throws {
    #expect(try Self.read(rows).simfile.charts[0].notes.invariantsHold)
  }

  @Test(arguments: ["", "nothing", "#BPM:120;"]) func withoutStepsItIsRefused(text: String) {
    #expect(throws: UnreadableFile.self) { try KSFReader(Array(text.utf8), name: "x") }
  }
}
