import Chart
import Foundation

/// What `simulate` has written, as it says it (`docs/json.md`).
package struct SimulationReport: Encodable, Sendable {
  package struct Tick: Encodable, Sendable {
    var seconds: Double
    /// The sample frame at which it begins.
    var frame: Int
  }

  package var output: String
  /// Sample frames a second.
  package var rate: Int
  package var ticks: [Tick]

  package init(_ simulation: Simulation, output: String) {
    self.output = output
    rate = simulation.clip.rate
    let program = simulation.program(ticksOnly: true)
    ticks = simulation.audible.map { Tick(seconds: $0.value, frame: program.frame(at: $0.value)) }
  }

  package var line: String {
    guard let first = ticks.first, let last = ticks.last else { return "\(output): no ticks".printable }
    let span = String(format: "from %.3f s to %.3f s", first.seconds, last.seconds)
    return "\(output): \(counted(ticks.count, "tick")) \(span)".printable
  }
}
