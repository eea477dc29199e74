import Chart

extension CommandTable {
  private static let lane = ArgumentSpec("lane", .integer(1...16))

  static let noteCommands: [Command] = [
    Command(
      "lane", .notes,
      "Put a note of the chosen kind on a lane, or take it away; in a region a hold over it",
      label: "put", arguments: [lane]
    ) { state, input throws(Refusal) in
      try state.strike(Lane((input.integer() ?? 1) - 1), at: input.moment)
    },
    Command("lane-other", .notes, "The same on the other half of the lanes", arguments: [lane]) {
      state, input throws(Refusal) in
      try state.strike(Lane((input.integer() ?? 1) - 1 + state.lanes / 2), at: input.moment)
    },
    Command("mine", .notes, "Put a mine on a lane, or take it away", arguments: [lane]) {
      state, input throws(Refusal) in
      try state.toggle(.mine, in: Lane((input.integer() ?? 1) - 1), at: state.struckRow(input.moment))
    },
    Command("hold", .notes, "Open a hold on a lane here, or close the open one", arguments: [lane]) {
      state, input throws(Refusal) in
      try state.toggleHold(
        in: Lane((input.integer() ?? 1) - 1), kind: .hold, at: state.struckRow(input.moment))
    },
    Command("roll", .notes, "Open a roll on a lane here, or close the open one", arguments: [lane]) {
      state, input throws(Refusal) in
      try state.toggleHold(
        in: Lane((input.integer() ?? 1) - 1), kind: .roll, at: state.struckRow(input.moment))
    },
    Command(
      "kind", .notes, "Choose what a lane key puts",
      arguments: [ArgumentSpec("kind", .choice(EntryKind.palette.map(\.rawValue)))]
    ) { state, input throws(Refusal) in
      state.entryKind = input.text().flatMap(EntryKind.init) ?? state.entryKind
      return []
    },
    Command("next-kind", .notes, "Choose the next kind of note", label: "kind") { state, _ throws(Refusal) in
      state.cycleKind(by: 1)
      return []
    },
    Command("previous-kind", .notes, "Choose the kind of note before", label: "kind") {
      state, _ throws(Refusal) in
      state.cycleKind(by: -1)
      return []
    },
    Command("lengthen", .notes, "Make the long notes that begin here longer by the snap", isRepeatable: true)
    {
      state, input throws(Refusal) in
      try state.stretchNotes(by: input.times)
    },
    Command("shorten", .notes, "Make the long notes that begin here shorter by the snap", isRepeatable: true)
    {
      state, input throws(Refusal) in
      try state.stretchNotes(by: -input.times)
    },
    Command("advance", .notes, "Whether the cursor moves on after a note is put") {
      state, _ throws(Refusal) in
      state.settings.advances.toggle()
      state.message = Message("moving on after a note: \(state.settings.advances ? "on" : "off")")
      return [.settingsChanged(state.settings)]
    },
  ]
}

extension EditorState {
  /// Where a note struck now belongs: the cursor, or where the music is while it plays.
  func struckRow(_ moment: Moment) -> Row {
    guard playback.isPlaying, let playhead = moment.playhead else { return cursor }
    return max(.zero, snap.nearest(to: timingMap.beat(at: playhead).row))
  }

  /// What a lane key does: it closes the lane's open hold, fills the region with a hold, or puts and takes a note.
  mutating func strike(_ lane: Lane, at moment: Moment) throws(Refusal) -> [Effect] {
    let row = struckRow(moment)
    if openHolds[lane] != nil { return try toggleHold(in: lane, kind: .hold, at: row) }
    let fills = entryKind == .tap || entryKind.isLong
    if fills, !playback.isPlaying, let region, selection?.isFilled(from: row) == true {
      let kind = entryKind.isLong ? entryKind : .hold
      try check(lane)
      return try putLong(kind, in: lane, from: region.lowerBound, to: region.upperBound)
    }
    if entryKind.isLong { return try toggleHold(in: lane, kind: entryKind, at: row) }
    return try toggle(entryKind, in: lane, at: row)
  }

  mutating func toggle(_ kind: EntryKind, in lane: Lane, at row: Row) throws(Refusal) -> [Effect] {
    try check(lane)
    let old = notes.note(at: row, lane: lane)
    let removes = old.map { EntryKind($0.kind) == kind || (kind == .tap && $0.end != nil) } ?? false
    let effects = try editNotes(removes ? "take \(kind)" : "put \(kind)") { notes throws(Refusal) in
      if let old, removes {
        notes.remove(old)
      } else {
        notes.insert(Note(row: row, lane: lane, kind: kind.kind(end: nil)))
      }
    }
    guard settings.advances, !removes, !playback.isPlaying else { return effects }
    return effects + go(to: snap.next(after: cursor))
  }

  mutating func toggleHold(in lane: Lane, kind: EntryKind, at row: Row) throws(Refusal) -> [Effect] {
    try check(lane)
    guard let open = openHolds.removeValue(forKey: lane) else {
      openHolds[lane] = OpenHold(row: row, kind: kind)
      message = Message("\(kind) open on lane \(lane.index + 1): go to its end and press the lane again")
      return []
    }
    guard open.row != row else { return try toggle(.tap, in: lane, at: row) }
    return try putLong(open.kind, in: lane, from: min(open.row, row), to: max(open.row, row))
  }

  private mutating func putLong(
    _ kind: EntryKind, in lane: Lane, from start: Row, to end: Row
  ) throws(Refusal) -> [Effect] {
    try editNotes("put \(kind)") { notes throws(Refusal) in
      for old in notes[start..<end + 1] where old.lane == lane { notes.remove(old) }
      notes.insert(Note(row: start, lane: lane, kind: kind.kind(end: end)))
    }
  }

  private func check(_ lane: Lane) throws(Refusal) {
    let index = try shownChart()
    guard (0..<lanes).contains(lane.index) else {
      throw Refusal("\(document.charts[index].header.stepsType.name) has \(lanes) lanes")
    }
  }

  mutating func cycleKind(by step: Int) {
    let kinds = EntryKind.palette
    let index = kinds.firstIndex(of: entryKind) ?? 0
    entryKind = kinds[(index + step + kinds.count) % kinds.count]
  }

  fileprivate mutating func stretchNotes(by steps: Int) throws(Refusal) -> [Effect] {
    let targets = try targetNotes()
    let snap = snap
    return try editNotes(steps > 0 ? "lengthen" : "shorten") { notes throws(Refusal) in
      for note in targets where EntryKind(note.kind).isLong || (steps > 0 && note.kind == .tap) {
        notes.remove(note)
        var longer = note
        longer.kind = EntryKind(note.kind).isLong ? note.kind : .hold(end: note.row)
        notes.insert(longer.ended(at: note.lastRow + snap.length(of: steps, from: note.lastRow)))
      }
    }
  }
}
