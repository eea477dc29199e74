import Audio
import Chart
import Foundation

/// How well a chart's timing fits its sound: by how much the sound comes after the beats, stretch by stretch.
///
/// Beats are looked at eight at a time: a single one may have nothing on it, eight of them show a clear onset in
/// nearly all music.
package struct SyncCheck: Sendable {
  /// Charts of the ITG tradition are this much before the sound, charts of newer tools not at all.
  package static let bias = Seconds(0.009)
  /// A stretch further than this from the rest of the song is suspicious.
  package static let tolerance = Seconds(0.012)
  static let beatsAStretch = 8
  /// An hour has fewer; a damaged tempo puts any number into a second.
  private static let mostBeats = 100_000
  /// How far an onset must stand out to count.
  static let leastContrast = 1.25

  /// Which offset a chart was made for.
  package enum Convention: String, Sendable, CaseIterable, Codable {
    /// The sound comes 9 ms after the beats.
    case itg
    /// The sound comes on the beats.
    case null
  }

  /// Eight beats, or what is left of a segment.
  package struct Stretch: Hashable, Sendable {
    package var row: Row
    package var start: Seconds
    /// The middle of it.
    package var time: Seconds
    /// By how much the sound comes after the beats; nil where no onset stands out.
    package var lateness: Seconds?
  }

  /// What lies between two changes of the tempo.
  package struct Segment: Hashable, Sendable {
    package var rows: Range<Row>
    package var start: Seconds
    package var bpm: Double
    /// The median over its stretches; nil where no onset stands out in any.
    package var lateness: Seconds?
    /// By how much the lateness grows, in seconds a minute; nil for fewer than four stretches.
    package var drift: Double?
    /// The part of its stretches in which an onset stands out.
    package var support: Double

    /// The tempo that has no drift.
    package var fittingBPM: Double? { drift.map { bpm / (1 + $0 / 60) } }
  }

  /// The median over all stretches; nil when no onset stands out anywhere.
  package private(set) var lateness: Seconds?
  package private(set) var segments: [Segment] = []
  package private(set) var stretches: [Stretch] = []

  /// - Parameter timing: with the offset as the chart has it.
  /// - Throws: `CancellationError`.
  package init(_ timing: TimingData, against clip: AudioClip) throws {
    let novelty = try Novelty(of: clip.mono[...], rate: clip.rate, kind: .phase)
    let map = TimingMap(timing)
    let end = min(map.beat(at: Seconds(clip.duration)).row, Row(SyncCheck.mostBeats * Row.perBeat))
    for rows in SyncCheck.segments(of: timing, upTo: end) {
      let found = SyncCheck.stretches(in: rows, map: map, novelty: novelty)
      guard !found.isEmpty else { continue }
      stretches += found
      segments.append(SyncCheck.segment(rows, of: found, map: map))
    }
    lateness = SyncCheck.median(stretches.compactMap(\.lateness))
  }

  /// The convention that the whole song's lateness is nearest to; nil when it is near neither.
  package var convention: Convention? {
    guard let lateness else { return nil }
    if abs(lateness.value) <= SyncCheck.bias.value / 2 { return .null }
    return abs(lateness.value - SyncCheck.bias.value) <= SyncCheck.bias.value / 2 ? .itg : nil
  }

  /// Stretches that are far from the rest of the song.
  package var suspicious: [Stretch] {
    guard let lateness else { return [] }
    return stretches.filter { stretch in
      stretch.lateness.map { abs($0.value - lateness.value) > SyncCheck.tolerance.value } ?? false
    }
  }
}

extension SyncCheck {
  /// The rows between changes that move time. Pauses end a segment; a BPM that changes nothing does not.
  private static func segments(of timing: TimingData, upTo end: Row) -> [Range<Row>] {
    var edges: Set<Row> = [.zero]
    var last: Double?
    for event in timing.bpms {
      if event.value != last { edges.insert(event.row) }
      last = event.value
    }
    edges.formUnion(timing.stops.map(\.row))
    edges.formUnion(timing.delays.map(\.row))
    edges.formUnion(timing.warps.flatMap { [$0.row, $0.row + $0.value] })
    let sorted = edges.filter { $0 >= .zero && $0 < end }.sorted() + [end]
    return zip(sorted, sorted.dropFirst()).map { $0..<$1 }
  }

  private static func stretches(in rows: Range<Row>, map: TimingMap, novelty: Novelty) -> [Stretch] {
    let length = beatsAStretch * Row.perBeat
    var start = rows.lowerBound.index.dividedDown(by: Row.perBeat) * Row.perBeat
    if start < rows.lowerBound.index { start += Row.perBeat }
    var stretches: [Stretch] = []
    for first in stride(from: Row(start), to: rows.upperBound, by: length) {
      let last = min(first + length, rows.upperBound)
      let beats = Array(stride(from: first, to: last, by: Row.perBeat))
      let times = map.seconds(atSorted: beats).map(\.value).filter { $0 >= 0 }
      guard let begin = times.first, let end = times.last, end > begin || rows.count <= Row.perBeat else {
        continue
      }
      let peak = BeatFingerprint(of: novelty, at: times).peak
      let isClear = (peak?.contrast ?? 0) >= leastContrast
      stretches.append(
        Stretch(
          row: first, start: Seconds(begin), time: Seconds((begin + end) / 2),
          lateness: isClear ? peak.map { Seconds($0.lateness) } : nil))
    }
    return stretches
  }

  private static func segment(_ rows: Range<Row>, of stretches: [Stretch], map: TimingMap) -> Segment {
    let heard = stretches.compactMap { stretch in
      stretch.lateness.map { (time: stretch.time.value, lateness: $0.value) }
    }
    return Segment(
      rows: rows, start: map.seconds(at: rows.lowerBound), bpm: map.bpm(at: rows.lowerBound),
      lateness: median(heard.map { Seconds($0.lateness) }), drift: slope(through: heard).map { $0 * 60 },
      support: Double(heard.count) / Double(stretches.count))
  }

  /// The median of the slopes between points (P. K. Sen, "Estimates of the regression coefficient based on Kendall's
  /// tau", JASA 63, 1968): single stretches that hear another sound do not tilt it. Nil for fewer than four points.
  private static func slope(through points: [(time: Double, lateness: Double)]) -> Double? {
    guard points.count >= 4 else { return nil }
    var slopes: [Double] = []
    for (index, first) in points.enumerated() {
      for second in points[(index + 1)...] where second.time > first.time {
        slopes.append((second.lateness - first.lateness) / (second.time - first.time))
      }
    }
    return slopes.isEmpty ? nil : slopes.sorted()[slopes.count / 2]
  }

  private static func median(_ values: [Seconds]) -> Seconds? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
  }
}
