import Chart
import Editor

/// The right panel while proposals are looked through: what is proposed here, how surely, and why.
struct ReviewPanel {
  let state: EditorState
  let review: ReviewSession
  let width: Int

  var lines: [PanelLine] { proposal + here + confidence }

  private var type: StepsType { review.request.chart.header.stepsType }

  private var proposal: [PanelLine] {
    let request = review.request
    let count = review.alternatives.count
    var facts: [PanelLine] = [
      .heading(count == 0 ? "no proposal" : "proposal \(review.index + 1) of \(count)"),
      .fact("asked", asked(request)),
      .fact("rows", "\(Set(review.ghosts.map(\.note.row)).count), \(review.ghosts.count) notes"),
      .fact("decided", "\(review.acceptedCount) taken, \(review.openCount) open", .panelValue),
    ]
    let map = state.timingMap
    let seconds = map.seconds(at: review.region.upperBound) - map.seconds(at: review.region.lowerBound)
    let rows = Set(review.ghosts.filter { $0.status != .rejected && $0.note.isStep }.map(\.note.row)).count
    if seconds.value > 0 {
      facts.append(.fact("density", NumberText.fixed(Double(rows) / seconds.value, 2) + " steps a second"))
    }
    if request.keepsExisting { facts.append(.fact("keeps", "what was in the region")) }
    return facts + [.blank]
  }

  private func asked(_ request: SuggestionRequest) -> String {
    var parts = [request.level.map { "level \($0)" } ?? "any level"]
    if request.density != 1 { parts.append("×\(NumberText.fixed(request.density, 2)) dense") }
    switch request.scope {
    case .both: break
    case .placement: parts.append("rhythm only")
    case .selection: parts.append("panels only")
    }
    return parts.joined(separator: ", ")
  }

  private var here: [PanelLine] {
    let ghosts = review.ghosts(on: state.cursor)
    guard !ghosts.isEmpty else {
      let next = review.nextOpenRow(after: state.cursor).map { "next at " + NumberText.place($0) }
      return [
        .heading("this row"), .text("nothing proposed here"), .text(next ?? "no more after it"), .blank,
      ]
    }
    let notes = ghosts.map(\.note)
    var lines: [PanelLine] = [
      .heading("this row"), .fact("proposed", NoteText.names(notes[...], in: type), .ghost),
    ]
    for ghost in ghosts {
      let arrow = NoteShapes.arrow(of: ghost.note.lane, in: type).string
      let mark = ghost.status == .accepted ? " ✓" : ghost.status == .rejected ? " ✗" : ""
      let confidence = review.confidence(of: ghost)
      lines.append(
        .share(
          "  " + arrow + mark, confidence,
          "\(ReviewPanel.word(confidence)) \(NumberText.fixed(ghost.proposed.probability, 2))", .ghost))
    }
    var reasons: [String] = []
    for ghost in ghosts where !ghost.proposed.reason.isEmpty && !reasons.contains(ghost.proposed.reason) {
      reasons.append(ghost.proposed.reason)
    }
    for (index, line) in reasons.flatMap({ TextWrap.lines($0, width: max(8, width - 14)) }).enumerated() {
      lines.append(.fact(index == 0 ? "why" : "", line))
    }
    lines += FeetText.lines(state, width: width)
    let replaced = state.notes.notes(on: state.cursor).filter(review.isReplaced)
    if !replaced.isEmpty {
      lines.append(.fact("replaces", NoteText.names(replaced[...], in: type), .ghostStruck))
    }
    return lines + [.blank]
  }

  private static func word(_ confidence: Double) -> String {
    confidence >= 0.75 ? "sure" : confidence >= 0.4 ? "likely" : "unsure"
  }

  /// How many proposed notes are how sure, from the least sure to the surest.
  private var confidence: [PanelLine] {
    let probabilities = review.ghosts.map(\.proposed.probability)
    guard let least = probabilities.min(), let most = probabilities.max() else { return [] }
    var bins = Array(repeating: 0, count: 10)
    for probability in probabilities {
      bins[most > least ? min(9, Int((probability - least) / (most - least) * 10)) : 9] += 1
    }
    let highest = Double(bins.max() ?? 1)
    let bars = String(bins.map { Bars.vertical(Double($0) / highest) })
    let ends = (NumberText.fixed(least, 2), NumberText.fixed(most, 2))
    return [.heading("confidence in the region"), .fact(ends.0, "▕" + bars + "▏ " + ends.1, .ghost)]
  }
}
