/// What a chart costs an author in keys, by hand and with the model, in three ways of typing.
package struct AuthorKeys: Hashable, Sendable {
  /// Keys of one way of typing.
  package struct Count: Hashable, Sendable {
    package var byHand = 0
    package var withModel = 0

    /// The share of keys that the model saves; nil without keys.
    package var saved: Double? { byHand > 0 ? 1 - Double(withModel) / Double(byHand) : nil }

    static func += (total: inout Self, other: Self) {
      total.byHand += other.byHand
      total.withModel += other.withModel
    }
  }

  /// The editor as it comes: by hand the cursor stays, in a review it goes on to the next proposed row.
  package var usual = Count()
  /// By hand the cursor moves on too.
  package var advancing = Count()
  /// The cursor never moves by itself.
  package var staying = Count()
  /// Stretches of the chart that were asked for, and those typed by hand because the model was of no help before.
  package var asked = 0
  package var typed = 0
  /// Rows that hold a note; and of the proposals read, rows with other notes, rows that hold none, rows not proposed.
  package var rows = 0
  package var wrong = 0
  package var superfluous = 0
  package var missing = 0

  package init() {}

  package static func += (total: inout Self, other: Self) {
    total.usual += other.usual
    total.advancing += other.advancing
    total.staying += other.staying
    total.asked += other.asked
    total.typed += other.typed
    total.rows += other.rows
    total.wrong += other.wrong
    total.superfluous += other.superfluous
    total.missing += other.missing
  }
}
