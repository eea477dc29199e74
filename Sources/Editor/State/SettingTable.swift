/// One setting by its name: what it is, what it may be, how it is read and written. `:set`, the settings file and the
/// manual are made from the table.
package struct Setting: Sendable {
  package let name: String
  package let doc: String
  /// What may be given, for messages and completion.
  package let values: [String]
  package let range: String
  package let get: @Sendable (Settings) -> String
  /// Returns whether the value was fit.
  package let set: @Sendable (inout Settings, String) -> Bool
}

extension Setting {
  package static func named(_ name: String) -> Setting? { all.first { $0.name == name } }

  package static let all: [Setting] = [
    choice("preset", "Whose keys are spoken", \.preset),
    text("theme", "The name of the colour theme; auto: dark or light as the terminal is", \.theme),
    choice("scroll", "Whether notes come from below (up) or from above (down)", \.scroll),
    choice("colours", "What a note's colour tells; auto: lanes for pump, note values for dance", \.colours),
    choice("notes-keep", "What a change of tempo leaves alone", \.notesKeep),
    integer("rows-per-line", "Rows of the chart for each line of the screen", 1...96, \.rowsPerLine),
    integer("receptors", "Where the cursor's line stands, in hundredths from the top", 0...100, \.receptors),
    flag("waveform", "Show the waveform", \.showsWaveform),
    flag("minimap", "Show the map of the whole song", \.showsMinimap),
    flag("panel", "Show what is known of the row at the cursor", \.showsPanel),
    flag("keys", "Show the row of keys", \.showsKeys),
    flag("feet", "Show which foot steps where", \.showsFeet),
    flag("follow", "Leave the cursor where the music was stopped", \.follows),
    flag("advance", "Move on after a note is put", \.advances),
    flag("undo-jumps", "Go to what undo and redo change", \.undoJumps),
    number("volume", "How loud the music is", 0...1, \.sound.volume),
    number("tick-volume", "How loud the ticks are", 0...1, \.sound.tickVolume),
    flag("tick", "A tick on every row of notes", \.sound.ticksNotes),
    flag("metronome", "A tick on every beat", \.sound.ticksBeats),
    number("rate", "Playing speed", 0.1...3, \.rate),
    choice(
      "rate-pitch", "What another speed does to the pitch: keep it, or shift it like a tape", \.ratePitch),
    integer("level", "The level asked for; 0 is that of the chart", 0...99, \.level),
    number("density", "How many notes are asked for, as a factor", 0.1...8, \.density),
    integer("alternatives", "How many alternatives are asked for", 1...8, \.alternatives),
    integer("ask-measures", "How many measures are asked for without a region", 1...64, \.askMeasures),
    flag("other-charts", "Let the model read the song's other charts too", \.readsOtherCharts),
    flag("ask-after-typing", "Ask for the rest anew when a proposal is corrected", \.followsTyping),
    flag("typing-goes-on", "Go to the next proposed row after typing over one", \.typingGoesOn),
    shiftedDigits,
  ]

  private static let ofSong: Set<String> = [
    "rate", "level", "density", "alternatives", "ask-measures", "notes-keep",
  ]

  /// Whether it is about what is worked on at the moment, and not kept for the next song.
  package var belongsToSong: Bool { Setting.ofSong.contains(name) }

  private static let shiftedDigits = Setting(
    name: "shifted-digits", doc: "What Shift with 1 to 0 types on this keyboard", values: [],
    range: "ten characters", get: { $0.shiftedDigits },
    set: { settings, value in
      guard value.count == 10 else { return false }
      settings.shiftedDigits = value
      return true
    })

  private static func choice<Value>(
    _ name: String, _ doc: String, _ path: WritableKeyPath<Settings, Value> & Sendable
  ) -> Setting where Value: RawRepresentable<String> & CaseIterable & SendableMetatype {
    let values = Value.allCases.map(\.rawValue)
    return Setting(
      name: name, doc: doc, values: values, range: values.joined(separator: ", "),
      get: { $0[keyPath: path].rawValue },
      set: { settings, text in
        guard let value = Value(rawValue: text) else { return false }
        settings[keyPath: path] = value
        return true
      })
  }

  private static func flag(
    _ name: String, _ doc: String, _ path: WritableKeyPath<Settings, Bool> & Sendable
  ) -> Setting {
    Setting(
      name: name, doc: doc, values: ["on", "off"], range: "on, off",
      get: { $0[keyPath: path] ? "on" : "off" },
      set: { settings, text in
        guard text == "on" || text == "off" else { return false }
        settings[keyPath: path] = text == "on"
        return true
      })
  }

  private static func integer(
    _ name: String, _ doc: String, _ range: ClosedRange<Int>,
    _ path: WritableKeyPath<Settings, Int> & Sendable
  ) -> Setting {
    Setting(
      name: name, doc: doc, values: [], range: "\(range.lowerBound) to \(range.upperBound)",
      get: { String($0[keyPath: path]) },
      set: { settings, text in
        guard let value = Int(text), range.contains(value) else { return false }
        settings[keyPath: path] = value
        return true
      })
  }

  private static func number(
    _ name: String, _ doc: String, _ range: ClosedRange<Double>,
    _ path: WritableKeyPath<Settings, Double> & Sendable
  ) -> Setting {
    Setting(
      name: name, doc: doc, values: [], range: "\(range.lowerBound) to \(range.upperBound)",
      get: { String($0[keyPath: path]) },
      set: { settings, text in
        guard let value = Double(text), range.contains(value) else { return false }
        settings[keyPath: path] = value
        return true
      })
  }

  private static func text(
    _ name: String, _ doc: String, _ path: WritableKeyPath<Settings, String> & Sendable
  ) -> Setting {
    Setting(
      name: name, doc: doc, values: [], range: "a name", get: { $0[keyPath: path] },
      set: { settings, text in
        guard !text.isEmpty else { return false }
        settings[keyPath: path] = text
        return true
      })
  }
}
