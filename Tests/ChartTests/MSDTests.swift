import Chart
import Testing

/// The text layer of simfiles, case by case.
@Suite struct MSDTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var values: [[String]]
    var testDescription: String { text }

    init(_ text: String, _ values: [[String]]) {
      self.text = text
      self.values = values
    }
  }

  static let cases: [Case] = [
    Case("#TITLE:Tapir;", [["TITLE", "Tapir"]]),
    Case("\u{FEFF}stray text\n#A:1;junk#B:2;", [["A", "1"], ["B", "2"]]),
    Case("#A:1:2:;", [["A", "1", "2", ""]]),
    Case("#A;", [["A"]]),
    Case("#A:one // two; three\n four;", [["A", "one \n four"]]),
    // The `:` of the address ends a param, and `//` hides the `;`.
    Case("#A:http://x;\n#B:2;", [["A", "http", ""], ["B", "2"]]),
    Case(##"#A:\:\;\#\\\/\/x;"##, [["A", ##":;#\//x"##]]),
    Case("#A:1\n#B:2;", [["A", "1"], ["B", "2"]]),
    Case("#A:1 \r\n\t #B:2;", [["A", "1"], ["B", "2"]]),
    Case("#A:in #line;", [["A", "in #line"]]),
    Case("#TITLE:#1;", [["TITLE", ""], ["1"]]),
    Case(##"#TITLE:\#1;"##, [["TITLE", "#1"]]),
    Case("#A:unfinished", [["A", "unfinished"]]),
    Case("\\#A:1;#B:2;", [["B", "2"]]),
    Case("//#A:1;\n#B:2;", [["B", "2"]]),
    Case("##A:1;", [[""], ["A", "1"]]),
    Case("#A:\\", [["A", ""]]),
    Case("", []),
  ]

  @Test(arguments: cases) func readsAsStepManiaDoes(example: Case) {
    let bytes = Array(example.text.utf8)
    let values = MSDScanner.values(in: bytes).map { value in
      value.params.map { String(decoding: MSDText.unescaped(bytes, $0), as: UTF8.self) }
    }
    #expect(values == example.values)
  }

  @Test(arguments: ["a:b", "a;b", "#1", "http://x", "a///b", "////", "\\", "a\\//b", "/", "//;#:\\"])
  func escapedTextReadsBack(text: String) {
    let bytes = Array("#A:".utf8) + MSDText.escaped(text.utf8) + Array(";#B:1;".utf8)
    let values = MSDScanner.values(in: bytes)
    #expect(values.count == 2)
    #expect(values[0].params.count == 2)
    #expect(String(decoding: MSDText.unescaped(bytes, values[0].params[1]), as: UTF8.self) == text)
  }

  @Test func valuesStopAtTheLimit() {
    let bytes = Array(String(repeating: "#A:1;", count: 100).utf8)
    #expect(MSDScanner.values(in: bytes, limit: 7).count == 7)
  }
}
