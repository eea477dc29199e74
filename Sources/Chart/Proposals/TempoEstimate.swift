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
  /// Other ways to read the same beats.
  package var alternatives: [TempoAlternative]

  package init(
    row: Row, start: Seconds, bpm: Double, fit: TempoFit? = nil, alternatives: [TempoAlternative] = []
  ) {
    self.row = row
    self.start = start
    self.bpm = bpm
    self.fit = fit
    self.alternatives = alternatives
  }

  /// The same segment so much later.
  package func moved(by time: Seconds) -> TempoSegment {
    var segment = self
    segment.start += time
    return segment
  }
}

/// Another way to read a segment.
package struct TempoAlternative: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// As many beats again, or every other one.
    case double, half
    /// The nearest whole BPM, or the one that was measured where the segment has a round one.
    case whole, measured
    /// The segment begins on another beat; the tempo before it reaches that far.
    case beatEarlier = "beat earlier"
    case beatLater = "beat later"
    case barEarlier = "bar earlier"
    case barLater = "bar later"

    /// Beats by which the segment begins later, below 0 earlier; nil for readings that leave the joint where it is.
    package var shift: Int? {
      switch self {
      case .beatEarlier: -1
      case .beatLater: 1
      case .barEarlier: -4
      case .barLater: 4
      case .double, .half, .whole, .measured: nil
      }
    }
  }

  package var kind: Kind
  package var bpm: Double
  /// How well the beats heard fit then: those of the segment, or for another joint those on both sides of it. Nil where
  /// beats would lie between those that were heard.
  package var fit: TempoFit?

  package init(kind: Kind, bpm: Double, fit: TempoFit? = nil) {
    self.kind = kind
    self.bpm = bpm
    self.fit = fit
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
