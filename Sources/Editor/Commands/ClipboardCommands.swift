import Chart

extension CommandTable {
  static let clipboardCommands: [Command] = [
    Command("copy", .clipboard, "Copy the notes of the region") { state, _ throws(Refusal) in
      try state.copy()
      return []
    },
    Command("cut", .clipboard, "Take the notes of the region out, to paste them") {
      state, _ throws(Refusal) in
      try state.copy()
      return try state.deleteNotes("cut")
    },
    Command("paste", .clipboard, "Put what was copied here, in place of what is here", isRepeatable: true) {
      state, _ throws(Refusal) in
      try state.paste(merging: false)
    },
    Command("paste-merge", .clipboard, "Put what was copied here, between what is here", isRepeatable: true) {
      state, _ throws(Refusal) in
      try state.paste(merging: true)
    },
    Command("delete", .clipboard, "Delete the notes of the region, or of this row", isRepeatable: true) {
      state, _ throws(Refusal) in
      try state.deleteNotes("delete")
    },
  ]
}

extension EditorState {
  /// Copies what a transform would work on; a single row counts as one step of the snap.
  fileprivate mutating func copy() throws(Refusal) {
    let found = try targetNotes()
    let rows = region ?? cursor..<cursor + snap.length(of: 1, from: cursor)
    let start = rows.lowerBound
    clipboard = Clipboard(notes: found.map { $0.shifted(by: -start.index) }, rows: rows.count)
    message = Message("copied \(found.count.counted("note"))")
  }

  fileprivate mutating func deleteNotes(_ name: String) throws(Refusal) -> [Effect] {
    let targets = try targetNotes()
    return try editNotes("\(name) \(targets.count.counted("note"))") { notes throws(Refusal) in
      notes.remove(contentsOf: targets)
    }
  }

  /// Puts the copied notes at the cursor and marks where they are.
  fileprivate mutating func paste(merging: Bool) throws(Refusal) -> [Effect] {
    guard !clipboard.isEmpty else { throw Refusal("nothing was copied yet") }
    let type = document.charts[try shownChart()].header.stepsType
    let rows = cursor..<cursor + clipboard.rows
    let landing = clipboard.notes.filter { $0.lane.index < lanes }.map { $0.shifted(by: cursor.index) }
    let effects = try editNotes("paste \(landing.count.counted("note"))") { notes throws(Refusal) in
      if !merging { notes.remove(contentsOf: notes[rows]) }
      notes.insert(contentsOf: landing)
    }
    selection = Selection(rows: rows, isPasted: true)
    regionAnchor = nil
    let all = clipboard.notes.count
    message =
      landing.count == all
      ? Message("pasted \(all.counted("note"))")
      : Message(
        "pasted \(landing.count) of \(all.counted("note")): \(type.name) has \(lanes) lanes", weight: .warning
      )
    return effects
  }
}
