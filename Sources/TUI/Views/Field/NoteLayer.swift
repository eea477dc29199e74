import Chart
import Editor

/// All notes, tails and proposals that can be seen.
struct NoteLayer {
  let state: EditorState
  let geometry: FieldGeometry
  let painter: NotePainter

  private var area: Rect { painter.columns.area }

  func draw(into grid: inout Grid) {
    let rows = geometry.visibleRows
    let notes = state.notes
    let first = notes.firstIndex(at: rows.lowerBound)
    let visible = notes[rows]
    for note in bodies(of: notes, before: first) { drawLong(note, into: &grid) }
    for note in visible where note.isHead { drawLong(note, into: &grid) }
    drawHeads(visible, into: &grid)
    drawOpenHolds(into: &grid)
    drawGhosts(rows, into: &grid)
  }

  /// Holds that begin above the picture and reach into it.
  private func bodies(of notes: NoteList, before first: Int) -> [Note] {
    var missing = Set((0..<painter.columns.lanes).map { Lane($0) })
    var found: [Note] = []
    // A hold longer than this many notes of other lanes would be seen only once its head is.
    for note in notes[..<first].reversed().prefix(2000) where missing.remove(note.lane) != nil {
      if note.lastRow >= geometry.visibleRows.lowerBound { found.append(note) }
      if missing.isEmpty { break }
    }
    return found
  }

  private func drawLong(_ note: Note, into grid: inout Grid) {
    guard let end = note.end, !isStruck(note) else { return }
    let head = geometry.line(of: note.row)
    let tail = geometry.line(of: end)
    for y in lines(from: head, to: tail) where y != tail { painter.drawBody(note, y: y, into: &grid) }
    if tail != head, shows(tail) {
      painter.drawTail(note, y: area.y + tail, isTimeDown: geometry.direction == .down, into: &grid)
    }
  }

  private func lines(from head: Int, to tail: Int) -> [Int] {
    let low = max(0, min(head, tail))
    let high = min(geometry.height - 1, max(head, tail))
    return low <= high ? (low...high).filter { $0 != tail }.map { $0 + area.y } : []
  }

  private func shows(_ line: Int) -> Bool { (0..<geometry.height).contains(line) }

  private func isStruck(_ note: Note) -> Bool { state.review?.isReplaced(note) ?? false }

  private func drawHeads(_ notes: ArraySlice<Note>, into grid: inout Grid) {
    // How many notes of each lane fell on the line drawn last.
    var piles = Array(repeating: (line: Int.min, count: 0), count: max(1, painter.columns.lanes))
    for note in notes {
      guard let pile = piles[safe: note.lane.index] else { continue }
      if geometry.isMoving, note.kind == .tap || note.isHead {
        drawMoving(note, into: &grid)
        continue
      }
      let line = geometry.line(of: note.row)
      guard shows(line) else { continue }
      let count = pile.line == line ? pile.count + 1 : 1
      piles[note.lane.index] = (line, count)
      let y = area.y + line
      if isStruck(note) {
        painter.drawStruck(note, y: y, into: &grid)
      } else if count > 1 {
        painter.drawPile(note, count: count, y: y, into: &grid)
      } else {
        painter.draw(note, y: y, into: &grid)
      }
    }
  }

  private func drawMoving(_ note: Note, into grid: inout Grid) {
    let steps = Int((geometry.y(of: note.row) * 8).rounded(.down))
    let line = steps.dividedDown(by: 8)
    guard (-1..<geometry.height).contains(line) else { return }
    painter.drawMoving(note, y: area.y + line, eighths: steps - line * 8, into: &grid)
  }

  private func drawOpenHolds(into grid: inout Grid) {
    for (lane, hold) in state.openHolds where lane.index < painter.columns.lanes {
      let kind: Note.Kind = hold.kind == .roll ? .roll(end: hold.row) : .hold(end: hold.row)
      let note = Note(row: hold.row, lane: lane, kind: kind)
      let head = geometry.line(of: hold.row)
      let cursor = geometry.line(of: max(hold.row, state.cursor))
      for y in lines(from: head, to: cursor) { painter.drawBody(note, y: y, into: &grid) }
      if shows(head) { painter.draw(note, y: area.y + head, into: &grid) }
    }
  }

  private func drawGhosts(_ rows: Range<Row>, into grid: inout Grid) {
    guard let review = state.review, review.chartIndex == state.chartIndex else { return }
    let ghosts = review.ghosts(in: min(review.region.lowerBound, rows.upperBound)..<rows.upperBound)
    for ghost in ghosts {
      let confidence = review.confidence(of: ghost)
      if let end = ghost.note.end, ghost.status != .rejected {
        for y in lines(from: geometry.line(of: ghost.note.row), to: geometry.line(of: end) + 1) {
          painter.drawBody(ghost, confidence: confidence, y: y, into: &grid)
        }
      }
      let line = geometry.line(of: ghost.note.row)
      guard shows(line) else { continue }
      let isFocused = ghost.note.row == state.cursor && (review.focus ?? ghost.note.lane) == ghost.note.lane
      painter.draw(
        ghost, confidence: confidence, isFocused: isFocused, y: area.y + line, into: &grid)
    }
  }
}
