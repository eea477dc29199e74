import Chart
import Foundation

/// Panels for the rows of some rhythms: several candidates of each walk the selection network side by side, each
/// choosing by the network's chances and the feet's costs, within what the format and two feet allow.
struct PanelSearch {
  /// Steps of the chart that are read before and after the region.
  private static let stepsBefore = 32
  private static let stepsAfter = 48
  /// Fixed steps after the region that the candidates still walk, so that their exit fits.
  private static let joinedSteps = 6

  /// Short regions of so many steps have a candidate that takes the likeliest row each time. In a long one it would
  /// tread one phrase.
  private static let guessedRows = 96
  private static let guessTemperature = 0.1
  /// In a long region a candidate that has copied itself for so many steps goes on without recall until it breaks off:
  /// otherwise it would tread one phrase to the end of the song.
  private static let mostCopied = 16

  private let network: SelectionNetwork
  private let vocabulary: SelectionNetwork.Vocabulary
  private let context: SuggestionContext
  private let guidance: Guidance
  private let companions: Companions
  private let firstLane: Int
  private var chooser: PanelChooser
  private var recall: Recall

  init(
    _ network: SelectionNetwork, context: SuggestionContext, guidance: Guidance, budget: StepBudget?,
    companions: Companions
  ) throws(ModelError) {
    self.network = network
    self.companions = companions
    self.context = context
    self.guidance = guidance
    vocabulary = try network.vocabulary(of: context.stepsType)
    firstLane = ModelLayout.firstCommonLane(of: context.stepsType)
    chooser = PanelChooser(
      network, vocabulary, context: context, budget: budget, companions: companions)
    recall = Recall(vocabulary.images, rows: vocabulary.rows.count)
  }

  /// A rhythm on its walk: its steps, what the network makes of them beforehand, and its candidates.
  private struct Track {
    var rhythm: Int
    var plan: StepPlan
    var recallRhythm: RecallRhythm
    /// The network's share for the wanted styles, and for none where those are to be exaggerated.
    var prepared: [Scratch]
    /// Where the walk ends.
    var end: Int
    /// How many rows the rhythm has.
    var rows: Int
    /// The row of the vocabulary on each step of the chart; -1 where it is not known.
    var known: [Int32]
    var first = 0
    var count = 0
  }

  /// One candidate on its walk.
  private struct Walker {
    var track: Int
    var candidate: PanelCandidate
    var known: [Int32]
    var recalled = Recollection()
    /// What it writes, where it does not choose.
    var script: [Row: [Note]]?
    /// For how many steps it has done what recall says after a full match, and whether that is too long.
    var copied = 0
    var isTired: Bool { copied >= PanelSearch.mostCopied }
  }

  /// Some of the candidates for each rhythm, best first.
  /// - Parameters:
  ///   - numbers: of the candidates, and `first`, that of the first rhythm: on both depend the dice.
  ///   - scripts: for each rhythm the notes to be read instead of chosen; none to choose.
  mutating func candidates(
    _ numbers: Range<Int>, rhythms: [Rhythm], first: Int = 0, scripts: [[Note]] = [], condition: Condition,
    seed: UInt64,
    isCancelled: () -> Bool
  ) throws(ModelError) -> [[PanelCandidate]] {
    var tracks: [Track] = []
    for index in rhythms.indices {
      if let track = try track(index, rhythms[index], condition) { tracks.append(track) }
    }
    // Rhythms that end early leave the walk from its end.
    tracks.sort { ($1.end, $0.rhythm) < ($0.end, $1.rhythm) }
    for index in tracks.indices {
      tracks[index].first = index * numbers.count
      tracks[index].count = numbers.count
    }
    let walk = SelectionWalk(
      network, vocabulary, firstLane: firstLane, capacity: tracks.count * numbers.count * guidance.walks)
    var walkers = walkPrefix(tracks, walk, first: first, numbers: numbers, seed: seed)
    for index in walkers.indices where !scripts.isEmpty {
      walkers[index].script = Dictionary(grouping: scripts[tracks[walkers[index].track].rhythm], by: \.row)
    }
    let prefix = tracks.first?.plan.prefix ?? 0
    let last = tracks.first?.end ?? 0
    for step in prefix..<max(prefix, last) {
      if isCancelled() { throw .cancelled }
      let active = tracks.reduce(0) { $0 + ($1.end > step ? $1.count : 0) }
      advance(active, at: step, tracks, walk, &walkers, rhythms)
    }
    var result = rhythms.map { _ in [PanelCandidate(lanes: context.pad.panels.count)] }
    for track in tracks {
      let own = walkers[track.first..<track.first + track.count].map(\.candidate)
      result[track.rhythm] = own.sorted { $0.score > $1.score }
    }
    return result
  }

