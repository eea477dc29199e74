import Chart

extension TimingData {
  /// Sets the tempo from a row on to what makes another row sound at a time. BPM changes between the two keep their
  /// proportions, pauses their lengths; nothing before `anchor` moves, everything after `row` moves along.
  /// Nil when the time asked for leaves no room.
  func sliding(_ row: Row, to time: Seconds, from anchor: Row) -> TimingData? {
    guard row > anchor else { return nil }
    let map = TimingMap(self)
    let start = map.seconds(at: anchor).value
    let old = map.seconds(at: row).value - start
    let moving = musicalSeconds(from: anchor, to: row)
    let wanted = time.value - start - (old - moving)
    guard moving > 0, wanted > 0.001 else { return nil }
    var timing = self
    timing.bpms.set(bpm(at: anchor), at: anchor)
    let factor = moving / wanted
    for index in timing.bpms.indices where (anchor..<row).contains(timing.bpms[index].row) {
      timing.bpms[index].value *= factor
    }
    return timing.bpms.allSatisfy { $0.value <= 10_000 && $0.value > 0 } ? timing : nil
  }

  /// Moves a row to a time between two rows that stay where they are: the tempo changes on both sides of it.
  func dragging(_ row: Row, to time: Seconds, between left: Row, and right: Row) -> TimingData? {
    let rightTime = TimingMap(self).seconds(at: right)
    var split = self
    split.bpms.set(bpm(at: row), at: row)
    split.bpms.set(bpm(at: right), at: right)
    return split.sliding(row, to: time, from: left)?.sliding(right, to: rightTime, from: row)
  }

  /// The same tempo counted in beats of another length: 2 gives twice the BPM, every event at its time. Of two that come
  /// to stand on one row the later stays.
  func recounted(by factor: Double) -> TimingData? {
    func recount(_ row: Row) -> Row { Row(Int((Double(row.index) * factor).rounded())) }
    func recount<Value>(
      _ events: [TimingEvent<Value>], _ value: (Value) -> Value = { $0 }
    ) -> [TimingEvent<Value>] {
      events.reduce(into: []) { $0.set(value($1.value), at: recount($1.row)) }
    }
    func stretches(_ events: [TimingEvent<Int>]) -> [TimingEvent<Int>] {
      recount(events) { max(1, Int((Double($0) * factor).rounded())) }
    }
    var timing = self
    timing.bpms = recount(bpms) { $0 * factor }
    guard timing.bpms.allSatisfy({ (1...10_000).contains($0.value) }) else { return nil }
    timing.stops = recount(stops)
    timing.delays = recount(delays)
    timing.warps = stretches(warps)
    timing.fakes = stretches(fakes)
    timing.scrolls = recount(scrolls)
    timing.speeds = recount(speeds) { speed in
      SpeedChange(
        ratio: speed.ratio, delay: speed.isInSeconds ? speed.delay : speed.delay * factor,
        isInSeconds: speed.isInSeconds)
    }
    timing.timeSignatures = recount(timeSignatures)
    timing.tickcounts = recount(tickcounts)
    timing.combos = recount(combos)
    timing.labels = recount(labels)
    return timing
  }

  /// Seconds of stops and delays between what is heard on two rows.
  func pauses(from start: Row, to end: Row) -> Double {
    let stops = stops.filter { start <= $0.row && $0.row < end }
    let delays = delays.filter { start < $0.row && $0.row <= end }
    return (stops + delays).reduce(0) { $0 + $1.value.value }
  }

  /// Without the BPM changes that change nothing, but for those on rows to be kept.
  func pruned(keeping rows: Set<Row> = []) -> TimingData {
    var timing = self
    var last: Double?
    timing.bpms = bpms.filter { event in
      defer { last = event.value }
      return event.value != last || rows.contains(event.row)
    }
    return timing
  }

  /// How long the rows take without their pauses.
  private func musicalSeconds(from start: Row, to end: Row) -> Double {
    var plain = TimingData(offset: .zero, bpm: 60)
    plain.bpms = bpms
    plain.warps = warps
    let map = TimingMap(plain)
    return map.seconds(at: end).value - map.seconds(at: start).value
  }
}

extension TempoEstimate {
  /// The tempo as events to be looked through one by one: where beat 0 is, each BPM, and each pause, which comes
  /// after the BPM of its row.
  package var events: [GhostTempo] {
    guard let timing else { return [] }
    let bpms = timing.bpms.map { event in
      // The first tempo is written from beat 0 on.
      let segment = segments.first { $0.row == event.row || $0 == segments.first && event.row == .zero }
      return GhostTempo(
        row: event.row, kind: .bpm(event.value), fit: segment?.fit, alternatives: segment?.alternatives ?? [])
    }
    let pauses = timing.stops.map { GhostTempo(row: $0.row + 1, kind: .stop($0.value)) }
    let events = (bpms + pauses).enumerated().sorted {
      ($0.element.row, $0.offset) < ($1.element.row, $1.offset)
    }
    return [GhostTempo(row: .zero, kind: .offset(timing.offset))] + events.map(\.element)
  }
}

extension SyncSession {
  /// Makes pins hold after the draft changed: between each two of them the tempo is solved anew.
  mutating func holdPins() {
    guard !pins.isEmpty else { return }
    var previous: TempoPin?
    for pin in pins.sorted(by: { $0.row < $1.row }) {
      defer { previous = pin }
      let map = TimingMap(draft)
      if abs(map.seconds(at: pin.row).value - pin.time.value) < 1e-9 { continue }
      if let previous {
        draft.bpms.set(draft.bpm(at: pin.row), at: pin.row)
        draft = draft.sliding(pin.row, to: pin.time, from: previous.row) ?? draft
      } else {
        draft.offset += map.seconds(at: pin.row) - pin.time
      }
    }
  }
}
