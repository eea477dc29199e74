extension TempoEstimate {
  /// A jump between two segments longer than this is a pause of the music and not an error of the tempo before it.
  package static let shortestPause = Seconds(0.008)

  /// The timing that was heard: the best constant tempo, or the segments where the tempo changes, with a stop where
  /// the music waits before a segment. Joints that gape by less are closed by the tempo before them. Nil when no
  /// tempo was found.
  package var timing: TimingData? {
    guard segments.count > 1, let first = segments.first else {
      return candidates.first.map { TimingData(offset: $0.offset, bpm: $0.bpm) }
    }
    var timing = TimingData(offset: .zero, bpm: first.bpm)
    for (segment, next) in zip(segments, segments.dropFirst()) {
      let beats = Double(segment.row.distance(to: next.row)) / Double(Row.perBeat)
      let length = next.start.value - segment.start.value
      let gap = length - beats * 60 / segment.bpm
      if gap > TempoEstimate.shortestPause.value {
        timing.stops.set(Seconds(gap), at: next.row.pausedBefore)
      } else if length > 0, beats > 0 {
        timing.bpms.set(60 * beats / length, at: segment == first ? .zero : segment.row)
      }
      timing.bpms.set(next.bpm, at: next.row)
    }
    // Beat 0 is where the first tempo, continued backwards, has row 0.
    timing.offset = Seconds(first.row.beat.value * 60 / timing.bpm(at: .zero)) - first.start
    return timing
  }
}

extension TimingData {
  /// The same tempos with beat 0 so many whole measures earlier that a time lies behind it. Rows before beat 0 cannot
  /// be written. Knows only what a found tempo has: offset, BPMs and stops.
  package func beginning(before time: Seconds) -> TimingData {
    let measure = 4 * 60 / bpm(at: .zero)
    let count = ((-offset.value - time.value) / measure).rounded(.up)
    guard count > 0, count < 10_000 else { return self }
    let rows = Int(count) * Row.perMeasure
    var moved = self
    moved.offset = offset + Seconds(count * measure)
    moved.bpms = bpms.enumerated().map { index, event in
      TimingEvent(row: index == 0 ? .zero : event.row + rows, value: event.value)
    }
    moved.stops = stops.map { TimingEvent(row: $0.row + rows, value: $0.value) }
    return moved
  }
}

extension Row {
  /// Where a stop stands so that this row is the first after it. On the row itself it would hold the music back only
  /// after its notes; a delay would not, but `.sm` files have none. The row between sounds before the pause.
  package var pausedBefore: Row { max(self - 1, .zero) }
}
