import Chart

/// How an author types.
enum TypingStyle: Hashable, CaseIterable {
  /// The cursor stays after a note is put, as the editor has it unless told otherwise.
  case staying
  /// The cursor moves on by the snap after each tap (`advance`).
  case advancing
}

/// What it takes to type notes into the editor without the model: the fewest keys that bring the cursor to each row
/// and put its notes, with every change of snap foreseen.
///
/// A tap is one key. A hold is `h` and its lane at the head, and its lane once more at the tail; or a tap, and `+` for
/// each step of the snap. Where the cursor moves on, the second tap of a jump needs the way back.
struct TypingByHand {
  /// A row on which something is typed.
  private struct Event {
    var row: Row
    var taps = 0
    /// Heads of holds whose tails fall on typed rows, and such tails.
    var heads = 0
    var tails = 0
    /// The lengths of the other holds.
    var lengths: [Int] = []
  }

  private let events: [Event]
  private let style: TypingStyle

  init(_ notes: some Sequence<Note>, style: TypingStyle) {
    self.style = style
    var events: [Row: Event] = [:]
    let notes = Array(notes)
    for note in notes { events[note.row] = events[note.row] ?? Event(row: note.row) }
    for note in notes {
      guard let end = note.end else {
        events[note.row]?.taps += 1
        continue
      }
      if events[end] == nil {
        events[note.row]?.lengths.append(note.row.distance(to: end))
      } else {
        events[note.row]?.heads += 1
        events[end]?.tails += 1
      }
    }
    self.events = events.values.sorted { $0.row < $1.row }
  }

  /// The fewest keys from a place of the cursor, and where it is left.
  func keys(from start: GridKeys) -> (keys: Int, end: GridKeys) {
    var paths: [Int: (keys: Int, row: Row)] = [start.snap: (0, start.row)]
    for event in events {
      var next: [Int: (keys: Int, row: Row)] = [:]
      for snap in GridKeys.snaps {
        var best = Int.max
        for (old, path) in paths {
          guard let way = GridKeys(row: path.row, snap: old).keys(to: event.row, in: snap) else { continue }
          best = min(best, path.keys + way + abs(old - snap))
        }
        guard best < Int.max else { continue }
        next[snap] = (best + keys(of: event, in: snap), left(by: event, in: snap))
      }
      paths = next
    }
    let best = paths.min { ($0.value.keys, $0.key) < ($1.value.keys, $1.key) }
    guard let best else { return (0, start) }
    return (best.value.keys, GridKeys(row: best.value.row, snap: best.key))
  }

  private func keys(of event: Event, in snap: Int) -> Int {
    let back = style == .advancing ? max(0, event.taps - 1) : 0
    return event.taps + back + 2 * event.heads + event.tails
      + event.lengths.reduce(0) { sum, length in
        let step = Snap.all[snap].rows
        // Head, the way to the tail at the least, tail.
        let opened = 4
        let stretched = 1 + (style == .advancing ? 1 : 0) + length / step
        return sum + (length % step == 0 ? min(opened, stretched) : opened)
      }
  }

  private func left(by event: Event, in snap: Int) -> Row {
    style == .advancing && event.taps > 0 ? Snap.all[snap].next(after: event.row) : event.row
  }
}
