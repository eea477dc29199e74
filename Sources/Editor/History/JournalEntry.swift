import Chart

/// One change of the song as it happened, undoing and redoing included: replayed in order over the file as it was
/// opened, the entries give the song as it last stood.
///
/// Written with any `Encoder`, one entry a line; `sequence` tells a reader of the lines where one is missing.
package struct JournalEntry: Hashable, Sendable, Codable {
  package var sequence: Int
  /// Of a change that an open review has made so far: its number, 0 when the review takes nothing after all. Such
  /// entries bear the number of the next entry and stand for it until it is written.
  package var draft: Int?
  package var transaction: Transaction

  package init(sequence: Int, draft: Int? = nil, transaction: Transaction) {
    self.sequence = sequence
    self.draft = draft
    self.transaction = transaction
  }

  /// Of the entries as they were written those that count, numbered from 1: up to the first that does not follow, and
  /// of reviews only what one had taken that nobody left.
  package static func standing(_ written: some Sequence<JournalEntry>) -> [JournalEntry] {
    var entries: [JournalEntry] = []
    var drafts: [JournalEntry] = []
    var first: Int?
    for entry in written {
      // Saving empties a journal, and the session counts on.
      first = first ?? entry.sequence
      guard entry.sequence == (first ?? 0) + entries.count else { break }
      guard let number = entry.draft else {
        drafts = []
        entries.append(entry)
        continue
      }
      if number <= 1 { drafts = [] }
      guard number == 0 || number == drafts.count + 1 else { break }
      if number > 0 { drafts.append(entry) }
    }
    return (entries + drafts).enumerated().map { index, entry in
      JournalEntry(sequence: index + 1, transaction: entry.transaction)
    }
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
  /// Whether what the edits take away is there, as a file would write it: the song may have been saved since.
  func fits(_ song: Simfile) -> Bool {
    var song = song
    for edit in edits {
      switch edit {
      case .chart(let index, let change):
        guard song.charts.indices.contains(index) else { return false }
        let notes = song.charts[index].notes
        guard change.removed.allSatisfy({ notes.note(at: $0.row, lane: $0.lane) == $0 }) else { return false }
      case .removeChart(let index, let chart):
        guard song.charts.indices.contains(index), song.charts[index].isWritten(like: chart) else {
          return false
        }
      case .songTiming(let change):
        guard song.timing.isWritten(like: change.before) else { return false }
      case .insertChart, .songHeader: break
      }
      guard edit.apply(to: &song) else { return false }
    }
    return true
  }
}
