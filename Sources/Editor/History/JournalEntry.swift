import Chart

/// One change of the song, to be appended to the recovery journal.
package struct JournalEntry: Hashable, Sendable {
  package var transaction: Transaction
}
