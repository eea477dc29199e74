import Chart

/// Something that happened. Whatever changes the editor comes in as one of these.
package enum Action: Sendable {
  case key(KeyEvent, Moment)
  /// Text that was pasted into the terminal.
  case pasted(String)
  /// A line as typed after `:`.
  case command(String)
  case musicLoaded(duration: Seconds, waveform: Envelope, onsets: Envelope?)
  /// How much begins to sound at each moment of the music that was loaded, from 0 to 1.
  case onsetsHeard(Envelope)
  case musicFailed(String)
  /// The song names another sound, which is being read; what was heard until now is its no more.
  case musicRenamed
  case suggestionArrived(RequestID, [SuggestionAlternative])
  case suggestionFailed(RequestID, String)
  case tempoArrived(RequestID, TempoEstimate)
  case tempoFailed(RequestID, String)
  /// The feet of the chart as it stood at a revision.
  case feetWalked(Footwork, revision: Int)
  /// `missing` says what of the song the file does not hold; then the song is not saved.
  case saved(SaveRequest, path: String, missing: String? = nil)
  case saveFailed(SaveRequest, String)
  /// Where the music was when it stopped; nil when that is not known.
  case playbackStopped(StopReason, at: Beat?)
  /// What there is for a path that is being typed.
  case pathsListed(PathQuery, [PathEntry])
  /// The song asked for is there, and opening it would lose something of this one.
  case unsavedBeforeOpening(OpenRequest)
  /// The theme that was set is not there; these are.
  case themeMissing(String, known: [String])
  /// Something worth a line that no other action says.
  case notice(Message)

  package static func key(_ event: KeyEvent) -> Action { .key(event, Moment()) }
}

/// Why the music is silent.
package enum StopReason: Hashable, Sendable {
  /// The author asked for it.
  case asked
  /// The music came to its end.
  case ended
  /// There is no device, or it went away.
  case deviceLost(String)
}

/// Ties an answer to its question, so that a late one is known for what it is.
package struct RequestID: Hashable, Sendable {
  package let number: Int
  package init(_ number: Int) { self.number = number }
}
