import Chart
import Foundation

/// A tempo estimate as `tempo` writes it (`docs/json.md`). BPM and confidence are rounded to what can be told.
package struct TempoReport: Encodable, Sendable {
  package struct Candidate: Encodable, Sendable {
    var bpm: Double
    var offset: Double
    var confidence: Double
    /// How it stands to the first; nil for the first, and where the ratio is not simple.
    var relation: String?
  }

  package struct Segment: Encodable, Sendable {
    var beat: Double
    var seconds: Double
    var bpm: Double
    /// Seconds, see `TempoFit`; nil where beats were not followed one by one.
    var scatter: Double?
    var worst: Double?
    var support: Double?
    var alternatives: [Alternative]
  }

  /// Another way to read a segment.
  package struct Alternative: Encodable, Sendable {
    var reading: String
    var bpm: Double
    /// Seconds; left out where beats would lie between those that were heard.
    var scatter: Double?
    var worst: Double?
  }

  package var candidates: [Candidate]
  package var segments: [Segment]

  package init(_ estimate: TempoEstimate) {
    let first = estimate.candidates.first
    candidates = estimate.candidates.map { candidate in
      Candidate(
        bpm: rounded(candidate.bpm, 3), offset: rounded(candidate.offset.value, 6),
        confidence: rounded(candidate.confidence, 3),
        relation: candidate == first ? nil : TempoReport.relation(of: candidate.bpm, to: first?.bpm ?? 0))
    }
    segments = estimate.segments.map { segment in
      Segment(
        beat: segment.row.beat.value, seconds: rounded(segment.start.value, 6), bpm: rounded(segment.bpm, 3),
        scatter: segment.fit.map { rounded($0.scatter.value, 4) },
        worst: segment.fit.map { rounded($0.worst.value, 4) },
        support: segment.fit.map { rounded($0.support, 3) },
        alternatives: segment.alternatives.map { alternative in
          Alternative(
            reading: alternative.kind.rawValue, bpm: rounded(alternative.bpm, 3),
            scatter: alternative.fit.map { rounded($0.scatter.value, 4) },
            worst: alternative.fit.map { rounded($0.worst.value, 4) })
        })
    }
  }

  /// The same as a table for people.
  package var lines: [String] {
    guard !candidates.isEmpty else { return [] }
    var lines = ["     BPM     offset  confidence"]
    for candidate in candidates {
      lines.append(
        String(
          format: "%8.3f  %+8.3f s     %5.1f %%  %@", candidate.bpm, candidate.offset,
          candidate.confidence * 100, candidate.relation ?? ""))
    }
    if segments.count > 1 {
      lines += ["", "the tempo changes:", "    beat        time       BPM  19 of 20 within  heard  or"]
      lines += segments.map { TempoReport.line(of: $0) }
    } else if let segment = segments.first, let worst = segment.worst, let support = segment.support {
      lines += [
        "",
        String(format: "constant; 19 of 20 beats within %.1f ms, %.0f %% heard", worst * 1000, support * 100),
      ]
    }
    return lines
  }

  private static func line(of segment: Segment) -> String {
    var line = String(format: "%8.2f  %8.3f s  %8.3f", segment.beat, segment.seconds, segment.bpm)
    guard let worst = segment.worst, let support = segment.support else { return line }
    line += String(format: "  %12.1f ms  %3.0f %%", worst * 1000, support * 100)
    return line + (segment.alternatives.isEmpty ? "" : "  " + others(of: segment))
  }

  /// `double 256, half 64, beat later 128.4 (4.9 ms)`: metric levels, and what fits about as well.
  private static func others(of segment: Segment) -> String {
    let worst = (segment.worst ?? 0) * 1.1
    return segment.alternatives.compactMap { alternative in
      let name = alternative.reading + String(format: " %g", rounded(alternative.bpm, 2))
      if ["double", "half"].contains(alternative.reading) { return name }
      guard alternative.reading != "measured", let other = alternative.worst, other <= worst else {
        return nil
      }
      return name + String(format: " (%.1f ms)", other * 1000)
    }.joined(separator: ", ")
  }

  /// How a tempo stands to another, in words; nil when in no simple way.
  private static func relation(of bpm: Double, to other: Double) -> String? {
    let names: [(ratio: Double, name: String)] = [
      (1, "another phase"), (2, "double"), (0.5, "half"), (1.5, "3:2"), (2.0 / 3, "2:3"), (0.75, "3:4"),
      (4.0 / 3, "4:3"), (3, "triple"), (1.0 / 3, "third"),
    ]
    return names.first { abs(bpm / other / $0.ratio - 1) < 0.002 }?.name
  }
}

private func rounded(_ value: Double, _ digits: Int) -> Double {
  let scale = pow(10, Double(digits))
  return (value * scale).rounded() / scale
}
