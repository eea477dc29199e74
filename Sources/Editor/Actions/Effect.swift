import Chart

/// Something for the world outside to do. The editor never does it itself; the answer comes back as an `Action`.
package enum Effect: Hashable, Sendable {
  case play(PlayRequest)
  /// Answered by `Action.playbackStopped(.asked, at:)`.
  case stop
  /// The music goes on from another row.
  case seek(Row)
  case setRate(Double)
  case setSound(SoundSettings)
  case suggest(RequestID, SuggestionRequest)
  case cancelSuggestion(RequestID)
  case detectTempo(RequestID, TempoRequest)
  case cancelTempo(RequestID)
  case save(SaveRequest)
  /// Another song is to take this one's place. Where it cannot be opened, a line tells why and nothing changes.
  case open(OpenRequest)
  /// Answered by `pathsListed`.
  case listPaths(PathQuery)
  /// A change of the song to append to the recovery journal, as `JournalEntry` writes it.
  case journal(JournalEntry)
  case settingsChanged(Settings)
  /// The terminal is to be given back to the shell until the author returns.
  case suspend
  case redraw
  case quit
}

/// What to write where.
package struct SaveRequest: Hashable, Sendable {
  package var song: Simfile
  /// The chart that a file for one chart gets; nil in a song without charts.
  package var chart: Int?
  /// Another file than the one the song was opened from.
  package var path: String?
  /// The state that will have been saved.
  package var mark: EditHistory.Mark
  /// What follows once it is saved.
  package var departure: Departure?

  package init(
    song: Simfile, chart: Int?, path: String? = nil, mark: EditHistory.Mark, departure: Departure? = nil
  ) {
    self.song = song
    self.chart = chart
    self.path = path
    self.mark = mark
    self.departure = departure
  }
}

/// Which part of the music to listen to for its tempo, and how closely to follow it.
package struct TempoRequest: Hashable, Sendable {
  /// A stretch of the music; nil for all of it.
  package var range: Range<Seconds>?
  /// From 0, the fewest segments, to 1, one wherever the music leaves the grid.
  package var tightness: Double

  package init(range: Range<Seconds>? = nil, tightness: Double = 0.5) {
    self.range = range
    self.tightness = tightness
  }
}
