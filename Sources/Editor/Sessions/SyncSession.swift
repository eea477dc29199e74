import Chart

/// One change of tempo that was heard, shown on the field until it is taken or refused.
package struct GhostTempo: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case offset(Seconds)
    case bpm(Double)
    /// Before the notes of the row.
    case stop(Seconds)
  }

  package var row: Row
  package var kind: Kind
  package var status: Ghost.Status
  /// Of a tempo: how well the beats heard fit it, and how else they can be read.
  package var fit: TempoFit?
  package var alternatives: [TempoAlternative]

  package init(
    row: Row, kind: Kind, status: Ghost.Status = .open, fit: TempoFit? = nil,
    alternatives: [TempoAlternative] = []
  ) {
    self.row = row
    self.kind = kind
    self.status = status
    self.fit = fit
    self.alternatives = alternatives
  }
}

extension GhostTempo {
  var isTempo: Bool {
    if case .bpm = kind { return true }
    return false
  }
}

/// A row that is to sound at a time, whatever happens to the tempo round it.
package struct TempoPin: Hashable, Sendable {
  package var row: Row
  package var time: Seconds

  package init(row: Row, time: Seconds) {
    self.row = row
    self.time = time
  }
}

/// Tempo work: a draft of the timing that is drawn and heard at once, and becomes one transaction when it is kept.
package struct SyncSession: Sendable {
  package enum Hearing: Hashable, Sendable {
    case idle
    case listening
    case heard
    /// It was listened for, and there is none.
    case noTempo
    case failed(String)
  }

  /// What can be taken back step by step while the session lasts.
  struct Step: Hashable, Sendable {
    var draft: TimingData
    var ghosts: [GhostTempo]
    var pins: [TempoPin]
    var choice: Int?
  }

  /// A segment that is shown another way than it was proposed.
  struct Reading: Hashable, Sendable {
    /// Before any alternative was shown.
    var proposed: Step
    /// With the alternative: what has changed since is not to be lost.
    var shown: Step
    /// Where the segment begins as proposed, and as shown.
    var origin: Row
    var row: Row
    /// Which of its alternatives.
    var index = 0
  }

  /// What leaving without keeping returns to.
  package let before: TimingData
  package internal(set) var draft: TimingData
  package internal(set) var hearing = Hearing.idle
  package internal(set) var estimate = TempoEstimate()
  /// The candidate that the draft follows; nil when it follows none.
  package internal(set) var choice: Int?
  package internal(set) var ghosts: [GhostTempo] = []
  package internal(set) var pins: [TempoPin] = []
  package internal(set) var notesKeep: Settings.NotesKeep
  /// From 0, the fewest segments, to 1.
  package internal(set) var tightness = 0.5
  package internal(set) var taps = TapSeries()
  /// The other end of a stretch, for "BPM between here and there" and "these rows become a stop".
  package internal(set) var mark: Row?
  var reading: Reading?
  var past: [Step] = []

  init(timing: TimingData, notesKeep: Settings.NotesKeep) {
    before = timing
    draft = timing
    self.notesKeep = notesKeep
  }

  package var isChanged: Bool { draft != before }
  package var canUndo: Bool { !past.isEmpty }

  var step: Step {
    get { Step(draft: draft, ghosts: ghosts, pins: pins, choice: choice) }
    set {
      draft = newValue.draft
      ghosts = newValue.ghosts
      pins = newValue.pins
      choice = newValue.choice
    }
  }
}
