import Chart

/// A complete answer before it is explained.
struct Draft {
  /// How much the critic's word counts beside likelihood and feet.
  private static let criticWeight = 0.1
  /// A count outside of its band outweighs what drafts of one chart differ by in likelihood.
  private static let misfitWeight = 0.2

  var rhythm: Rhythm
  var panels: PanelCandidate
  /// The critic's log-odds that a person wrote it; 0 where it was not asked.
  var verdict = 0.0
  /// How far a long draft is from what charts of its level ask (`LevelFit`).
  var misfit = 0.0

  /// Likely rows, likely panels, easy feet, what the critic says of it all, and how well it fits its level.
  var score: Double {
    rhythm.score + panels.score + Self.criticWeight * verdict - Self.misfitWeight * misfit
  }

  /// The share of places in which two drafts differ.
  func difference(from other: Draft) -> Double {
    let own = Set(panels.notes.map { Place($0.note) })
    let others = Set(other.panels.notes.map { Place($0.note) })
    let all = own.union(others).count
    return all == 0 ? 0 : Double(own.symmetricDifference(others).count) / Double(all)
  }

  private struct Place: Hashable {
    var row: Row
    var lane: Lane

    init(_ note: Note) { (row, lane) = (note.row, note.lane) }
  }
}

enum Ranking {
  /// Drafts that share more than four fifths of their notes are the same to an author.
  private static let leastDifference = 0.2

  /// The best drafts that differ from each other; at least one. The guess comes first: authors type over it, and
  /// what they would write anyway saves them most.
  static func choose(_ count: Int, from drafts: [Draft]) -> [Draft] {
    var chosen: [Draft] = []
    let ranked = drafts.sorted { $0.score > $1.score }
    for draft in ranked.filter(\.panels.isGuess) + ranked.filter({ !$0.panels.isGuess })
    where chosen.count < count {
      if chosen.allSatisfy({ draft.difference(from: $0) > leastDifference }) { chosen.append(draft) }
    }
    return chosen
  }
}
