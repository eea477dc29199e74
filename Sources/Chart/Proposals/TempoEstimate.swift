/// What was heard of a sound's tempo. Both lists are empty when there is none.
package struct TempoEstimate: Hashable, Sendable {
  /// Constant tempos that explain the sound, best first.
  package var candidates: [TempoCandidate]
  /// The tempo as it changes over the song, of one segment when it does not.
  package var segments: [TempoSegment]

  package init(candidates: [TempoCandidate] = [], segments: [TempoSegment] = []) {
    self.candidates = candidates
    self.segments = segments
  }
}

/// One constant tempo that may be the song's.
package struct TempoCandidate: Hashable, Sendable {
  package var bpm: Double
  /// In StepMania's sense: beat 0 sounds at `-offset`.
  package var offset: Seconds
  /// From 0 to 1, the candidates of one estimate adding up to at most 1.
  package var confidence: Double

  package init(bpm: Double, offset: Seconds, confidence: Double) {
    self.bpm = bpm
    self.offset = offset
    self.confidence = confidence
  }
}

/// A stretch of constant tempo that begins on a beat.
package struct TempoSegment: Hashable, Sendable {
  package var row: Row
  package var start: Seconds
  package var bpm: Double
  /// How well the beats heard in it fit; nil when they were not looked at one by one.
  package var fit: TempoFit?

  package init(row: Row, start: Seconds, bpm: Double, fit: TempoFit? = nil) {
    self.row = row
    self.start = start
    self.bpm = bpm
    self.fit = fit
  }

  /// The same segment so much later.
  package func moved(by time: Seconds) -> TempoSegment {
    TempoSegment(row: row, start: start + time, bpm: bpm, fit: fit)
  }
}

/// How far heard beats lie from those of a segment.
package struct TempoFit: Hashable, Sendable {
  /// The root of the mean squared distance.
  package var scatter: Seconds
  /// Nineteen of twenty beats are at most this far off.
  package var worst: Seconds
  /// The part of the beats at which something is heard, from 0 to 1.
  package var support: Double

  package init(scatter: Seconds, worst: Seconds, support: Double) {
    self.scatter = scatter
    self.worst = worst
    self.support = support
  }
}
