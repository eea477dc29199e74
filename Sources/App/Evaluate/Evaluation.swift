import Audio
import Chart
import Foundation
import Generation

/// One run of `learnitup evaluate`.
struct Evaluation {
  /// Charts that walk the selection network side by side.
  private static let batch = 24
  /// Unless the caller says: these parts make charts, which takes longer than reading them.
  private static let usualPlayability = 100
  private static let usualAuthor = 40
  private static let usualCritic = 100

  let songs: EvaluationSongs
  let parts: [EvaluateCommand.Part]
  let limit: Int?
  private let model: Suggester

  init(songs: EvaluationSongs, parts: [EvaluateCommand.Part], limit: Int?) throws(CommandError) {
    self.songs = songs
    self.parts = parts
    self.limit = limit
    do throws(ModelError) {
      model = try Suggester()
    } catch {
      throw CommandError(.cannotRun, error.description)
    }
  }

  /// What was made of one chart.
  private struct Outcome: Sendable {
    var chart: HumanChart
    var placement: PlacementScore?
    var generated: GeneratedChart?
    var keys: AuthorKeys?
    /// The same where the song's other charts are written already; nil where there are none.
    var keysBeside: AuthorKeys?
    var critic: [CriticCase]?
    var song: Int
  }

  func run() throws(CommandError) -> EvaluationReport {
    var report = EvaluationReport()
    if parts.contains(.selection) { report.parts.append(("selection", try selection())) }
    let heard = parts.filter { $0 != .selection }
    if !heard.isEmpty {
      let outcomes = try outcomes(of: heard)
      if heard.contains(.placement) { report.parts.append(("placement", placement(outcomes))) }
      if heard.contains(.playability) { report.parts.append(("playability", playability(outcomes))) }
      if heard.contains(.critic) { report.parts.append(("critic", critic(outcomes))) }
      if heard.contains(.author) { report.parts.append(("author", author(outcomes))) }
      let silent = songs.songs.count { $0.music == nil }
      if silent > 0, heard.contains(.placement) {
        report.notes.append(
          "placement leaves out \(silent) of \(songs.songs.count) songs: they have no sound")
      }
    }
    return report
  }

  // MARK: - Selection

  private func selection() throws(CommandError) -> [(type: StepsType, figures: EvaluationReport.Figures)] {
    var result: [(StepsType, EvaluationReport.Figures)] = []
    for type in StepsType.authored {
      var charts = songs.songs.flatMap(\.charts).filter { $0.stepsType == type }
      if let limit { charts = Self.spread(charts, limit) }
      guard !charts.isEmpty else { continue }
      // Charts of like length keep each other company until their ends.
      let sorted = charts.enumerated().sorted {
        ($0.element.rows.count, $0.offset) < ($1.element.rows.count, $1.offset)
      }.map(\.element)
      let batches = stride(from: 0, to: sorted.count, by: Self.batch).map {
        Array(sorted[$0..<min($0 + Self.batch, sorted.count)])
      }
      let scored = Parallel.map(batches) { batch in
        Result<[SelectionTally], ModelError> { () throws(ModelError) in
          try model.foretell(batch, type: type)
        }
      }
      var tallies: [SelectionTally] = []
      for result in scored { tallies += try Self.get(result) }
      var figures = Self.figures(of: tallies)
      let lines = Array(zip(sorted, tallies))
      figures.groups = LevelBand.grouped(lines) { $0.0.level }.map { name, lines in
        (name, Self.figures(of: lines.map(\.1)))
      }
      result.append((type, figures))
    }
    return result
  }

  private static func figures(of tallies: [SelectionTally]) -> EvaluationReport.Figures {
    var total = SelectionTally()
    for tally in tallies { total += tally }
    var figures = EvaluationReport.Figures()
    figures.add("charts", tallies.count)
    figures.add("rows", total.rows)
    figures.add("top1", total.top1)
    figures.add("top3", total.top3)
    figures.add("perplexity", total.perplexity)
    return figures
  }

  // MARK: - What needs the song

