import Chart

extension TimingData {
  /// The timing that was heard: the best constant tempo, or the segments where the tempo changes. Nil when no tempo
  /// was found.
  package init?(_ estimate: TempoEstimate) {
    if estimate.segments.count > 1, let first = estimate.segments.first {
      // Beat 0 is where the first segment's tempo, continued backwards, has row 0.
      let lead = Double(first.row.index) / Double(Row.perBeat) * 60 / first.bpm
      self.init(offset: Seconds(lead - first.start.value), bpm: first.bpm)
      for segment in estimate.segments.dropFirst() { bpms.set(segment.bpm, at: segment.row) }
    } else if let best = estimate.candidates.first {
      self.init(offset: best.offset, bpm: best.bpm)
    } else {
      return nil
    }
  }

  /// The same tempos with beat 0 so many whole measures earlier that a time lies behind it. Rows before beat 0 cannot
  /// be written. Knows only what a found tempo has: offset and BPMs.
  package func beginning(before time: Seconds) -> TimingData {
    let measure = 4 * 60 / bpm(at: .zero)
    let count = ((-offset.value - time.value) / measure).rounded(.up)
    guard count > 0, count < 10_000 else { return self }
    var moved = self
    moved.offset = offset + Seconds(count * measure)
    moved.bpms = bpms.enumerated().map { index, event in
      TimingEvent(row: index == 0 ? .zero : event.row + Int(count) * Row.perMeasure, value: event.value)
    }
    return moved
  }
}
