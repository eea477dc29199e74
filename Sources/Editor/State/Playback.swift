import Chart

/// What the editor knows of the sound that is playing. The playhead itself is read from the clock when drawn.
package enum PlaybackStatus: Hashable, Sendable {
  case stopped
  case playing(PlayRequest)
  /// There is no device, or it went away; the editor goes on in silence.
  case unavailable(String)

  package var isPlaying: Bool {
    if case .playing = self { true } else { false }
  }
}

/// What to play, and how.
package struct PlayRequest: Hashable, Sendable {
  package var from: Row
  /// Rows played over and over; nil to play on to the end.
  package var loop: Range<Row>?
  /// 1 is the music's own speed.
  package var rate: Double

  package init(from: Row, loop: Range<Row>? = nil, rate: Double = 1) {
    self.from = from
    self.loop = loop
    self.rate = rate
  }
}

/// What is heard beside the music, and how loudly. Volumes from 0 to 1.
package struct SoundSettings: Hashable, Sendable {
  package var volume: Double
  package var tickVolume: Double
  /// A tick on every row that has a step.
  package var ticksNotes: Bool
  /// A tick on every beat, with an accent on every measure.
  package var ticksBeats: Bool

  package init(
    volume: Double = 0.8, tickVolume: Double = 0.6, ticksNotes: Bool = true, ticksBeats: Bool = false
  ) {
    self.volume = volume
    self.tickVolume = tickVolume
    self.ticksNotes = ticksNotes
    self.ticksBeats = ticksBeats
  }
}
