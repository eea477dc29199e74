import ArgumentParser
import Chart
import Foundation

/// `learnitup convert IN -o OUT`: a chart file in another format.
package struct ConvertCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write a chart file in another format.",
    discussion: """
      What the new format cannot say is told, with its measure and what was written instead. A file of the same \
      format gets the same bytes. A .ucs file holds one chart: without --chart the first that fits.
      """)

  @Argument(help: "A chart (.ssc, .sm, .ucs, .dwi, .ksf) or a song folder.", completion: .file())
  var file: String
  @Option(name: .shortAndLong, help: "The file to write (.ssc, .sm, .ucs).", completion: .file())
  var output: String
  @Option(help: "Only this chart of the file, from 0.")
  var chart: Int?
  @Flag(help: "Write nothing when something would be lost.")
  var strict = false
  @Flag(help: "Print JSON.")
  var json = false

  package init() {}

  package func run() throws {
    let input = try SongFile(at: file)
    let target = URL(filePath: output)
    let written = try converted(input, to: target)
    let isRefused = strict && !written.losses.isEmpty
    if !isRefused { try OutputFile.write(written.bytes, to: target) }
    if json {
      try JSONOutput.print(
        ConversionReport(
          input: input.url.path, output: target.path, written: !isRefused, losses: written.losses))
    }
    OutputFile.tell(written.losses, of: target)
    if isRefused {
      throw CommandError(
        .problems, file: target.path, "not written, since something would be lost",
        remedy: "leave --strict away to write it all the same")
    }
  }

  private func converted(_ input: SongFile, to target: URL) throws(CommandError) -> SerializedSimfile {
    let isSameFormat = input.url.pathExtension.lowercased() == target.pathExtension.lowercased()
    guard let chart else {
      if isSameFormat { return ([UInt8](input.bytes), []) }
      return try input.serialized(input.simfile, chart: input.simfile.chartForUCS, at: target)
    }
    guard input.simfile.charts.indices.contains(chart) else {
      throw CommandError(noChart: chart, of: input.simfile, file: file)
    }
    var simfile = input.simfile
    simfile.charts = [simfile.charts[chart]]
    return try input.serialized(simfile, chart: 0, at: target)
  }
}

extension Simfile {
  /// The first chart that a `.ucs` file can hold; the first of all where none is.
  fileprivate var chartForUCS: Int {
    let fitting: [StepsType] = [.pumpSingle, .pumpDouble, .pumpHalfDouble]
    return charts.firstIndex(where: { fitting.contains($0.header.stepsType) }) ?? 0
  }
}

extension CommandError {
  /// A chart was asked for that the file does not have.
  init(noChart index: Int, of simfile: Simfile, file: String) {
    let count = simfile.charts.count
    self.init(
      .cannotRun, file: file, "no chart \(index)",
      remedy: count == 0 ? "it has no charts" : "it has the charts 0 to \(count - 1)")
  }
}
