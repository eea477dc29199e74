import App
import Chart
import Foundation
import Testing

@Suite("The feet in check")
struct FootCheckTests {
  /// All four corners at once, twice, after steps that anyone can take.
  private static let song = """
    #VERSION:0.83;
    #TITLE:Corners;
    #OFFSET:0;
    #BPMS:0=120;
    #NOTEDATA:;
    #STEPSTYPE:pump-single;
    #DIFFICULTY:Easy;
    #METER:3;
    #NOTES:
    10000
    00001
    00100
    11011
    ,
    10000
    11011
    00100
    00000
    ;
    """

  @Test func whatTheFeetFindIsANoteAndNoMore() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(FootCheckTests.song, to: "corners.ssc")
    let all = CheckedFile(file, least: .note, sounds: nil).diagnostics
    let found = try #require(all.first { $0.code == "impossible-step" })
    #expect(found.message == "2 impossible steps, first at measure 0, beat 3")
    #expect(found.severity == .note)
    #expect(found.chart == 0)
    #expect(found.row == Row(144))
    let usual = CheckedFile(file, least: .warning, sounds: nil).diagnostics
    #expect(!usual.contains { $0.code == "impossible-step" })
  }
}
