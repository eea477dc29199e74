import Chart
import Foundation
import Tempo

/// How a timing fits its sound, as `sync` writes it (`docs/json.md`). Seconds are rounded to a tenth of a
/// millisecond.
package struct SyncReport: Encodable, Sendable {
  package struct Segment: Encodable, Sendable {
    var beat: Double
    var beats: Double
    var seconds: Double
    var bpm: Double
    var error: Double?
    var drift: Double?
    var fittingBPM: Double?
    var support: Double

    private enum CodingKeys: String, CodingKey {
      case beat, beats, seconds, bpm, error, drift, support
      case fittingBPM = "fitting_bpm"
    }
  }
  package struct Place: Encodable, Sendable { var beat: Double, seconds: Double, error: Double }

  package var offset: Double
  package var convention: SyncCheck.Convention?
  package var error: Double?
  package var segments: [Segment]
  package var suspicious: [Place]

  package init(_ check: SyncCheck, offset: Seconds) {
    self.offset = offset.value
    convention = check.convention
    error = check.lateness.map { SyncReport.rounded($0.value) }
    segments = check.segments.map { segment in
      Segment(
        beat: segment.rows.lowerBound.beat.value,
        beats: Double(segment.rows.count) / Double(Row.perBeat),
        seconds: SyncReport.rounded(segment.start.value),
        bpm: segment.bpm, error: segment.lateness.map { SyncReport.rounded($0.value) },
        drift: segment.drift.map { SyncReport.rounded($0) },
        fittingBPM: segment.fittingBPM.map { ($0 * 1000).rounded() / 1000 },
        support: (segment.support * 1000).rounded() / 1000)
    }
    suspicious = check.suspicious.map { stretch in
      Place(
        beat: stretch.row.beat.value, seconds: SyncReport.rounded(stretch.start.value),
        error: SyncReport.rounded(stretch.lateness?.value ?? 0))
    }
  }

  private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

  /// The same in lines for people, milliseconds throughout.
  package var lines: [String] {
    guard let error else { return ["nothing sets in near the beats: no judgement"] }
    var lines = [
      String(format: "the sound comes %+.1f ms after the beats (%@)", error * 1000, conventionText)
    ]
    lines += ["", "    beat   beats       BPM    error       drift  fitting BPM"]
    lines += segments.map { segment in
      String(
        format: "%8.2f %7.1f %9.3f %@ %@ %@", segment.beat, segment.beats, segment.bpm,
        SyncReport.field(segment.error.map { $0 * 1000 }, "%+6.1f ms", width: 9),
        SyncReport.field(segment.drift.map { $0 * 1000 }, "%+6.1f ms/m", width: 11),
        SyncReport.field(segment.fittingBPM, "%9.3f", width: 11))
    }
    if suspicious.isEmpty { return lines + ["", "no stretch is far from the rest"] }
    lines += ["", "suspicious:"]
    return lines
      + suspicious.map {
        String(format: "  beat %.2f at %.3f s: %+.1f ms", $0.beat, $0.seconds, $0.error * 1000)
      }
  }

  private var conventionText: String {
    switch convention {
    case .null: "null offset: beats on the sound"
    case .itg: "ITG offset: beats 9 ms before the sound"
    case nil: "neither the null offset nor ITG's 9 ms"
    }
  }

  private static func field(_ value: Double?, _ format: String, width: Int) -> String {
    let text = value.map { String(format: format, $0) } ?? "-"
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
