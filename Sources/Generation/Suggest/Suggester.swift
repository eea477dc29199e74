import Audio
import Chart
import Signal

/// The model: hears a song once, and answers requests for steps in it. Values in, values out; any thread may ask.
package struct Suggester: Sendable {
  /// The names by which styles are asked for.
  package static let styles = ModelLayout.styles

  /// The least chance of a row that is proposed where the chart's own rhythm has its say: to refuse a row costs an author
  /// about as much as to type one, and chances are overrated. The model's thresholds are those of charts of which nothing
  /// is written.
  private static let thresholdUnderWay = 0.45

  let placement: PlacementNetwork
  let selection: SelectionNetwork
  let critic: Critic
  /// What people write at each level.
  package let norms: PlayabilityNorms

  /// Loads the weights.
  package init(folder: ModelFolder = ModelFolder()) throws(ModelError) {
    placement = try PlacementNetwork(SafeTensors(contentsOf: folder.path(of: "placement.safetensors")))
    selection = try SelectionNetwork(SafeTensors(contentsOf: folder.path(of: "selection.safetensors")))
    critic = try Critic(contentsOf: folder.path(of: "critic.json"))
    norms = try PlayabilityNorms.shipped(in: folder)
  }

  /// Hears a song. About a second for two minutes; the answer is good for all requests about the song.
  package func prepare(_ clip: AudioClip) -> SongFeatures {
    SongFeatures(mel: LogMel(samples: clip.mono(at: LogMel.rate)), frontEnd: placement.frontEnd)
  }

  /// The alternatives to a request, best first; fewer than asked for when no more really differ.
  /// - Parameters:
  ///   - features: nil to propose by rhythm and pattern alone, without hearing the song.
  ///   - isCancelled: looked at every few milliseconds; once true, `ModelError.cancelled` is thrown.
  package func suggest(
    _ request: SuggestionRequest, features: SongFeatures?, isCancelled: () -> Bool = { false }
  ) throws(ModelError) -> [SuggestionAlternative] {
    let context = try SuggestionContext(request, features: features)
    let input = input(context, features: features)
    let guidance = Guidance(styles: request.styles)
    let (rhythms, condition, decoder) = try rhythms(context, input, guidance, isCancelled)
    let budget = StepBudget(context, rows: rhythms.map(\.beats.count).max() ?? 0, norms: norms)
    let search = try PanelSearch(
      selection, context: context, guidance: guidance, budget: budget, companions: decoder.companions)
    let scene = CriticScene(context, decoder, motifs: input.motifs)
    let fit = LevelFit(context, budget: budget, norms: norms)
    let count = Self.candidates(for: context, rhythms)
    let drafts = try Self.inHalves(rhythms.count, count, isCancelled) {
      part, isCancelled throws(ModelError) in
      var search = search
      let own = Array(rhythms[part.rhythms])
      let candidates = try search.candidates(
        part.candidates, rhythms: own, first: part.rhythms.lowerBound, condition: condition,
        seed: request.seed, isCancelled: isCancelled)
      return zip(own, candidates).flatMap { rhythm, candidates in
        candidates.map {
          Draft(
            rhythm: rhythm, panels: $0, verdict: verdict(scene, $0), misfit: fit?.misfit(of: $0) ?? 0)
        }
      }
    }
    let chosen = Ranking.choose(request.alternatives, from: drafts)
    let reasons = Reasons(
      context: context, features: features, motifs: input.motifs, known: input.known,
      companions: decoder.companions)
    return chosen.map { draft in
      SuggestionAlternative(
        notes: reasons.explain(draft), score: draft.score, nearRows: decoder.rowsNear(draft.rhythm))
    }
  }

  func input(_ context: SuggestionContext, features: SongFeatures?) -> PlacementInput {
    PlacementInput(
      grid: context.grid, song: features?.aligned(to: context.grid, heardBy: placement.memory),
      known: context.known)
  }

  /// Of what is drafted, one thread's part: candidates of rhythms.
  private struct Part {
    var rhythms: Range<Int>
    var candidates: Range<Int>
  }

  /// Two threads share the rhythms, or the candidates of the only one, always in the same parts, so that the answer does
  /// not depend on the machine.
  private static func inHalves(
    _ rhythms: Int, _ candidates: Int, _ isCancelled: () -> Bool,
    _ work: @Sendable @escaping (Part, () -> Bool) throws(ModelError) -> [Draft]
  ) throws(ModelError) -> [Draft] {
    let all = Part(rhythms: 0..<rhythms, candidates: 0..<candidates)
    guard max(rhythms, candidates) > 1 else { return try work(all, isCancelled) }
    var halves = [all, all]
    if rhythms > 1 {
      let middle = (rhythms + 1) / 2
      (halves[0].rhythms, halves[1].rhythms) = (0..<middle, middle..<rhythms)
    } else {
      let middle = (candidates + 1) / 2
      (halves[0].candidates, halves[1].candidates) = (0..<middle, middle..<candidates)
    }
    let parts = halves
    return try Halves.run(isCancelled: isCancelled) { half, isCancelled throws(ModelError) in
      try work(parts[half], isCancelled)
    }.flatMap(\.self)
  }

  /// What the critic says; 0 of regions longer than those it has learnt from.
  private func verdict(_ scene: CriticScene?, _ panels: PanelCandidate) -> Double {
    scene.map { critic.score($0.traits(of: panels)) } ?? 0
  }

  /// How many candidates a rhythm gets: many for a short region, few for a long one, for the author waits.
  private static func candidates(for context: SuggestionContext, _ rhythms: [Rhythm]) -> Int {
    let request = context.request
    let rows = rhythms.map(\.beats.count).max() ?? 0
    // Of a short region one answer is the best guess, which needs no others to be the best of.
    if request.alternatives == 1, PanelSearch.isGuessed(context, rows: rows) { return 1 }
    let all = min(8, max(request.alternatives, 4000 / max(1, rows)))
    return max(1, (all + rhythms.count - 1) / max(1, rhythms.count))
  }

  /// What the network says of each slot of the region.
  func logits(
    _ context: SuggestionContext, _ input: PlacementInput, _ condition: Condition, _ guidance: Guidance,
    _ isCancelled: () -> Bool
  ) throws(ModelError) -> [PlacementNetwork.Logits] {
    guard !context.region.isEmpty else { return [] }
    let perToken = ModelLayout.slotsPerToken
    let tokens = context.region.lowerBound / perToken..<(context.region.upperBound + perToken - 1) / perToken
    var logits = try placement.logits(input, tokens: tokens, condition: condition, isCancelled: isCancelled)
    if guidance.walks > 1 {
      var plain = condition
      plain.styles = [:]
      let others = try placement.logits(input, tokens: tokens, condition: plain, isCancelled: isCancelled)
      logits = zip(logits, others).map { $0.guided(by: guidance, from: $1) }
    }
    return context.region.map { logits[$0 - tokens.lowerBound * perToken] }
  }

  /// The rhythms to try, and the condition in which they were found: the given rows, or the likeliest ones and, for
  /// more alternatives, others beside them.
  func rhythms(
    _ context: SuggestionContext, _ input: PlacementInput, _ guidance: Guidance, _ isCancelled: () -> Bool
  ) throws(ModelError) -> (rhythms: [Rhythm], condition: Condition, decoder: RhythmDecoder) {
    let request = context.request
    var condition = try context.condition(placement)
    var decoder = try self.decoder(context, input, condition, guidance, isCancelled)
    if case .selection(let rows) = request.scope {
      let rows = Set(rows).sorted()
      let beats = rows.map { Rhythm.Beat(row: $0, probability: 1) }
      return (
        [Rhythm(beats: beats, evidence: input.song == nil ? [:] : decoder.evidence(at: rows))], condition,
        decoder
      )
    }
    let likely = decoder.count(above: try threshold(context, decoder))
    let most = context.region.count
    let wanted = Int(min(Double(most), Double(likely) * request.density).rounded())
    let count = min(most, request.rowCount ?? max(request.mayBeEmpty ? 0 : 1, wanted))
    if let better = context.condition(condition, for: decoder.rhythm(count: count)) {
      condition = better
      decoder = try self.decoder(context, input, condition, guidance, isCancelled)
    }
    var random = RandomSource(seed: request.seed ^ 0x5eed)
    let factors = request.rowCount == nil ? [1, 1, 0.85, 1.15] : [1]
    let rhythms = (0..<request.alternatives).map { index in
      if index == 0 { return decoder.rhythm(count: count) }
      let varied = Int((Double(count) * factors[index % factors.count]).rounded())
      return decoder.rhythm(
        count: max(min(1, count), varied), shift: Variation.shift(for: context, random: &random))
    }
    return (rhythms, condition, decoder)
  }

  /// The least chance of a row that is proposed.
  private func threshold(_ context: SuggestionContext, _ decoder: RhythmDecoder) throws(ModelError) -> Double
  {
    if decoder.remembers || context.isWellUnderWay { return Self.thresholdUnderWay }
    return try placement.threshold(context.stepsType, level: context.request.level)
  }

  func decoder(
    _ context: SuggestionContext, _ input: PlacementInput, _ condition: Condition, _ guidance: Guidance,
    _ isCancelled: () -> Bool
  ) throws(ModelError) -> RhythmDecoder {
    RhythmDecoder(
      context: context, logits: try logits(context, input, condition, guidance, isCancelled),
      network: placement,
      companions: Companions(
        context, density: condition.density, trust: placement.companionTrust,
        panelTrust: selection.companionTrust),
      memory: input.song == nil ? RhythmMemory(input.known, region: context.region) : nil)
  }
}

extension PlacementNetwork.Logits {
  fileprivate func guided(by guidance: Guidance, from plain: Self) -> Self {
    Self(
      note: guidance.combine(note, plain.note), hold: guidance.combine(hold, plain.hold),
      jump: guidance.combine(jump, plain.jump))
  }
}

/// Another rhythm that is as musical: the log-odds move together for slots of the same phase, so that a variation is
/// one throughout the region and not noise.
enum Variation {
  private static let byBeatPhase = 0.6
  private static let byMeasurePhase = 0.5
  private static let bySlot = 0.25

  static func shift(for context: SuggestionContext, random: inout RandomSource) -> [Double] {
    let perMeasure = MotifMemory.slotsPerMeasure
    let beat = (0..<BeatGrid.slotsPerBeat).map { _ in random.normal() * byBeatPhase }
    let measure = (0..<perMeasure).map { _ in random.normal() * byMeasurePhase }
    return context.region.map { slot in
      beat[slot % BeatGrid.slotsPerBeat] + measure[slot % perMeasure] + random.normal() * bySlot
    }
  }
}
