import Chart
import Foundation

/// A tempo estimate as `tempo` writes it (`docs/json.md`). BPM and confidence are rounded to what can be told.
package struct TempoReport: Encodable, Sendable {
  package struct Candidate: Encodable, Sendable { var bpm: Double, offset: Double, confidence: Double }
  package struct Segment: Encodable, Sendable { var beat: Double, seconds: Double, bpm: Double }

  package var candidates: [Candidate]
  package var segments: [Segment]

  package init(_ estimate: TempoEstimate) {
    candidates = estimate.candidates.map {
      Candidate(
        bpm: rounded($0.bpm, 3), offset: rounded($0.offset.value, 6), confidence: rounded($0.confidence, 3))
    }
    segments = estimate.segments.map {
      Segment(beat: $0.row.beat.value, seconds: rounded($0.start.value, 6), bpm: rounded($0.bpm, 3))
    }
  }

  /// The same as a table for people.
  package var lines: [String] {
    guard let best = candidates.first else { return [] }
    var lines = ["     BPM     offset  confidence"]
    for candidate in candidates {
      let relation = TempoReport.relation(of: candidate.bpm, to: best.bpm)
      lines.append(
        String(
          format: "%8.3f  %+8.3f s     %5.1f %%  %@", candidate.bpm, candidate.offset,
          candidate.confidence * 100, relation))
    }
    if segments.count > 1 {
      lines += ["", "the tempo changes:", "    beat        time       BPM"]
      lines += segments.map { String(format: "%8.2f  %8.3f s  %8.3f", $0.beat, $0.seconds, $0.bpm) }
    }
    return lines
  }

  /// How a tempo stands to another, in words; empty when in no simple way.
  private static func relation(of bpm: Double, to other: Double) -> String {
    let names: [(ratio: Double, name: String)] = [
      (1, "another phase"), (2, "double"), (0.5, "half"), (1.5, "3:2"), (2.0 / 3, "2:3"), (0.75, "3:4"),
      (4.0 / 3, "4:3"), (3, "triple"), (1.0 / 3, "third"),
    ]
    if bpm == other { return "" }
    return names.first { abs(bpm / other / $0.ratio - 1) < 0.002 }?.name ?? ""
  }
}

private func rounded(_ value: Double, _ digits: Int) -> Double {
  let scale = pow(10, Double(digits))
  return (value * scale).rounded() / scale
}
