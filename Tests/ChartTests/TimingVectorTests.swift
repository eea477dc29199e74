import Chart
import Testing

/// Golden vectors from an independent model of StepMania's timing rules (BPM 120 and offset 0 unless said).
@Suite struct TimingVectorTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    var name: String
    var timing: TimingData
    /// Times at beats 2, 2.25, 3, 4 and 6.
    var times: [Double]
    /// Whether beats 2, 3 and 4 are judged.
    var judged: [Bool]
    var testDescription: String { name }
  }

  static func timing(
    offset: Double = 0, bpms: [(Double, Double)] = [(0, 120)], stops: [(Double, Double)] = [],
    delays: [(Double, Double)] = [], warps: [(Double, Double)] = []
  ) -> TimingData {
    var timing = TimingData()
    timing.offset = Seconds(offset)
    timing.bpms = bpms.map { TimingEvent(row: Beat($0.0).row, value: $0.1) }
    timing.stops = stops.map { TimingEvent(row: Beat($0.0).row, value: Seconds($0.1)) }
    timing.delays = delays.map { TimingEvent(row: Beat($0.0).row, value: Seconds($0.1)) }
    timing.warps = warps.map { TimingEvent(row: Beat($0.0).row, value: Beat($0.1).row.index) }
    return timing
  }

  static let vectors: [Vector] = [
    Vector(
      name: "stop .5 @2", timing: timing(stops: [(2, 0.5)]), times: [1, 1.625, 2, 2.5, 3.5],
      judged: [true, true, true]),
    Vector(
      name: "delay .5 @2", timing: timing(delays: [(2, 0.5)]), times: [1.5, 1.625, 2, 2.5, 3.5],
      judged: [true, true, true]),
    Vector(
      name: "stop .5 and delay .25 @2", timing: timing(stops: [(2, 0.5)], delays: [(2, 0.25)]),
      times: [1.25, 1.875, 2.25, 2.75, 3.75], judged: [true, true, true]),
    Vector(
      name: "warp 2 @2", timing: timing(warps: [(2, 2)]), times: [1, 1, 1, 1, 2],
      judged: [false, false, true]),
    Vector(
      name: "warp 2 @2, stop .5 @2", timing: timing(stops: [(2, 0.5)], warps: [(2, 2)]),
      times: [1, 1.5, 1.5, 1.5, 2.5], judged: [true, false, true]),
    Vector(
      name: "warp 2 @2, stop .5 @3", timing: timing(stops: [(3, 0.5)], warps: [(2, 2)]),
      times: [1, 1, 1, 1.5, 2.5], judged: [false, true, true]),
    Vector(
      name: "warp 2 @2, warp 3 @3", timing: timing(warps: [(2, 2), (3, 3)]), times: [1, 1, 1, 1, 1],
      judged: [false, false, false]),
    Vector(
      name: "offset -.06, 60 BPM @2, stop .5 @2",
      timing: timing(offset: -0.06, bpms: [(0, 120), (2, 60)], stops: [(2, 0.5)]),
      times: [1.060, 1.810, 2.560, 3.560, 5.560], judged: [true, true, true]),
  ]

  @Test(arguments: vectors) func timesAndJudgedRowsAgree(vector: Vector) {
    let map = TimingMap(vector.timing)
    for (beat, expected) in zip([2, 2.25, 3, 4, 6], vector.times) {
      #expect(abs(map.seconds(at: Beat(beat).row).value - expected) < 1e-9, "beat \(beat)")
    }
    for (beat, expected) in zip([2.0, 3, 4], vector.judged) {
      #expect(map.isJudged(Beat(beat).row) == expected, "beat \(beat)")
    }
  }
}
