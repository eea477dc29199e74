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

  package init(row: Row, start: Seconds, bpm: Double) {
    self.row = row
    self.start = start
    self.bpm = bpm
  }
}
