import Chart

/// One change of the song as it happened, undoing and redoing included: replayed in order over the file as it was
/// opened, the entries give the song as it last stood.
///
/// Written with any `Encoder`, one entry a line; `sequence` tells a reader of the lines where one is missing.
package struct JournalEntry: Hashable, Sendable, Codable {
  package var sequence: Int
  package var transaction: Transaction

  package init(sequence: Int, transaction: Transaction) {
    self.sequence = sequence
    self.transaction = transaction
  }
}

extension EditorState {
  /// Does what a journal holds, up to the first entry that is missing or does not fit the song. Returns how many
  /// steps were done again; they can be undone one by one, and the song counts as unsaved.
  package mutating func recover(_ entries: [JournalEntry]) -> Int {
    var count = 0
    for entry in entries {
      guard entry.sequence == journalled + 1, entry.transaction.fits(document) else { break }
      perform(entry.transaction)
      history.record(entry.transaction)
      journalled += 1
      count += 1
    }
    if count > 0 { history.markUnsaved() }
    return count
  }
}

extension Transaction {
  /// Whether what the edits take away is there.
  func fits(_ song: Simfile) -> Bool {
    var song = song
    for edit in edits {
      switch edit {
      case .chart(let index, let change):
        guard song.charts.indices.contains(index) else { return false }
        let notes = song.charts[index].notes
        guard change.removed.allSatisfy({ notes.note(at: $0.row, lane: $0.lane) == $0 }) else { return false }
      case .removeChart(let index, let chart):
        guard song.charts.indices.contains(index), song.charts[index] == chart else { return false }
      case .songTiming(let change):
        guard song.timing == change.before else { return false }
      case .insertChart, .songHeader: break
      }
      guard edit.apply(to: &song) else { return false }
    }
    return true
  }
}