  static func isGuessed(_ context: SuggestionContext, rows: Int) -> Bool {
    context.isShort && rows <= guessedRows
  }

  private func track(_ index: Int, _ rhythm: Rhythm, _ condition: Condition) throws(ModelError) -> Track? {
    let plan = StepPlan(
      context: context, rows: rhythm.beats.map(\.row), before: Self.stepsBefore, after: Self.stepsAfter)
    guard let lastFree = plan.fixed.lastIndex(where: { $0 == nil }) else { return nil }
    var prepared = [try network.prepare(plan.steps, fixed: plan.fixed, condition: condition)]
    if guidance.walks > 1 {
      var plain = condition
      plain.styles = [:]
      prepared.append(try network.prepare(plan.steps, fixed: plan.fixed, condition: plain))
    }
    let known = plan.chartRows.map { row -> Int32 in
      guard let panels = plan.keptPanels[row], let number = vocabulary.index(of: panels) else { return -1 }
      return Int32(number)
    }
    return Track(
      rhythm: index, plan: plan, recallRhythm: RecallRhythm(rows: plan.chartRows), prepared: prepared,
      end: min(plan.steps.count, lastFree + 1 + Self.joinedSteps), rows: rhythm.beats.count, known: known)
  }

  /// Reads the fixed steps before the region, once a rhythm, and gives each candidate the state after them.
  private mutating func walkPrefix(
    _ tracks: [Track], _ walk: SelectionWalk, first number: Int, numbers: Range<Int>, seed: UInt64
  ) -> [Walker] {
    guard let first = tracks.first else { return [] }
    let walks = guidance.walks
    var start = PanelCandidate(lanes: context.pad.panels.count)
    start.previous = first.plan.previous
    for (lane, end) in first.plan.heldBefore { start.hold(lane, until: end) }
    for step in 0..<first.plan.prefix {
      let row = first.plan.steps.rows[step]
      let recalled = tracks.map { track in
        let at = track.plan.offset + step
        return recall.ask(at, track.recallRhythm, known: track.known, below: at)
      }
      walk.advance(tracks.count * walks) {
        UnsafePointer(tracks[$0 / walks].prepared[$0 % walks][step * network.layers[0].gates])
      } past: {
        SelectionWalk.Past(
          previous: start.previous, held: start.held(over: row), recalled: recalled[$0 / walks])
      }
      if let panels = first.plan.fixed[step] { chooser.follow(panels, at: step, in: first.plan, nil, &start) }
    }
    // From the last candidate to the first, so that no state is overwritten before it is copied.
    for (index, track) in tracks.enumerated().reversed() {
      for position in (track.first..<track.first + track.count).reversed() {
        for part in (0..<walks).reversed() {
          walk.copyState(from: index * walks + part, to: position * walks + part)
        }
      }
    }
    return tracks.enumerated().flatMap { index, track in
      numbers.map { position in
        let rhythm = number + track.rhythm
        let own = UInt64(rhythm) &* 0x9e37_79b9 &+ UInt64(position) &* 0x85eb_ca6b
        var candidate = start
        candidate.random = RandomSource(seed: seed &+ own)
        // In a short region one candidate of each rhythm is the network's best guess at what the author would write.
        if position == 0, Self.isGuessed(context, rows: track.rows) {
          candidate.temperature = Self.guessTemperature
          candidate.isGuess = rhythm == 0
        }
        return Walker(track: index, candidate: candidate, known: track.known)
      }
    }
  }

