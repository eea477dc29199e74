import Chart
import Testing

/// Numbers that no song can mean are read as nothing, and said, whatever the format.
@Suite struct DamagedNumberTests {
  static let numbers = ["nan", "inf", "-inf", "1e30", "-1e300", "1e7000"]

  @Test(arguments: numbers) func aGapOfADWIIsATime(number: String) throws {
    let reader = try DWIReader(Array("#BPM:120;#GAP:\(number)000;#GAP:\(number);#SINGLE:BASIC:5:4;".utf8))
    #expect(reader.simfile.timing.offset == .zero)
    #expect(reader.diagnostics.contains { $0.code == "dwi-gap" })
  }

  @Test(arguments: numbers) func aStartTimeOfAKSFIsATime(number: String) throws {
    let text =
      "#BPM:\(number);\n#STARTTIME:\(number);\n#TICKCOUNT:4;\n#STEP:\n1000000000000\n|D\(number)|\n1000000000000\n"
    let reader = try KSFReader(Array(text.utf8), name: "Hard_1")
    #expect(reader.simfile.timing.offset == .zero)
    #expect(reader.diagnostics.contains { $0.code == "ksf-start" })
    #expect(reader.simfile.timing.delays.allSatisfy { $0.value < Seconds(Seconds.furthest) })
  }

  @Test(arguments: ["1e30", "-1e30", "1000000"], ["a.ssc", "a.sm"])
  func offsetsAndPausesAreTimes(number: String, name: String) throws {
    let text = "#TITLE:T;\n#OFFSET:\(number);\n#BPMS:0=120;\n#STOPS:1=\(number);\n#DELAYS:2=\(number);\n"
    let document = try SimfileTexts.document(text, name: name)
    let timing = document.simfile.timing
    #expect(timing.offset == .zero && timing.stops.isEmpty && timing.delays.isEmpty && timing.warps.isEmpty)
    #expect(document.diagnostics.filter { $0.code == "bad-timing" }.count == 3)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300])
  func aRowIsNeverBeyondWhatRowsCanBe(beat: Double) {
    #expect(abs(Beat(beat).row.index) <= 1 << 40)
  }
}
