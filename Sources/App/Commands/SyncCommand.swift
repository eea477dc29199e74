import ArgumentParser
import Audio
import Chart
import Foundation
import Tempo

/// `learnitup sync FILE`: how well a chart's timing fits its sound, and the offset's convention changed on request.
package struct SyncCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Tell how well a chart's timing fits its sound.",
    discussion: """
      Compares the beats with what is heard, eight beats at a time: how late the sound is on the whole, in each \
      stretch between two changes of tempo, by how much that grows (drift), and which places are far from the rest. \
      Charts of the ITG tradition are 9 ms before the sound; --convention with --output writes a copy for the other \
      tradition, and says so. The exit code is 1 when places are suspicious.
      """)

  @Argument(help: "A chart or a song folder.", completion: .file())
  var file: String

  @Flag(help: "Print the report (also without this flag, unless --convention is given).")
  var report = false

  @Option(help: "The chart whose own timing is compared, from 0; without it the song's.")
  var chart: Int?

  @Option(help: "null or itg: write the chart for this offset to --output.")
  var convention: SyncCheck.Convention?

  @Option(name: .shortAndLong, help: "Where the changed chart goes.", completion: .file())
  var output: String?

  @Flag(help: "Print JSON (see docs/json.md).")
  var json = false

  package init() {}

  package func validate() throws {
    if (convention == nil) != (output == nil) {
      throw ValidationError("--convention and --output belong together")
    }
  }

  package func run() throws {
    let song = try OpenedSong(path: file)
    let timing = try timing(of: song.simfile)
    let own = chart.map { song.simfile.charts[$0] }
    let music = try song.music(of: own, for: "compare with", named: file)
    let clip = try AudioClip.decodeTelling(music.path)
    let check = try SyncCheck(timing, against: clip)
    if let convention, let output {
      try change(song.file, to: convention, from: check, at: output)
      if !report { return }
    }
    try tell(SyncReport(check, offset: timing.offset))
    if !check.suspicious.isEmpty || check.lateness == nil {
      throw CommandError(
        .problems, file: file,
        check.lateness == nil
          ? "nothing sets in near the beats" : "\(check.suspicious.count) suspicious places",
        remedy: "look at them in sync mode")
    }
  }

  private func tell(_ report: SyncReport) throws {
    if json { return try JSONOutput.print(report) }
    for line in report.lines { Console.print(line) }
  }

  private func timing(of simfile: Simfile) throws(CommandError) -> TimingData {
    var timing = simfile.timing
    if let chart {
      guard simfile.charts.indices.contains(chart) else {
        throw CommandError(noChart: chart, of: simfile, file: file)
      }
      timing = simfile.timing(of: simfile.charts[chart])
    } else if timing.bpms.isEmpty, let own = simfile.charts.lazy.compactMap(\.timing).first {
      timing = own
    }
    guard !timing.bpms.isEmpty else {
      throw CommandError(
        .problems, file: file, "no tempo is written", remedy: "find it with \(Program.name) tempo")
    }
    return timing
  }

  /// Writes the chart with all offsets moved to the other convention.
  private func change(
    _ file: SongFile, to convention: SyncCheck.Convention, from check: SyncCheck, at output: String
  ) throws(CommandError) {
    guard let present = check.convention else {
      throw CommandError(
        .problems, file: self.file, "the offset follows neither convention", remedy: "see the report first")
    }
    var simfile = file.simfile
    // Beats before the sound have the larger OFFSET.
    let shift = SyncCheck.bias * (present == convention ? 0 : convention == .itg ? 1 : -1)
    simfile.timing.offset += shift
    for index in simfile.charts.indices { simfile.charts[index].timing?.offset += shift }
    let target = URL(filePath: output)
    let written = try file.serialized(simfile, chart: chart ?? 0, at: target)
    try OutputFile.write(written.bytes, to: target)
    OutputFile.tell(written.losses, of: target)
    let moved = Int((shift.value * 1000).rounded())
    Console.note(
      "\(output.printable): \(present.rawValue) before, \(convention.rawValue) now, offsets moved by \(moved) ms"
    )
  }
}

extension SyncCheck.Convention: ExpressibleByArgument {}
