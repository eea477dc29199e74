/// The tempo of an `.sm` file, where negative tempi and pauses say what later formats write as warps.
///
/// Time that runs backwards is a debt; notes come back into reach when it is paid, so the stretch in between is a
/// warp. The order of rules is that of StepMania's loader.
struct LegacyTempo {
  /// Above this a tempo takes no time at all.
  static let infiniteBPM = 9_999_999.0
  /// Where a warp that never ends is said to end.
  static let endOfTime = Row(Row.perMeasure * 1_000_000)

  private struct Change {
    var beat: Double
    var value: Double
    var isBPM: Bool
  }

  private var timing: TimingData
  private var bpm = 0.0
  private var beat = 0.0
  private var warpStart: Double?
  private var bpmBeforeWarp = 0.0
  /// Seconds that have passed since the warp began; negative while there is a debt.
  private var balance = 0.0

  /// Puts tempi, stops and warps into a timing whose other parts are known. The lists hold (beat, value) in file order.
  static func apply(
    bpms: [(beat: Double, value: Double)], stops: [(beat: Double, value: Double)], to timing: inout TimingData
  ) {
    var sweep = LegacyTempo(timing: timing)
    timing = sweep.run(bpms: bpms, stops: stops)
  }

  private init(timing: TimingData) {
    self.timing = timing
    self.timing.bpms = []
    self.timing.stops = []
    self.timing.warps = []
  }

  private static func isWarping(_ bpm: Double) -> Bool { bpm < 0 || bpm > infiniteBPM }

  private mutating func run(
    bpms: [(beat: Double, value: Double)], stops: [(beat: Double, value: Double)]
  ) -> TimingData {
    let bpms = LegacyTempo.ordered(bpms.filter { $0.value != 0 })
    let stops = LegacyTempo.ordered(stops.filter { $0.value != 0 })
    for stop in stops where stop.beat < 0 { timing.offset = timing.offset - Seconds(stop.value) }
    bpm =
      bpms.last { $0.beat <= 0 }?.value ?? bpms.first?.value ?? TimingData.defaultBPM
    if LegacyTempo.isWarping(bpm) {
      warpStart = 0
      bpmBeforeWarp = 0
    } else {
      timing.bpms.append(TimingEvent(row: .zero, value: bpm))
    }
    for change in LegacyTempo.merged(bpms.filter { $0.beat > 0 }, stops.filter { $0.beat >= 0 }) {
      advance(to: change.beat)
      if change.isBPM { takeBPM(change) } else { takeStop(change) }
    }
    finish()
    return sorted()
  }

  private mutating func advance(to next: Double) {
    if bpm <= LegacyTempo.infiniteBPM {
      balance += (next - beat) * 60 / bpm
      if let start = warpStart, bpm > 0, balance > 0 {
        endWarp(from: start, at: next - balance * bpm / 60)
        warpStart = nil
      }
    }
    beat = next
  }

  private mutating func takeBPM(_ change: Change) {
    if warpStart == nil {
      if LegacyTempo.isWarping(change.value) {
        beginWarp(at: change.beat, balance: 0)
      } else {
        timing.bpms.append(TimingEvent(row: Beat(change.beat).row, value: change.value))
      }
    }
    bpm = change.value
  }

  private mutating func takeStop(_ change: Change) {
    guard let start = warpStart else {
      if change.value < 0 {
        beginWarp(at: change.beat, balance: change.value)
      } else {
        timing.stops.append(TimingEvent(row: Beat(change.beat).row, value: Seconds(change.value)))
      }
      return
    }
    balance += change.value
    guard change.value > 0, balance > 0 else { return }
    timing.stops.append(TimingEvent(row: Beat(change.beat).row, value: Seconds(balance)))
    if LegacyTempo.isWarping(bpm) {
      addWarp(from: start, to: change.beat)
      warpStart = change.beat
      balance = 0
    } else {
      endWarp(from: start, at: change.beat)
      warpStart = nil
    }
  }

  private mutating func beginWarp(at beat: Double, balance: Double) {
    warpStart = beat
    bpmBeforeWarp = bpm
    self.balance = balance
  }

  /// Writes the warp, and a tempo that changed during it once, at its start.
  private mutating func endWarp(from start: Double, at end: Double) {
    addWarp(from: start, to: end)
    if bpm != bpmBeforeWarp { timing.bpms.append(TimingEvent(row: Beat(start).row, value: bpm)) }
  }

  private mutating func addWarp(from start: Double, to end: Double) {
    let rows = Beat(end - start).row.index
    if rows > 0 { timing.warps.append(TimingEvent(row: Beat(start).row, value: rows)) }
  }

  private mutating func finish() {
    guard let start = warpStart else { return }
    if LegacyTempo.isWarping(bpm) {
      let row = Beat(start).row
      let rows = row.distance(to: LegacyTempo.endOfTime)
      if rows > 0 { timing.warps.append(TimingEvent(row: row, value: rows)) }
    } else {
      endWarp(from: start, at: beat - balance * bpm / 60)
    }
  }

  private func sorted() -> TimingData {
    var result = timing
    result.bpms = TimingListReader.sorted(timing.bpms)
    result.stops = TimingListReader.sorted(timing.stops)
    result.warps = TimingListReader.sorted(timing.warps)
    return result
  }

  private static func ordered(_ list: [(beat: Double, value: Double)]) -> [(beat: Double, value: Double)] {
    list.enumerated().sorted {
      $0.element.beat != $1.element.beat ? $0.element.beat < $1.element.beat : $0.offset < $1.offset
    }.map(\.element)
  }

  /// Both lists as one, tempi first where they meet.
  private static func merged(
    _ bpms: [(beat: Double, value: Double)], _ stops: [(beat: Double, value: Double)]
  ) -> [Change] {
    var result: [Change] = []
    var stop = 0
    for bpm in bpms {
      while stop < stops.count, stops[stop].beat < bpm.beat {
        result.append(Change(beat: stops[stop].beat, value: stops[stop].value, isBPM: false))
        stop += 1
      }
      result.append(Change(beat: bpm.beat, value: bpm.value, isBPM: true))
    }
    return result + stops[stop...].map { Change(beat: $0.beat, value: $0.value, isBPM: false) }
  }
}
