import Audio
import Foundation
import SyntheticSongs
import Tempo
import Testing

@testable import App

@Suite struct TempoCommandTests {
  @Test(arguments: BeatlessSound.all) func aSoundWithoutTempoIsToldInOneLine(sound: BeatlessSound) throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "sound.wav").path
    try sound.clip().write(to: path)
    #expect(CommandLineProgram.run(["tempo", path]) == 1)
    let command = try TempoCommand.parse([path])
    let error = #expect(throws: CommandError.self) { try command.run() }
    #expect(error?.text == "\(path): no tempo found: place beats by hand, or name a sound with a beat")
  }

  @Test func eachSegmentIsWrittenWithItsFitAndItsAlternatives() throws {
    let song = ChangingSong(.steps, seed: 3)
    let report = TempoReport(try TempoFinder().estimate(song.clip()))
    let segment = try #require(
      report.segments.first { $0.alternatives.contains { $0.reading == "beat earlier" } })
    #expect(try #require(segment.worst) < 0.015)
    let names = Set(segment.alternatives.map(\.reading))
    #expect(names.isSuperset(of: ["double", "half", "beat earlier", "beat later"]))
    for other in segment.alternatives where other.reading.hasPrefix("beat") {
      #expect(try #require(other.scatter) > (segment.scatter ?? 1), "the joint is where it fits best")
    }
    let line = try #require(report.lines.last { $0.contains("half") })
    #expect(line.contains(" ms") && line.contains("double") && line.contains(" %"))
  }
}
