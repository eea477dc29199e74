import Chart

/// A sheet of values to fill in: of a new chart, of a chart, of the song.
package struct Form: Hashable, Sendable {
  package enum Subject: Hashable, Sendable { case newChart, chart(index: Int), song }

  package let subject: Subject
  package private(set) var fields: [FormField]
  /// The field that is typed into.
  package private(set) var selected = 0
  /// What is wrong with a value, or what leaving would lose.
  package private(set) var problem: String?
  /// Whether the author was told that leaving loses something.
  private(set) var isLeaving = false

  init(_ subject: Subject, _ fields: [FormField]) {
    self.subject = subject
    self.fields = fields
  }

  package var field: FormField { fields[selected] }

  package var title: String {
    switch subject {
    case .newChart: "new chart"
    case .chart: "chart"
    case .song: "song"
    }
  }

  /// Whether something was typed that is not in the song.
  var isChanged: Bool { fields.contains(where: \.isChanged) }
}

// MARK: - Filling in

extension Form {
  mutating func moveField(by step: Int) {
    select((selected + step + fields.count) % fields.count)
  }

  /// Moves by a page, and stops at the ends.
  mutating func movePage(by step: Int) {
    select(min(max(selected + step, 0), fields.count - 1))
  }

  /// Changes the field; what was said of a value is said no longer.
  mutating func edit(_ change: (inout FormField) -> Void) {
    problem = nil
    isLeaving = false
    change(&fields[selected])
  }

  /// Shows what is wrong, where it is wrong.
  mutating func refuse(_ refusal: FormRefusal) {
    if let index = fields.firstIndex(where: { $0.name == refusal.field }) { select(index) }
    problem = refusal.reason
  }

  mutating func askBeforeLeaving() {
    problem = "esc again drops what was changed; enter keeps it"
    isLeaving = true
  }

  private mutating func select(_ index: Int) {
    problem = nil
    isLeaving = false
    selected = index
    fields[index].isFresh = true
  }
}

/// A value that cannot be kept, and why.
struct FormRefusal: Error, Hashable, Sendable {
  let field: FormField.Name
  let reason: String
}
