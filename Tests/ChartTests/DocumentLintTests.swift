import Chart
import Testing

/// Findings in files: each with the line that it is about.
@Suite struct DocumentLintTests {
  struct Breach: Sendable, CustomTestStringConvertible {
    var code: String
    var text: String
    var line: Int?
    var testDescription: String { code }
  }

  static let breaches: [Breach] = [
    Breach(code: "unterminated-tag", text: "#TITLE:a\n#MUSIC:m.ogg;\n#BPMS:0=120;\n", line: 1),
    Breach(code: "repeated-tag", text: "#TITLE:a;\n#TITLE:b;\n#BPMS:0=120;\n", line: 2),
    Breach(
      code: "late-song-tag", text: SimfileTexts.ssc(SimfileTexts.chart("10000") + "#GENRE:x;\n"), line: 15),
    Breach(code: "unknown-tag", text: "#TITLE:a;\n#TILTE:b;\n#BPMS:0=120;\n", line: 2),
    Breach(
      code: "odd-rows",
      text: SimfileTexts.ssc(SimfileTexts.chart("10000\n00000\n,\n10000\n00000\n00000\n00001\n00000")),
      line: 19),
    Breach(
      code: "unclosed-hold", text: SimfileTexts.ssc(SimfileTexts.chart("00000\n20000\n00000\n00000")),
      line: 14),
    Breach(
      code: "level-mismatch",
      text: SimfileTexts.ssc(SimfileTexts.chart("10000").replacing(":5;", with: ":6;")),
      line: 11),
    Breach(
      code: "warped-notes",
      text: SimfileTexts.ssc(SimfileTexts.chart("10000\n01000"), header: "#WARPS:2=1;\n"),
      line: 15),
    Breach(
      code: "nested-warp",
      text: SimfileTexts.ssc(SimfileTexts.chart("10000", tags: "#BPMS:0=120;\n#WARPS:2=4,\n3=1;\n")), line: 13
    ),
    Breach(code: "missing-title", text: "#MUSIC:m.ogg;\n#BPMS:0=120;\n#TITLE:;\n", line: 3),
  ]

  @Test(arguments: breaches) func aBreachIsFoundOnItsLine(breach: Breach) throws {
    let found = Lint.findings(in: try SimfileTexts.document(breach.text))
    let finding = try #require(found.first { $0.code == breach.code }, "found \(found.map(\.code))")
    #expect(finding.line == breach.line)
  }

  @Test func anEncodingThatIsNotUTF8IsSaid() throws {
    let bytes = Array("#TITLE:caf".utf8) + [0xE9] + Array(";".utf8)
    let found = Lint.findings(in: try SimfileDocument(bytes: bytes, name: "a.ssc"))
    #expect(found.first { $0.code == "old-encoding" }?.message == "the file is read as CP1252, not as UTF-8")
  }

  @Test func findingsComeInTheOrderOfLines() throws {
    let lines = Lint.findings(
      in: try SimfileTexts.document(SimfileTexts.ssc(SimfileTexts.chart("20000\n10?11\n00000\n1")))
    )
    .compactMap(\.line)
    #expect(lines == lines.sorted())
    #expect(lines.count > 2)
  }
}
