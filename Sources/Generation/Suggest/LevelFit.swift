import Chart

/// How near a long draft comes to what people's charts of its level ask of the feet. Drafts are walks by chance: some come
/// out easier than asked for, some harder.
struct LevelFit {
  private let request: SuggestionRequest
  private let kept: NoteList
  private let level: Int
  private let norms: PlayabilityNorms

  /// - Parameter budget: of the request.
  /// - Returns: nil where the draft is but a part of a chart, and where the chart or its author has ways of its own.
  init?(_ context: SuggestionContext, budget: StepBudget?, norms: PlayabilityNorms) {
    guard let budget, budget.isLong, !budget.isOfChart, context.isMostOfSong,
      let level = context.request.level
    else { return nil }
    request = context.request
    kept = context.kept
    self.level = level
    self.norms = norms
  }

  /// How many counts lie outside of the level's bands, and by how many levels the chart looks like another.
  func misfit(of panels: PanelCandidate) -> Double {
    var chart = request.chart
    chart.notes = NoteList(kept + panels.notes.map(\.note))
    guard let playability = Playability(chart, timing: request.timing) else { return 0 }
    let stepsType = chart.header.stepsType
    let bands = norms.bands(stepsType, level: level) ?? [:]
    let outside = playability.counts.count { count, value in
      bands[count.rawValue].map { !$0.contains(value) } ?? false
    }
    let looksLike = norms.level(of: playability, stepsType) ?? Double(level)
    return Double(outside) + abs(looksLike - Double(level))
  }
}
