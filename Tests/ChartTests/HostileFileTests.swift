import Chart
import Foundation
import Testing

/// Files that mean harm, or were damaged: they are read, or refused in a line, and take no more than they should.
@Suite struct HostileFileTests {
  struct Seed: Sendable {
    var reader: String
    var name: String
    var bytes: [UInt8]
  }

  /// The inputs that the fuzzer found worth keeping, one folder a reader.
  static let seeds: [Seed] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fuzz/Seeds")
    return ReaderLaws.readers.flatMap { reader -> [Seed] in
      let own = folder.appendingPathComponent(reader)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: own.path)) ?? []
      return names.sorted().compactMap { name -> Seed? in
        guard let data = try? Data(contentsOf: own.appendingPathComponent(name)) else { return nil }
        return Seed(reader: reader, name: name, bytes: [UInt8](data))
      }
    }
  }()

  @Test func theFuzzersInputsBreakNoLaw() {
    #expect(Set(Self.seeds.map(\.reader)) == Set(ReaderLaws.readers))
    for seed in Self.seeds {
      #expect(ReaderLaws.broken(by: seed.bytes, reader: seed.reader) == [], "\(seed.reader)/\(seed.name)")
    }
  }

  /// Our own files with bytes changed, cut out and doubled.
  @Test(arguments: 0..<200) func damagedFilesBreakNoLaw(seed: UInt64) {
    var random = Seeded(seed)
    guard let file = Self.seeds.randomElement(using: &random) else { return }
    var bytes = file.bytes
    for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...20, using: &random))
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<end)
      default: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
      }
    }
    #expect(ReaderLaws.broken(by: bytes, reader: file.reader) == [])
  }

  @Test func filesBeyondAnySimfileAreRefused() {
    let large = [UInt8](repeating: UInt8(ascii: "#"), count: SimfileDocument.sizeLimit + 1)
    let error = #expect(throws: UnreadableFile.self) { try SimfileDocument(bytes: large, name: "a.ssc") }
    #expect(error?.diagnostic.code == "too-large")
  }

  @Test func tagsBeyondAnySimfileAreRefused() {
    let many = Array(String(repeating: "#A;", count: SimfileDocument.valueLimit + 1).utf8)
    let error = #expect(throws: UnreadableFile.self) { try SimfileDocument(bytes: many, name: "a.ssc") }
    #expect(error?.diagnostic.code == "too-many-tags")
  }

  @Test func aHundredThousandTagsAreReadAndChecked() throws {
    let text = String(repeating: "#NOTEDATA:;#STEPSTYPE:pump-single;#NOTES:10000\n;\n", count: 33_000)
    let document = try SimfileTexts.document("#BPMS:0=120;\n" + text)
    #expect(document.simfile.charts.count == 33_000)
    #expect(Lint.findings(in: document).contains { $0.code == "duplicate-chart" && $0.line != nil })
  }

  @Test func aMillionMeasuresAreRead() throws {
    let notes = String(repeating: "0\n,", count: 999_999) + "1"
    let document = try SimfileTexts.document(SimfileTexts.ssc(SimfileTexts.chart(notes)))
    #expect(document.simfile.charts[0].notes.map(\.row) == [.measure(999_999)])
  }

  @Test func moreNotesThanAnyChartHasAreNotRead() throws {
    let notes = String(repeating: "11111\n11111\n11111\n11111\n,\n", count: 60_000)
    let document = try SimfileTexts.document(SimfileTexts.ssc(SimfileTexts.chart(notes)))
    #expect(document.diagnostics.contains { $0.code == "too-many-notes" })
    #expect(document.simfile.charts[0].notes.count <= 1_000_100)
  }

  @Test func aListOfProblemsHasAnEnd() throws {
    let document = try SimfileTexts.document(
      SimfileTexts.ssc(SimfileTexts.chart(String(repeating: "?????\n", count: 20_000))))
    #expect(document.diagnostics.count <= 1001)
    #expect(document.diagnostics.last?.code == "more-problems")
  }

  @Test func nonsenseInBracketsIsOneCell() throws {
    let deep = String(repeating: "{", count: 100_000) + "00001"
    #expect(try SimfileTexts.notes(deep + "\n00001") == ["96:4:tap"])
  }

  @Test func timesFarAwayDoNotOverflow() throws {
    let text = SimfileTexts.ssc(
      SimfileTexts.chart("10000"),
      header: "#STOPS:0=1e300;\n#WARPS:0=39999999;\n#SPEEDS:0=1e300=1e300=1;\n#TICKCOUNTS:0=1e300;\n")
    let document = try SimfileTexts.document(text)
    #expect(ReaderLaws.broken(by: document.bytes, reader: "ssc") == [])
  }
}
