import Chart
import Testing

/// Note data read by StepMania's rules, the traps that other readers fell into among them.
@Suite struct NoteDataTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var data: String
    var type = "pump-single"
    var notes: [String]
  }

  static let cases: [Case] = [
    Case(
      testDescription: "every kind", data: "12M04\nF0KL0\n03003\n00000",
      notes: ["0:0:tap", "0:1:hold-96", "0:2:mine", "0:4:roll-96", "48:0:fake", "48:2:keysound", "48:3:lift"]),
    Case(
      testDescription: "any number of lines",
      data: "10000\n00000\n00000\n00000\n01000\n00000\n00000\n00000\n00000",
      notes: ["0:0:tap", "85:1:tap"]),
    Case(
      testDescription: "nothing between commas is no measure", data: "10000\n,,\n10000",
      notes: ["0:0:tap", "192:0:tap"]),
    Case(
      testDescription: "a line end between commas is an empty measure", data: "10000\n,\n,\n10000",
      notes: ["0:0:tap", "384:0:tap"]),
    Case(
      testDescription: "the first measure may be empty", data: ",\n00100\n00000", notes: ["192:2:tap"]),
    Case(
      testDescription: "comments, blanks and commas in comments",
      data: "// 1, 2, 3\n  10000 // one\n\n01000\t\n,  // measure 1\n00100",
      notes: ["0:0:tap", "96:1:tap", "192:2:tap"]),
    Case(testDescription: "unknown letters are nothing", data: "1?m0A", notes: ["0:0:tap"]),
    Case(
      testDescription: "ragged rows", data: "1\n0000011\n00001\n111",
      notes: ["0:0:tap", "96:4:tap", "144:0:tap", "144:1:tap", "144:2:tap"]),
    Case(
      testDescription: "a head without a tail is dropped", data: "20000\n01000\n00000\n00000",
      notes: ["48:1:tap"]),
    Case(
      testDescription: "a tail without a head is passed over", data: "00000\n30000\n10000\n00000",
      notes: ["96:0:tap"]),
    Case(testDescription: "a tap breaks a hold", data: "20000\n10000\n30000\n00000", notes: ["48:0:tap"]),
    Case(testDescription: "a fake breaks a hold", data: "20000\nF0000\n30000\n00000", notes: ["48:0:fake"]),
    Case(
      testDescription: "a keysound does not", data: "20000\nK0000\n30000\n00000", notes: ["0:0:hold-96"]),
    Case(
      testDescription: "keysound numbers", data: "1[12]0M[3]00\n00001",
      notes: ["0:0:tap:k12", "0:2:mine:k3", "96:4:tap"]),
    Case(
      testDescription: "StepF2 cells count as one column",
      data: "{1|v|0|0}0{M|n|1|0}01\n00S0V\n{2|h|0|0}0H00\n{3|h|0|0}0000",
      notes: [
        "0:0:tap:vanish", "0:2:mine:unjudged", "0:4:tap", "48:2:tap:sudden", "48:4:tap:vanish",
        "96:0:hold-144:hidden", "96:2:tap:hidden",
      ]),
    Case(
      testDescription: "co-op letters", data: "X0000y0000\n0000000000\n000003000Z\n1000000000",
      type: "pump-double",
      notes: ["0:0:tap:p0", "0:5:hold-96:p1", "96:9:tap:p2", "144:0:tap"]),
    Case(
      testDescription: "a layer for each player", data: "1000000000\n&\n0200000000\n0300000000",
      type: "pump-routine",
      notes: ["0:0:tap:p0", "0:1:hold-96:p1"]),
    Case(testDescription: "item numbers are no notes", data: "{108}0001", notes: ["0:4:tap"]),
  ]

  @Test(arguments: cases) func reads(example: Case) throws {
    #expect(try SimfileTexts.notes(example.data, type: example.type) == example.notes)
  }

  @Test func theLastRowNeedsNoLineEnd() throws {
    let document = try SimfileTexts.document("#NOTEDATA:;#STEPSTYPE:dance-single;#NOTES:1000\n0000,0001;")
    #expect(document.simfile.charts[0].notes.map(\.row) == [Row(0), Row(192)])
  }

  @Test func anUnknownStepsTypeKeepsItsWidth() throws {
    let document = try SimfileTexts.document(
      SimfileTexts.ssc(SimfileTexts.chart("0000001\n0000000", type: "horse-single")))
    #expect(document.simfile.charts[0].notes.map(\.lane) == [Lane(6)])
    #expect(document.diagnostics.map(\.code) == ["unknown-steps-type"])
  }

  @Test func diagnosticsNameTheirLines() throws {
    let document = try SimfileTexts.document(
      SimfileTexts.ssc(SimfileTexts.chart("00000\n30000\n1000\n00?00")))
    #expect(document.diagnostics.map(\.code) == ["unmatched-tail", "short-row", "unknown-note"])
    #expect(document.diagnostics.map(\.line) == [14, 15, 16])
  }
}
