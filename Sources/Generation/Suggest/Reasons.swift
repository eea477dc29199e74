import Chart
import Foundation

/// Why each note of a proposal is there, in words that an author can check: where it stands in the beat, how loud the
/// onset is, which measure sounds the same, what the feet do.
struct Reasons {
  /// Below this likeness of sound a motif is not worth naming.
  private static let namedSimilarity: Float = 0.6

  let context: SuggestionContext
  let features: SongFeatures?
  let motifs: MotifMemory?
  let known: KnownSlots
  let companions: Companions

  func explain(_ draft: Draft) -> [ProposedNote] {
    let feet = feet(of: draft)
    let chances = Dictionary(
      draft.rhythm.beats.map { ($0.row, $0.probability) }, uniquingKeysWith: { first, _ in first })
    let isGiven = if case .selection = context.request.scope { true } else { false }
    var rowReasons: [Row: String] = [:]
    return draft.panels.notes.map { note, probability in
      let reason = rowReasons[note.row] ?? describe(note.row, feet[note.row], isGiven: isGiven)
      rowReasons[note.row] = reason
      return ProposedNote(note: note, probability: (chances[note.row] ?? 1) * probability, reason: reason)
    }
  }

  private func describe(_ row: Row, _ label: FootStride?, isGiven: Bool) -> String {
    var parts: [String] = []
    if !isGiven {
      parts.append(Self.position(of: row))
      if let features {
        let onset = features.onset(near: context.timing.seconds(at: row))
        parts.append("onset " + String(format: "%.2f", onset))
      }
      if let measure = motif(at: row) { parts.append("as in measure \(measure)") }
      if let name = companions.name(at: row) { parts.append("as in \(name)") }
    }
    if let label { parts.append(Self.feet(label)) }
    return parts.joined(separator: ", ")
  }

  /// Where a row stands in the measure.
  static func position(of row: Row) -> String {
    let inMeasure = row.index - row.measure * Row.perMeasure
    let names = [
      (192, "downbeat"), (48, "beat"), (24, "8th"), (16, "12th"), (12, "16th"), (8, "24th"), (6, "32nd"),
    ]
    return names.first { inMeasure % $0.0 == 0 }?.1 ?? "off the grid"
  }

  /// The measure that sounds most like the row's and has a note at the same place.
  private func motif(at row: Row) -> Int? {
    guard let motifs, let slot = context.grid.slot(of: row) else { return nil }
    let size = MotifMemory.slotsPerMeasure
    guard let motif = motifs.motifs[slot / size], motif.similarity >= Self.namedSimilarity else { return nil }
    return known.hasNotes[motif.best * size + slot % size] ? motif.best : nil
  }

  private static let worthSaying: Set<FootLabel.Finding> = [
    .doubleStep, .spin, .bracket, .jump, .jack, .footSwitch, .crossover, .twistOver90,
  ]

  /// The most striking thing that the feet do on a row.
  static func feet(_ stride: FootStride) -> String {
    stride.findings.byWeight.first { Self.worthSaying.contains($0) }?.name ?? "keeps alternation"
  }

  /// The feet of the proposal among its neighbours.
  private func feet(of draft: Draft) -> [Row: FootStride] {
    let margin = 2 * Row.perMeasure
    let nearby = context.request.region.lowerBound - margin..<context.request.region.upperBound + margin
    let notes = (Array(context.kept[nearby]) + draft.panels.notes.map(\.note)).sorted()
    let rows = FootRow.rows(of: notes, timing: context.timing)
    let labels = FootStride.strides(over: rows, on: context.pad)
    return Dictionary(labels.map { ($0.row, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