  /// One step of all candidates that have not yet come to their end.
  private mutating func advance(
    _ active: Int, at step: Int, _ tracks: [Track], _ walk: SelectionWalk, _ walkers: inout [Walker],
    _ rhythms: [Rhythm]
  ) {
    let walks = guidance.walks
    for index in 0..<active {
      let track = tracks[walkers[index].track]
      let at = track.plan.offset + step
      let isFixed = track.plan.fixed[step] != nil
      walkers[index].recalled = recall.ask(
        at, track.recallRhythm, known: walkers[index].known, below: isFixed ? at : track.recallRhythm.count)
    }
    walk.advance(active * walks) {
      UnsafePointer(
        tracks[walkers[$0 / walks].track].prepared[$0 % walks][step * network.layers[0].gates])
    } past: {
      let walker = walkers[$0 / walks]
      let row = tracks[walker.track].plan.steps.rows[step]
      return SelectionWalk.Past(
        previous: walker.candidate.previous, held: walker.candidate.held(over: row),
        recalled: walker.isTired ? Recollection() : walker.recalled)
    }
    let logits = walk.rowLogits(active * walks) { sequence in
      let walker = walkers[sequence / walks]
      return walker.isTired ? [] : walker.recalled.candidates
    }
    let rows = vocabulary.rows.count
    for index in 0..<active {
      guidance.combine(logits, sequence: index * walks, width: rows)
      let track = tracks[walkers[index].track]
      let row = track.plan.steps.rows[step]
      for (panels, gain) in companions.panels(on: row) {
        if let theirs = vocabulary.index(of: panels) { logits[index * walks * rows + theirs] += gain }
      }
      let own = UnsafeBufferPointer(rebasing: logits[index * walks * rows..<(index * walks + 1) * rows])
      let held = walkers[index].candidate.held(over: row)
      let written = panels(
        at: step, track, own, evidence: rhythms[track.rhythm].evidence[row], &walkers[index]
      ) { walk.holdLengthLogits(of: index * walks, row: $0) }
      // Longer regions have no critic to read them.
      guard context.isShort else { continue }
      walkers[index].candidate.readings.append(
        RowReading(
          row, written, logits: own, vocabulary, held: held, recalled: walkers[index].recalled))
    }
  }

  /// The panels that a candidate has on a step: fixed ones, those of its script, or those that it chooses.
  private mutating func panels(
    at step: Int, _ track: Track, _ logits: UnsafeBufferPointer<Float>, evidence: Rhythm.Evidence?,
    _ walker: inout Walker, holdLengths: (PanelRow) -> UnsafeBufferPointer<Float>
  ) -> PanelRow {
    if let panels = track.plan.fixed[step] {
      chooser.follow(panels, at: step, in: track.plan, logits, &walker.candidate)
      return panels
    }
    var written: PanelRow
    if let script = walker.script {
      let notes = script[track.plan.steps.rows[step]] ?? []
      written = PanelRow(notes, lanes: context.pad.panels.count)
      chooser.follow(written, at: step, in: track.plan, logits, &walker.candidate)
      for note in notes { walker.candidate.append(note, probability: 1) }
    } else {
      let choice = chooser.choose(
        at: step, in: track.plan, logits: logits, evidence: evidence, &walker.candidate)
      written = chooser.write(
        choice, at: step, in: track.plan, &walker.candidate, holdLengths: holdLengths)
    }
    let index = vocabulary.index(of: written)
    walker.known[track.plan.offset + step] = index.map(Int32.init) ?? -1
    if !context.isShort {
      let isCopy = walker.recalled.length == Recall.longest && walker.recalled.candidates.first?.row == index
      walker.copied = isCopy ? walker.copied + 1 : 0
    }
    return written
  }
}

/// Styles that are asked for are exaggerated: the network is asked with and without them, and the difference counts
/// more than once (classifier-free guidance, J. Ho and T. Salimans, 2022).
struct Guidance: Sendable {
  /// The strength at which styles move a chart clearly without spoiling it.
  static let usual: Float = 2

  let strength: Float

  init(styles: [String: Double]) {
    strength = styles.values.contains { $0 != 0 } ? Self.usual : 1
  }

  /// How many walks a candidate needs: with the styles, and without.
  var walks: Int { strength == 1 ? 1 : 2 }

  /// Leaves in a sequence's logits what it says with guidance; the next sequence is its twin without styles.
  func combine(_ logits: UnsafeMutableBufferPointer<Float>, sequence: Int, width: Int) {
    guard walks > 1 else { return }
    for index in sequence * width..<(sequence + 1) * width {
      let plain = logits[index + width]
      logits[index] = plain + strength * (logits[index] - plain)
    }
  }

  func combine(_ styled: Float, _ plain: Float) -> Float { plain + strength * (styled - plain) }
}
