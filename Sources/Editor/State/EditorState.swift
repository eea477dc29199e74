import Chart

/// All that a key can change, as one value. `reduce` is the only way to change it from outside the module.
///
/// Invariants: `chartIndex` names a chart of the document, and is nil only when there is none; the cursor is not
/// before row 0; `timingMap` belongs to `timing`.
package struct EditorState: Sendable {
  package internal(set) var document: Simfile
  package internal(set) var chartIndex: Int?
  package internal(set) var cursor = Row.zero
  package internal(set) var snap = Snap.sixteenth
  package internal(set) var selection: Selection?
  /// The first Tab of a region whose second is awaited.
  package internal(set) var regionAnchor: Row?
  /// What a digit puts.
  package internal(set) var entryKind = EntryKind.tap
  /// Lanes whose hold was opened and not closed yet.
  package internal(set) var openHolds: [Lane: OpenHold] = [:]
  package internal(set) var clipboard = Clipboard()
  package internal(set) var history = EditHistory()
  package internal(set) var review: ReviewSession?
  package internal(set) var sync: SyncSession?
  package internal(set) var overlay: Overlay?
  package internal(set) var settings: Settings
  package internal(set) var keymap: Keymap
  package internal(set) var pending = PendingKeys()
  package internal(set) var message: Message?
  package internal(set) var playback = PlaybackStatus.stopped
  package internal(set) var music = Music()
  /// Which foot steps where, when it is to be shown; of the chart as it last was when somebody had time to walk it.
  package internal(set) var footwork = Footwork()
  /// The question the model is at work on.
  package internal(set) var suggestionRequest: PendingSuggestion?
  package internal(set) var tempoRequest: RequestID?
  package internal(set) var isSaving = false
  /// Grows with every change of notes or timing that can be heard or seen, so that others know when to look again.
  package internal(set) var revision = 0
  package private(set) var timingMap: TimingMap

  var overrides: [KeyOverride]
  var lastTransform: Invocation?
  /// To go back to when there is no such theme as was set.
  var previousTheme = Settings.anyTheme
  var jumps = JumpList()
  var nextRequest = 1
  /// The number of the last journal entry.
  package internal(set) var journalled = 0
  /// What the journal holds of the open review after that entry.
  var draft = ReviewDraft()
  /// Whether the music was read and is to be listened to for its tempo, once no sheet is open.
  var awaitsTempo = false
  /// Lines typed after `:`, oldest first.
  var promptHistory: [String] = []
  var nextSeed: UInt64 = 1

  package init(document: Simfile, settings: Settings = Settings(), overrides: [KeyOverride] = []) {
    self.document = document
    self.settings = settings
    self.overrides = overrides
    chartIndex = document.charts.isEmpty ? nil : 0
    keymap = Keymap(
      preset: settings.preset, overrides: overrides, shiftedDigits: settings.shiftedDigits)
    timingMap = TimingMap(document.charts.first?.timing ?? document.timing)
  }
}

extension EditorState {
  package var mode: Mode {
    if let overlay { return overlay.mode }
    if sync != nil { return .sync }
    return review == nil ? .edit : .review
  }

  /// The chart that is shown; nil in a song without charts.
  package var chart: StepChart? { chartIndex.map { document.charts[$0] } }

  /// The notes of the chart; under review those that it began with, whatever was saved of it meanwhile.
  package var notes: NoteList { review?.base ?? chart?.notes ?? NoteList() }

  /// The timing in force, as a sync session has it while it lasts.
  package var timing: TimingData {
    sync?.draft ?? writtenTiming
  }

  /// The timing as it stands in the song.
  package var writtenTiming: TimingData { chart?.timing ?? document.timing }

  /// The notes whose ticks are heard: under review those of the proposal, as it is decided so far.
  package var heardNotes: NoteList { review?.preview(of: notes) ?? notes }

  package var lanes: Int { chart?.header.stepsType.lanes ?? 0 }

  package var region: Range<Row>? { selection?.rows }

  package var isDirty: Bool { history.isDirty }

  /// The level asked of the model; nil where none is known, and it goes by the music.
  package var level: Int? {
    if settings.level > 0 { return settings.level }
    return chart?.header.knownLevel
  }

  /// The last row worth going to: the end of the music or of the notes, whichever is later, up to a whole measure.
  package var lastRow: Row {
    let lastNote = notes.last?.lastRow ?? .zero
    let musicEnd = music.duration.map { timingMap.beat(at: $0).row } ?? .zero
    return max(lastNote, musicEnd, .zero).gridCeiling(Row.perMeasure)
  }

  /// How far the cursor may go: well past the end, so that a chart can be begun before the music is known.
  var rowLimit: Row { max(lastRow, Row.measure(2000)) }

  /// To be called after any change of notes, timing or the chart shown.
  mutating func contentChanged(timing timingChanged: Bool = true) {
    revision += 1
    if timingChanged { timingMap = TimingMap(timing) }
  }

  mutating func newRequestID() -> RequestID {
    defer { nextRequest += 1 }
    return RequestID(nextRequest)
  }
}
