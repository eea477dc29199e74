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
}
