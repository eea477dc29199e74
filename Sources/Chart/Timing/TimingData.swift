/// Something that happens to time or to the picture at a row.
package struct TimingEvent<Value: Hashable & Sendable>: Hashable, Sendable {
  package var row: Row
  package var value: Value

  package init(row: Row, value: Value) {
    self.row = row
    self.value = value
  }
}

extension TimingEvent: Codable where Value: Codable {}

/// A change of the speed at which notes approach. The change takes `delay` beats or seconds.
package struct SpeedChange: Hashable, Sendable, Codable {
  package var ratio: Double
  package var delay: Double
  package var isInSeconds: Bool

  package init(ratio: Double, delay: Double = 0, isInSeconds: Bool = false) {
    self.ratio = ratio
    self.delay = delay
    self.isInSeconds = isInSeconds
  }
}

/// A time signature; it moves bar lines and counters only.
package struct TimeSignature: Hashable, Sendable, Codable {
  package var numerator: Int
  package var denominator: Int

  package init(numerator: Int, denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }
}

/// How much a hit and a miss change the combo.
package struct ComboFactor: Hashable, Sendable, Codable {
  package var hit: Int
  package var miss: Int

  package init(hit: Int, miss: Int) {
    self.hit = hit
    self.miss = miss
  }
}

/// All timing of a song or a chart, each list sorted by row with at most one event on a row.
package struct TimingData: Hashable, Sendable, Codable {
  /// StepMania's sense: beat 0 sounds `-offset` after the start of the music.
  package var offset: Seconds = .zero
  /// Beats per minute, more than 0. Without any, 60 is in force from the start.
  package var bpms: [TimingEvent<Double>] = []
  /// Pauses after the notes of their row.
  package var stops: [TimingEvent<Seconds>] = []
  /// Pauses before the notes of their row.
  package var delays: [TimingEvent<Seconds>] = []
  /// Stretches of so many rows that take no time.
  package var warps: [TimingEvent<Int>] = []
  /// Stretches of so many rows whose notes are not judged.
  package var fakes: [TimingEvent<Int>] = []
  package var scrolls: [TimingEvent<Double>] = []
  package var speeds: [TimingEvent<SpeedChange>] = []
  package var timeSignatures: [TimingEvent<TimeSignature>] = []
  /// Hold checkpoints a beat.
  package var tickcounts: [TimingEvent<Int>] = []
  package var combos: [TimingEvent<ComboFactor>] = []
  package var labels: [TimingEvent<String>] = []

  package static let defaultBPM = 60.0

  package init() {}

  /// A constant tempo.
  package init(offset: Seconds, bpm: Double) {
    self.offset = offset
    bpms = [TimingEvent(row: .zero, value: bpm)]
  }

  /// The tempo in force at a row.
  package func bpm(at row: Row) -> Double {
    bpms.last { $0.row <= row }?.value ?? bpms.first?.value ?? TimingData.defaultBPM
  }
}

extension Array {
  /// Puts an event at its place, replacing one on the same row.
  package mutating func set<Value>(_ value: Value, at row: Row) where Element == TimingEvent<Value> {
    if let last, last.row < row {
      append(TimingEvent(row: row, value: value))
    } else if let index = firstIndex(where: { $0.row >= row }) {
      if self[index].row == row {
        self[index].value = value
      } else {
        insert(TimingEvent(row: row, value: value), at: index)
      }
    } else {
      append(TimingEvent(row: row, value: value))
    }
  }

  /// The event in force at a row: the last at or before it.
  package func inForce<Value>(at row: Row) -> TimingEvent<Value>? where Element == TimingEvent<Value> {
    last { $0.row <= row }
  }
}
