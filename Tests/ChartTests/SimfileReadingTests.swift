import Chart
import Testing

/// Tags and timing of both formats.
@Suite struct SimfileReadingTests {
  @Test func aChartWithAnyTimingOfItsOwnHasOnlyItsOwn() throws {
    let text = SimfileTexts.ssc(
      SimfileTexts.chart("10000", tags: "#STOPS:;\n"), SimfileTexts.chart("10000"),
      SimfileTexts.chart("10000", tags: "#OFFSET:0.5;\n#BPMS:0=200;\n"))
    let simfile = try SimfileTexts.document(text).simfile
    #expect(simfile.charts[0].timing?.bpms == [])
    #expect(simfile.charts[0].timing?.offset == Seconds(-0.1))
    #expect(simfile.charts[1].timing == nil)
    #expect(simfile.timing(of: simfile.charts[1]).bpm(at: .zero) == 120)
    #expect(simfile.charts[2].timing?.offset == Seconds(0.5))
    #expect(simfile.charts[2].timing?.bpm(at: .zero) == 200)
  }

  @Test func tagsBetweenChartsBelongToTheSong() throws {
    let text = SimfileTexts.ssc(SimfileTexts.chart("10000") + "#ARTIST:Late;\n" + SimfileTexts.chart("01000"))
    #expect(try SimfileTexts.document(text).simfile.song[.artist] == "Late")
  }

  @Test func everyTimingListIsRead() throws {
    let lists = """
      #STOPS:1=0.5;
      #DELAYS:2=0.25;
      #WARPS:3=2;
      #FAKES:4=1;
      #SCROLLS:0=1,5=0,6=-2;
      #SPEEDS:0=1,8=2.5=4=1;
      #TIMESIGNATURES:0=3=4;
      #TICKCOUNTS:0=4,1=60;
      #COMBOS:0=1,2=3=4;
      #LABELS:0=Intro,4=A\\:B;

      """
    let timing = try SimfileTexts.document(SimfileTexts.ssc(header: lists)).simfile.timing
    #expect(timing.stops == [TimingEvent(row: Row(48), value: Seconds(0.5))])
    #expect(timing.delays == [TimingEvent(row: Row(96), value: Seconds(0.25))])
    #expect(timing.warps == [TimingEvent(row: Row(144), value: 96)])
    #expect(timing.fakes == [TimingEvent(row: Row(192), value: 48)])
    #expect(timing.scrolls.map(\.value) == [1, 0, -2])
    #expect(timing.speeds.last?.value == SpeedChange(ratio: 2.5, delay: 4, isInSeconds: true))
    #expect(timing.timeSignatures.map(\.value) == [TimeSignature(numerator: 3, denominator: 4)])
    #expect(timing.tickcounts.map(\.value) == [4, 48])
    #expect(timing.combos.map(\.value) == [ComboFactor(hit: 1, miss: 1), ComboFactor(hit: 3, miss: 4)])
    #expect(timing.labels.map(\.value) == ["Intro", "A:B"])
  }

  @Test func impossibleEntriesAreLeftOutAndTold() throws {
    let document = try SimfileTexts.document(
      SimfileTexts.ssc(header: "#BPMS:0=100,-4=90,4=-5,8=nan,1e300=7,12=130=2;\n"))
    #expect(document.simfile.timing.bpms == [TimingEvent(row: .zero, value: 100)])
    #expect(document.diagnostics.map(\.code) == ["bad-timing"])
  }

  @Test func theLaterOfTwoEventsOnARowCountsAndRedundantOnesStay() throws {
    let timing = try SimfileTexts.document(SimfileTexts.ssc(header: "#BPMS:4=150,0=100,4=160,8=160;\n"))
      .simfile.timing
    #expect(timing.bpms.map(\.value) == [100, 160, 160])
  }

  @Test func oldVersionsWriteTheEndsOfWarpsAndNoChartTiming() throws {
    let text =
      "#VERSION:0.6;\n#BPMS:0=120;\n#WARPS:2=6;\n" + SimfileTexts.chart("10000", tags: "#BPMS:0=77;\n")
    let simfile = try SimfileTexts.document(text).simfile
    #expect(simfile.timing.warps.map(\.value) == [4 * 48])
    #expect(simfile.charts[0].timing == nil)
  }

  @Test func unknownTagsAreKept() throws {
    let text = SimfileTexts.ssc(
      SimfileTexts.chart("10000", tags: "#PATCHINFO:v1:2;\n"), header: "#BGCHANGES:0=a.mpg=1,\n4=b.mpg=1;\n")
    let simfile = try SimfileTexts.document(text).simfile
    #expect(simfile.song.extras == [ExtraTag(name: "BGCHANGES", content: "0=a.mpg=1,\n4=b.mpg=1")])
    #expect(simfile.charts[0].header.extras == [ExtraTag(name: "PATCHINFO", content: "v1:2")])
  }

