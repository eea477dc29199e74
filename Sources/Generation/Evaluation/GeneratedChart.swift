import Chart

/// A chart that the model has made for the song and the level of a human one.
package struct GeneratedChart: Sendable {
  package var chart: StepChart
  package var playability: Playability
  /// False where there is no sound: its rhythm is then the human's.
  package var wasHeard: Bool
}

extension Suggester {
  /// Makes a chart for a human chart's song, type and level. Nil where nothing can be counted.
  package func remake(_ human: HumanChart, features: SongFeatures?) throws(ModelError) -> GeneratedChart? {
    var chart = human.chart
    chart.notes = NoteList()
    let last = human.rows.last ?? .zero
    let end = max(last, features.map { human.map.beat(at: $0.duration).row } ?? last) + 1
    let request = SuggestionRequest(
      chart: chart, timing: human.timing, region: .zero..<end, level: human.level,
      scope: features == nil ? .selection(rows: human.rows.filter { $0 >= .zero }) : .both)
    guard let answer = try suggest(request, features: features).first else { return nil }
    chart.notes = NoteList(answer.notes.map(\.note))
    return Playability(chart, timing: human.timing).map {
      GeneratedChart(chart: chart, playability: $0, wasHeard: features != nil)
    }
  }
}
