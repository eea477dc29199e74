import Chart

/// Timing as `info` and `suggest` write it in JSON (`docs/json.md`).
package struct TimingReport: Encodable, Sendable {
  package struct BPM: Encodable, Sendable { var beat: Double, bpm: Double }
  package struct Pause: Encodable, Sendable { var beat: Double, seconds: Double }
  package struct Stretch: Encodable, Sendable { var beat: Double, beats: Double }
  package struct Scroll: Encodable, Sendable { var beat: Double, ratio: Double }
  package struct Signature: Encodable, Sendable { var beat: Double, numerator: Int, denominator: Int }
  package struct Tickcount: Encodable, Sendable { var beat: Double, ticks: Int }
  package struct Combo: Encodable, Sendable { var beat: Double, hit: Int, miss: Int }
  package struct Label: Encodable, Sendable { var beat: Double, label: String }
  package struct Speed: Encodable, Sendable {
    var beat: Double
    var ratio: Double
    var delay: Double
    /// `beats` or `seconds`.
    var unit: String
  }

  package var offset: Double
  package var bpms: [BPM]
  package var stops: [Pause]
  package var delays: [Pause]
  package var warps: [Stretch]
  package var fakes: [Stretch]
  package var scrolls: [Scroll]
  package var speeds: [Speed]
  package var timeSignatures: [Signature]
  package var tickcounts: [Tickcount]
  package var combos: [Combo]
  package var labels: [Label]

  private enum CodingKeys: String, CodingKey {
    case offset, bpms, stops, delays, warps, fakes, scrolls, speeds, tickcounts, combos, labels
    case timeSignatures = "time_signatures"
  }

  package init(_ timing: TimingData) {
    func beat(_ row: Row) -> Double { row.beat.value }
    func beats(_ rows: Int) -> Double { Double(rows) / Double(Row.perBeat) }
    offset = timing.offset.value
    bpms = timing.bpms.map { BPM(beat: beat($0.row), bpm: $0.value) }
    stops = timing.stops.map { Pause(beat: beat($0.row), seconds: $0.value.value) }
    delays = timing.delays.map { Pause(beat: beat($0.row), seconds: $0.value.value) }
    warps = timing.warps.map { Stretch(beat: beat($0.row), beats: beats($0.value)) }
    fakes = timing.fakes.map { Stretch(beat: beat($0.row), beats: beats($0.value)) }
    scrolls = timing.scrolls.map { Scroll(beat: beat($0.row), ratio: $0.value) }
    speeds = timing.speeds.map {
      Speed(
        beat: beat($0.row), ratio: $0.value.ratio, delay: $0.value.delay,
        unit: $0.value.isInSeconds ? "seconds" : "beats")
    }
    timeSignatures = timing.timeSignatures.map {
      Signature(beat: beat($0.row), numerator: $0.value.numerator, denominator: $0.value.denominator)
    }
    tickcounts = timing.tickcounts.map { Tickcount(beat: beat($0.row), ticks: $0.value) }
    combos = timing.combos.map { Combo(beat: beat($0.row), hit: $0.value.hit, miss: $0.value.miss) }
    labels = timing.labels.map { Label(beat: beat($0.row), label: $0.value) }
  }
}