  @Test func oldFormatHasItsChartInOneTag() throws {
    let text =
      "#TITLE:Tapir;\n#BPMS:0=120;\n#NOTES:\n  pump-single:\n  K. Ward:\n  maniac:\n  :\n  0,0,0:\n10000\n00000;\n"
    let chart = try #require(try SimfileTexts.document(text, name: "a.sm").simfile.charts.first)
    #expect(
      chart.header
        == ChartHeader(stepsType: .pumpSingle, description: "K. Ward", difficulty: .hard, meter: 1))
    #expect(chart.notes.count == 1)
  }

  struct Legacy: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bpms: String
    var stops = ""
    var warps: [[Int]]
    var stopRows: [Int] = []
    var bpmRows: [Int] = [0]
  }

  static let legacy: [Legacy] = [
    Legacy(testDescription: "a negative stop", bpms: "0=120", stops: "4=-1", warps: [[192, 96]]),
    Legacy(testDescription: "a negative tempo and back", bpms: "0=120,4=-120,8=120", warps: [[192, 8 * 48]]),
    Legacy(
      testDescription: "another tempo pays", bpms: "0=60,4=-60,8=120", warps: [[192, 12 * 48]],
      bpmRows: [0, 192]),
    Legacy(testDescription: "a huge tempo", bpms: "0=120,4=99999999,6=120", warps: [[192, 96]]),
    Legacy(
      testDescription: "a stop pays and more", bpms: "0=120", stops: "4=-1,5=2", warps: [[192, 48]],
      stopRows: [240]),
    Legacy(testDescription: "plain stops", bpms: "0=120", stops: "4=0.5", warps: [], stopRows: [192]),
  ]

  @Test(arguments: legacy) func negativeTempiAndStopsAreWarps(example: Legacy) throws {
    let text = "#BPMS:\(example.bpms);\n#STOPS:\(example.stops);\n"
    let timing = try SimfileTexts.document(text, name: "a.sm").simfile.timing
    #expect(timing.warps.map { [$0.row.index, $0.value] } == example.warps)
    #expect(timing.stops.map(\.row.index) == example.stopRows)
    #expect(timing.bpms.map(\.row.index) == example.bpmRows)
  }

  @Test func pausesBeforeTheFirstBeatMoveTheMusic() throws {
    let timing = try SimfileTexts.document("#OFFSET:1;#BPMS:0=120;#STOPS:-4=0.25;", name: "a.sm").simfile
      .timing
    #expect(timing.offset == Seconds(0.75))
    #expect(timing.stops.isEmpty)
  }

  @Test(arguments: ["a.mp3", "noname", "a.ssc.old"]) func otherFilesAreRefused(name: String) {
    #expect(throws: UnreadableFile.self) { try SimfileDocument(bytes: Array("#TITLE:x;".utf8), name: name) }
  }

  @Test func aFileWithoutTagsIsRefused() {
    #expect(throws: UnreadableFile.self) { try SimfileDocument(bytes: [0, 1, 2, 255], name: "a.ssc") }
  }

  struct Encoded: Sendable {
    var bytes: [UInt8]
    var encoding: TextEncoding
    var title: String
  }

  static let encoded: [Encoded] = [
    Encoded(bytes: Array("한국".utf8), encoding: .utf8, title: "한국"),
    Encoded(bytes: [0xC7, 0xD1, 0xB1, 0xB9], encoding: .korean, title: "한국"),
    Encoded(bytes: [0x82, 0xB3, 0x82, 0xAD, 0x82, 0xE7], encoding: .japanese, title: "さくら"),
    Encoded(bytes: [0x63, 0x61, 0x66, 0xE9], encoding: .western, title: "café"),
    Encoded(bytes: [0x81, 0x20], encoding: .western, title: "\u{81} "),
  ]

  @Test(arguments: encoded) func encodingsAreFoundOutAndKept(example: Encoded) throws {
    let bytes = Array("#TITLE:".utf8) + example.bytes + Array(";\n#ARTIST:a;\n#BPMS:0=120;\n".utf8)
    let document = try SimfileDocument(bytes: bytes, name: "a.ssc")
    #expect(document.encoding == example.encoding)
    #expect(document.simfile.song[.title] == example.title)
    var edited = document.simfile
    edited.song[.artist] = "b"
    let expected = Array("#TITLE:".utf8) + example.bytes + Array(";\n#ARTIST:b;\n#BPMS:0=120;\n".utf8)
    #expect(document.serialized(edited).bytes == expected)
  }

  /// The second byte of 表 and ソ is that of the sign that escapes.
  @Test(arguments: ["表", "ソロ", "予定表"]) func textWhoseBytesAreReadAsAnEscapeMakesTheFileUTF8(title: String)
    throws
  {
    let bytes = Array("#TITLE:".utf8) + [0x82, 0xB3, 0x82, 0xAD, 0x82, 0xE7] + Array(";\n#ARTIST:a;\n".utf8)
    let document = try SimfileDocument(bytes: bytes, name: "a.ssc")
    try #require(document.encoding == .japanese)
    var edited = document.simfile
    edited.song[.artist] = title
    let written = document.serialized(edited)
    #expect(String(validating: written.bytes, as: UTF8.self) == "#TITLE:さくら;\n#ARTIST:\(title);\n")
    #expect(written.losses.map(\.instead) == ["UTF-8"])
    edited.song[.artist] = "さくら"
    #expect(
      try SimfileDocument(bytes: document.serialized(edited).bytes, name: "a.ssc").encoding == .japanese)
  }

  @Test func textThatAnOldEncodingCannotHoldMakesTheFileUTF8() throws {
    let bytes = Array("#TITLE:caf".utf8) + [0xE9] + Array(";\n#ARTIST:a;\n".utf8)
    let document = try SimfileDocument(bytes: bytes, name: "a.ssc")
    var edited = document.simfile
    edited.song[.artist] = "한국"
    let written = document.serialized(edited)
    #expect(String(validating: written.bytes, as: UTF8.self) == "#TITLE:café;\n#ARTIST:한국;\n")
    #expect(written.losses.count == 1)
  }
}