  private func outcomes(of parts: [EvaluateCommand.Part]) throws(CommandError) -> [Outcome] {
    let chosen = Dictionary(
      uniqueKeysWithValues: parts.map { ($0, places(for: $0)) })
    let results = Parallel.map(Array(songs.songs.indices)) { index in
      Result<[Outcome], CommandError> { () throws(CommandError) in
        try self.outcomes(ofSong: index, chosen)
      }
    }
    var outcomes: [Outcome] = []
    for result in results {
      switch result {
      case .success(let found): outcomes += found
      case .failure(let error): throw error
      }
    }
    return outcomes
  }

  private struct Place: Hashable, Sendable {
    var song: Int
    var chart: Int
  }

  /// The charts that a part looks at.
  private func places(for part: EvaluateCommand.Part) -> Set<Place> {
    let most: Int? =
      switch part {
      case .placement, .selection: limit
      case .playability: limit ?? Self.usualPlayability
      case .author: limit ?? Self.usualAuthor
      case .critic: limit ?? Self.usualCritic
      }
    var places: Set<Place> = []
    for type in StepsType.authored {
      var own: [Place] = []
      for (song, element) in songs.songs.enumerated() where part != .placement || element.music != nil {
        for (chart, human) in element.charts.enumerated() where human.stepsType == type {
          if part == .playability, human.level == nil { continue }
          own.append(Place(song: song, chart: chart))
        }
      }
      places.formUnion(most.map { Self.spread(own, $0) } ?? own)
    }
    return places
  }

  private func outcomes(
    ofSong index: Int, _ chosen: [EvaluateCommand.Part: Set<Place>]
  ) throws(CommandError) -> [Outcome] {
    let song = songs.songs[index]
    func wants(_ part: EvaluateCommand.Part, _ chart: Int) -> Bool {
      chosen[part]?.contains(Place(song: index, chart: chart)) ?? false
    }
    let wanted = song.charts.indices.filter { chart in
      EvaluateCommand.Part.allCases.contains { wants($0, chart) }
    }
    guard !wanted.isEmpty else { return [] }
    var features: SongFeatures?
    if let music = song.music {
      do throws(AudioError) {
        features = model.prepare(try AudioClip.decode(music.path))
      } catch {
        throw CommandError(.problems, file: music.path, error.description)
      }
    }
    var outcomes: [Outcome] = []
    for chart in wanted {
      var outcome = Outcome(chart: song.charts[chart], song: index)
      do throws(ModelError) {
        if let features, wants(.placement, chart) {
          outcome.placement = try model.place(
            outcome.chart, features: features, companions: song.companions(of: chart))
        }
        if wants(.playability, chart) {
          outcome.generated = try model.remake(outcome.chart, features: features)
        }
        if wants(.critic, chart) {
          outcome.critic = try model.examine(
            outcome.chart, features: features, regions: CriticFigures.regions)
        }
        if wants(.author, chart) {
          outcome.keys = try model.write(outcome.chart, features: features)
          let companions = song.companions(of: chart)
          if !companions.isEmpty {
            outcome.keysBeside = try model.write(outcome.chart, features: features, beside: companions)
          }
        }
      } catch {
        throw CommandError(.cannotRun, error.description)
      }
      outcomes.append(outcome)
    }
    return outcomes
  }

  // MARK: - Figures

  private func byType(
    _ outcomes: [Outcome], _ figures: ([Outcome]) -> EvaluationReport.Figures
  ) -> [(type: StepsType, figures: EvaluationReport.Figures)] {
    StepsType.authored.compactMap { type in
      let own = outcomes.filter { $0.chart.stepsType == type }
      guard !own.isEmpty else { return nil }
      var all = figures(own)
      all.groups += LevelBand.grouped(own) { $0.chart.level }.map { ($0.name, figures($0.elements)) }
      return (type, all)
    }
  }

