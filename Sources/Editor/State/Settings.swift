import Chart

/// What an author sets once and keeps: how things look, sound and are asked for.
package struct Settings: Hashable, Sendable {
  package enum ScrollDirection: String, Hashable, Sendable, CaseIterable { case down, up }
  package enum NoteColours: String, Hashable, Sendable, CaseIterable { case auto, lane, quantisation }
  package enum RatePitch: String, Hashable, Sendable, CaseIterable { case keep, shift }
  package enum NotesKeep: String, Hashable, Sendable, CaseIterable { case beats, times }

  package var preset = KeyPreset.vortex
  /// The name of a theme, or `auto` for the one that suits the terminal.
  package var theme = Settings.anyTheme
  package var sound = SoundSettings()
  /// Playing speed; 1 is the music's own.
  package var rate = 1.0
  /// Whether another speed leaves the pitch alone or shifts it, as a tape does.
  package var ratePitch = RatePitch.keep
  /// Whether the cursor stays where the music was stopped, and not where it was started.
  package var follows = true
  /// Whether the cursor moves on by one snap after a note is put.
  package var advances = false
  package var scroll = ScrollDirection.down
  package var colours = NoteColours.auto
  /// Rows of the chart for each line of the screen.
  package var rowsPerLine = 12
  /// Where the receptors stand, in hundredths of the field's height from its top.
  package var receptors = 33
  package var showsWaveform = true
  package var showsMinimap = true
  package var showsPanel = true
  package var showsKeys = true
  /// Whether the notes tell which foot steps on them.
  package var showsFeet = false
  /// What the shifted digits 1 to 0 type on the author's keyboard.
  package var shiftedDigits = "!@#$%^&*()"
  /// The level asked for; 0 is the level of the chart.
  package var level = 0
  package var density = 1.0
  package var alternatives = 4
  /// How many measures are asked for from the cursor when no region is marked.
  package var askMeasures = 4
  /// Whether what comes after a correction of a proposal is asked for anew.
  package var followsTyping = true
  /// Whether the model is told what the song's other charts hold.
  package var readsOtherCharts = true
  /// Whether the cursor goes on to the next proposed row after a row was typed over.
  package var typingGoesOn = true
  /// What a change of tempo leaves alone: the notes' beats or their times.
  package var notesKeep = NotesKeep.beats
  /// Whether undo and redo bring what they change into view.
  package var undoJumps = true

  /// Leaves the theme to the terminal.
  package static let anyTheme = "auto"

  package init() {}
}
