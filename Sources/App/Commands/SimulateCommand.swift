import ArgumentParser
import Audio
import Chart
import Foundation
import Playback

/// `learnitup simulate FILE -o OUT.wav`: the song as it is played in the editor, with its ticks, as a sound file.
package struct SimulateCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Write the song as a sound with a tick at every judged row of steps.",
    discussion: """
      What is written is what the editor plays: if a tick is off here, the chart is off. Each tick begins at the \
      sample nearest to the time that info tells. The sound is a stereo wav of the music's sample rate.
      """)

  @Argument(help: "A chart (.ssc, .sm, .ucs, .dwi, .ksf) or a song folder.", completion: .file())
  var file: String
  @Option(help: "Which chart of the file, from 0.")
  var chart = 0
  @Option(name: .shortAndLong, help: "The sound to write (.wav).", completion: .file(extensions: ["wav"]))
  var output: String
  @Flag(help: "Ticks alone, over silence as long as the music.")
  var ticksOnly = false
  @Flag(help: "Print JSON.")
  var json = false

  package init() {}

  package func validate() throws {
    guard output.lowercased().hasSuffix(".wav") else {
      throw ValidationError("--output is written as wav: give it a name that ends in .wav")
    }
  }

  package func run() throws {
    let simulation = try Simulation(of: SongLocation(path: file), named: file, chart: chart)
    if let unheard = simulation.unheard { Console.note("\(file): \(unheard)".printable) }
    do throws(AudioError) {
      try simulation.program(ticksOnly: ticksOnly).write(to: output)
    } catch {
      throw CommandError(error)
    }
    let report = SimulationReport(simulation, output: output)
    if json { try JSONOutput.print(report) } else { Console.print(report.line) }
  }
}