  private func placement(_ outcomes: [Outcome]) -> [(type: StepsType, figures: EvaluationReport.Figures)] {
    byType(outcomes.filter { $0.placement != nil }) { outcomes in
      let scores = outcomes.compactMap(\.placement)
      var figures = EvaluationReport.Figures()
      figures.add("charts", scores.count)
      figures.add("f1_threshold", Self.mean(scores.map(\.byThreshold)))
      figures.add("f1_count_given", Self.mean(scores.map(\.byCount)))
      figures.add("f1_count_given_whole_song", Self.mean(scores.map(\.wholeSong)))
      figures.add("null", Self.mean(scores.map(\.blind)))
      figures.add("charts_beside", scores.count { $0.byCountBeside != nil })
      figures.add("f1_threshold_beside", Self.mean(scores.compactMap(\.byThresholdBeside)))
      figures.add("f1_count_given_beside", Self.mean(scores.compactMap(\.byCountBeside)))
      let between = PlacementScore.gaps.filter { !$0.isPastOnly }
      figures.add(
        "f1_infill", Self.mean(scores.flatMap { score in between.flatMap { score.infill[$0] ?? [] } }))
      for gap in PlacementScore.gaps {
        let name = "f1_\(gap.isPastOnly ? "next" : "infill")_\(gap.measures)"
        figures.add(name, Self.mean(scores.flatMap { $0.infill[gap] ?? [] }))
      }
      return figures
    }
  }

  private func playability(_ outcomes: [Outcome]) -> [(type: StepsType, figures: EvaluationReport.Figures)] {
    byType(outcomes.filter { $0.generated != nil }) { outcomes in
      PlayabilityFigures(
        norms: model.norms,
        outcomes.compactMap { outcome in
          outcome.generated.map { (outcome.chart, $0) }
        }
      ).figures
    }
  }

  private func critic(_ outcomes: [Outcome]) -> [(type: StepsType, figures: EvaluationReport.Figures)] {
    byType(outcomes.filter { $0.critic != nil }) { CriticFigures($0.compactMap(\.critic)).figures }
  }

  /// What the critic is to be fitted to.
  func criticExamples() throws(CommandError) -> CriticExamples {
    var examples = CriticExamples()
    for outcome in try outcomes(of: [.critic]) {
      examples.add(outcome.critic ?? [], song: outcome.song, type: outcome.chart.stepsType)
    }
    return examples
  }

  private func author(_ outcomes: [Outcome]) -> [(type: StepsType, figures: EvaluationReport.Figures)] {
    byType(outcomes.filter { $0.keys != nil }) { outcomes in
      let total = Self.total(outcomes.compactMap(\.keys))
      var figures = EvaluationReport.Figures()
      figures.add("charts", outcomes.count)
      for (ending, count) in [
        ("", total.usual), ("_advancing", total.advancing), ("_staying", total.staying),
      ] {
        figures.add("keys_by_hand\(ending)", count.byHand)
        figures.add("keys_with_model\(ending)", count.withModel)
        figures.add("keys_saved\(ending)", count.saved)
      }
      figures.add("rows", total.rows)
      figures.add("rows_wrong", total.wrong)
      figures.add("rows_superfluous", total.superfluous)
      figures.add("rows_missing", total.missing)
      figures.add("stretches_asked", total.asked)
      figures.add("stretches_typed", total.typed)
      let beside = outcomes.filter { $0.keysBeside != nil }
      let with = Self.total(beside.compactMap(\.keysBeside)).usual
      figures.add("charts_beside", beside.count)
      figures.add("keys_by_hand_beside", with.byHand)
      figures.add("keys_with_model_beside", with.withModel)
      figures.add("keys_saved_beside", with.saved)
      figures.add("keys_saved_beside_without", Self.total(beside.compactMap(\.keys)).usual.saved)
      return figures
    }
  }

  private static func total(_ keys: [AuthorKeys]) -> AuthorKeys {
    keys.reduce(into: AuthorKeys()) { $0 += $1 }
  }

  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// So many elements, evenly spread.
  private static func spread<Element>(_ elements: [Element], _ most: Int) -> [Element] {
    guard elements.count > most else { return elements }
    return (0..<most).map { elements[$0 * elements.count / most] }
  }

  private static func get<Value>(_ result: Result<Value, ModelError>) throws(CommandError) -> Value {
    switch result {
    case .success(let value): return value
    case .failure(let error): throw CommandError(.cannotRun, error.description)
    }
  }
}
