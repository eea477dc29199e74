/// How two simfiles differ, chart by chart.
package struct SimfileDiff: Hashable, Sendable {
  /// A chart of both files, with what became of it.
  package struct ChartChange: Hashable, Sendable {
    /// Positions in the two files.
    package var old: Int
    package var new: Int
    package var added: [Note] = []
    package var removed: [Note] = []
    /// Notes of one lane and kind that stand up to a beat away from where they stood.
    package var moved: [Move] = []
    /// What changed in the timing in force, by the tags' names.
    package var timing: [String] = []
    /// What changed in the header, by the tags' names.
    package var header: [String] = []

    package var isEmpty: Bool {
      added.isEmpty && removed.isEmpty && moved.isEmpty && timing.isEmpty && header.isEmpty
    }
  }

  /// A note before and after it moved.
  package struct Move: Hashable, Sendable {
    package var from: Note
    package var to: Note
  }

  package var changed: [ChartChange] = []
  /// Charts only the new file has, by position.
  package var added: [Int] = []
  /// Charts only the old file has, by position.
  package var removed: [Int] = []
  /// Song tags that changed.
  package var song: [SongTag] = []

  package var isEmpty: Bool { changed.isEmpty && added.isEmpty && removed.isEmpty && song.isEmpty }

  package init(from old: Simfile, to new: Simfile) {
    song = SongTag.allCases.filter { old.song[$0] != new.song[$0] }
    let pairs = SimfileDiff.pairs(old.charts, new.charts)
    for (oldIndex, newIndex) in pairs {
      let change = SimfileDiff.change(
        from: old, oldIndex, to: new, newIndex)
      if !change.isEmpty { changed.append(change) }
    }
    let oldPaired = Set(pairs.map(\.0))
    let newPaired = Set(pairs.map(\.1))
    removed = old.charts.indices.filter { !oldPaired.contains($0) }
    added = new.charts.indices.filter { !newPaired.contains($0) }
  }

  /// Charts that are the same chart: of one steps type and, in falling order of weight, the same description and
  /// level, description, difficulty slot and level, or place in the file.
  private static func pairs(_ old: [StepChart], _ new: [StepChart]) -> [(Int, Int)] {
    let keys: [(Int, StepChart) -> [String]] = [
      { [$1.header.description, "\($1.header.meter)", $1.header.difficulty.rawValue] },
      { [$1.header.description, "\($1.header.meter)"] },
      { [$1.header.description] },
      { [$1.header.difficulty.rawValue, "\($1.header.meter)"] },
      { index, _ in ["\(index)"] },
    ]
    var oldLeft = Array(old.indices)
    var newLeft = Array(new.indices)
    var pairs: [(Int, Int)] = []
    for key in keys {
      for oldIndex in oldLeft {
        let wanted = key(oldIndex, old[oldIndex])
        guard
          let newIndex = newLeft.first(where: {
            new[$0].header.stepsType == old[oldIndex].header.stepsType && key($0, new[$0]) == wanted
          })
        else { continue }
        pairs.append((oldIndex, newIndex))
        newLeft.removeAll { $0 == newIndex }
      }
      oldLeft.removeAll { index in pairs.contains { $0.0 == index } }
    }
    return pairs.sorted { $0 < $1 }
  }

  private static func change(
    from old: Simfile, _ oldIndex: Int, to new: Simfile, _ newIndex: Int
  ) -> ChartChange {
    let before = old.charts[oldIndex]
    let after = new.charts[newIndex]
    var change = ChartChange(old: oldIndex, new: newIndex)
    let edit = ChartEdit(from: before, to: after)
    change.added = edit.inserted
    change.removed = edit.removed
    findMoves(in: &change)
    change.timing = changedTags(old.timing(of: before), new.timing(of: after))
    change.header = changedTags(before.header, after.header)
    return change
  }

  /// Pairs each removed note with the nearest added one of its lane and kind within a beat.
  private static func findMoves(in change: inout ChartChange) {
    for note in change.removed {
      let candidates = change.added.indices.filter { index in
        let other = change.added[index]
        return other.lane == note.lane && other.modifiers == note.modifiers
          && note.shifted(by: note.row.distance(to: other.row)).kind == other.kind
          && abs(note.row.distance(to: other.row)) <= Row.perBeat
      }
      let nearest = candidates.min {
        abs(note.row.distance(to: change.added[$0].row)) < abs(note.row.distance(to: change.added[$1].row))
      }
      guard let nearest else { continue }
      change.moved.append(Move(from: note, to: change.added.remove(at: nearest)))
    }
    let gone = Set(change.moved.map(\.from))
    change.removed.removeAll { gone.contains($0) }
  }

  private static func changedTags(_ old: TimingData, _ new: TimingData) -> [String] {
    let tags: [(String, Bool)] = [
      ("OFFSET", old.offset == new.offset), ("BPMS", old.bpms == new.bpms), ("STOPS", old.stops == new.stops),
      ("DELAYS", old.delays == new.delays), ("WARPS", old.warps == new.warps),
      ("FAKES", old.fakes == new.fakes),
      ("SCROLLS", old.scrolls == new.scrolls), ("SPEEDS", old.speeds == new.speeds),
      ("TIMESIGNATURES", old.timeSignatures == new.timeSignatures),
      ("TICKCOUNTS", old.tickcounts == new.tickcounts), ("COMBOS", old.combos == new.combos),
      ("LABELS", old.labels == new.labels),
    ]
    return tags.filter { !$0.1 }.map(\.0)
  }

  private static func changedTags(_ old: ChartHeader, _ new: ChartHeader) -> [String] {
    let tags: [(String, Bool)] = [
      ("DESCRIPTION", old.description == new.description), ("CHARTNAME", old.name == new.name),
      ("CHARTSTYLE", old.style == new.style), ("DIFFICULTY", old.difficulty == new.difficulty),
      ("METER", old.meter == new.meter), ("CREDIT", old.credit == new.credit),
      ("MUSIC", old.music == new.music),
    ]
    return tags.filter { !$0.1 }.map(\.0)
  }
}
