import Audio
import Chart
import Foundation
import Testing

@testable import App

@Suite struct CommandReportTests {
  private static let text = """
    #TITLE:T;
    #MUSIC:song.wav;
    #OFFSET:-0.5;
    #BPMS:0=120;
    #STOPS:1=0.25;
    #FAKES:3=1;
    #NOTEDATA:;
    #STEPSTYPE:pump-single;
    #NOTES:
    10000
    01010
    00M00
    00001
    ;
    """

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.text, to: "song.ssc")
    try AudioClip(rate: 8000, channels: [[Float](repeating: 0, count: 40_000)])
      .write(to: folder.url.appending(path: "song.wav").path)
    return folder
  }

  @Test func ticksAreAtTheFramesOfJudgedStepsAndNowhereElse() throws {
    let folder = try folder()
    let simulation = try Simulation(of: SongLocation(path: folder.url.path), named: "song", chart: 0)
    // Beat 0 at 0.5 s, beat 1 at 1 s; a mine is no step and beat 3 is faked.
    #expect(simulation.steps == [Seconds(0.5), Seconds(1)])
    let sound = simulation.program(ticksOnly: true).rendered().channels[0]
    let starts = sound.indices.dropFirst().filter { abs(sound[$0]) > 0.55 && abs(sound[$0 - 1]) < 0.1 }
    #expect(starts == [4000, 8000])
    #expect(SimulationReport(simulation, output: "o").ticks.map(\.frame) == [4000, 8000])
  }

  @Test func timesOfAListAreThoseOfItsNotes() throws {
    let folder = try folder()
    let file = try SongFile(at: folder.url.path)
    let chart = file.simfile.charts[0]
    let map = TimingMap(file.simfile.timing(of: chart))
    let list = NoteReport.list(chart.notes, timing: map)
    #expect(list.map(\.seconds) == chart.notes.map { map.seconds(at: $0.row).value })
    #expect(list.map(\.judged) == [true, true, true, true, false])
  }

  @Test func countsTellRowsFromSteps() throws {
    let folder = try folder()
    let counts = ChartCounts(try SongFile(at: folder.url.path).simfile.charts[0])
    #expect(counts.summary == "3 rows, 1 jump, 1 mine")
  }

  @Test func aFoundTempoCanBeginMeasuresEarlier() {
    var timing = TimingData(offset: Seconds(-1), bpm: 120)
    timing.bpms.set(60, at: Row(96))
    let moved = timing.beginning(before: Seconds(-2.5))
    #expect(moved.offset == Seconds(3))
    let (before, after) = (TimingMap(timing), TimingMap(moved))
    for row in [0, 48, 96, 144].map(Row.init) {
      #expect(after.seconds(at: row + 2 * Row.perMeasure) == before.seconds(at: row))
    }
    #expect(timing.beginning(before: Seconds(1)) == timing)
  }

  @Test func jsonEscapesWhatTurnsTextRound() throws {
    #expect(try JSONOutput.text(["a\u{202E}b\u{9B}c\u{E0001}한"]) == #"["a\u202eb\u009bc\udb40\udc01한"]"#)
  }

  @Test func jsonRefusesNumbersThatItCannotWrite() {
    #expect(throws: CommandError.self) { try JSONOutput.text([Double.infinity]) }
  }

  @Test func inputsAreFilesFoldersAndPatterns() throws {
    let folder = try folder()
    try folder.write(Self.text, to: "pack/b/two.SM")
    try folder.write(Self.text, to: "pack/a/one.ssc")
    try folder.write(Self.text, to: "pack/.hidden/no.ssc")
    try folder.write("", to: "pack/a/one.ssc.old")
    func names(_ arguments: String...) -> [String] {
      InputFiles(arguments.map { folder.url.path + "/" + $0 }).files.map(\.lastPathComponent)
    }
    #expect(names("pack") == ["one.ssc", "two.SM"])
    #expect(names("song.ssc", "pack/*/*.SM", "pack") == ["song.ssc", "two.SM", "one.ssc"])
    #expect(InputFiles([folder.url.path + "/pack/*/*.ucs", "none"]).problems.count == 2)
  }

  @Test func aDeviceIsNotReplacedByAFile() throws {
    let folder = try folder()
    #expect(throws: SystemFailure(code: ENOTSUP)) {
      try FileStore.replace(URL(filePath: "/dev/null"), with: Data())
    }
    #expect(throws: SystemFailure(code: EISDIR)) {
      try FileStore.replace(folder.url, with: Data())
    }
  }

  @Test func theBarFillsUp() {
    #expect(ProgressBar.line(0, of: 4).hasSuffix("]   0 %"))
    #expect(
      ProgressBar.line(2, of: 4) == "[" + String(repeating: "#", count: 15)
        + String(repeating: " ", count: 15) + "]  50 %")
    #expect(ProgressBar.line(4, of: 4).hasSuffix("#] 100 %"))
  }
}
