import Chart

/// What the song's other charts say of a chart: an easier chart mostly steps where a harder one does, and authors often
/// keep the panels.
///
/// Of the rhythm two have a say at most, the likest of those that step more often and of those that step less often; of
/// the panels the two likest of the same steps type. The better one agrees with what is written already, the further it
/// is believed, so that a chart that goes its own way is soon left aside.
struct Companions: Sendable {
  private static let panelVoices = 2

  private let rhythm: [Companion]
  private let panels: [Companion]
  private let trust: CompanionTrust
  private let panelTrust: CompanionPanelTrust
  private let context: SuggestionContext

  /// - Parameter density: rows a second of the chart, as far as that is known.
  init(
    _ context: SuggestionContext, density: Double?, trust: CompanionTrust, panelTrust: CompanionPanelTrust
  ) {
    let written = context.slots(of: context.keptRows.filter { !context.request.region.contains($0) })
    let all = context.request.companions.compactMap {
      Companion($0, beside: written, density: density, in: context)
    }
    rhythm = [true, false].compactMap { isDenser in
      all.filter { $0.isDenser == isDenser }.max { $0.likeness < $1.likeness }
    }
    panels = Array(
      all.filter { $0.steps != nil }.sorted { $0.likeness > $1.likeness }.prefix(Self.panelVoices))
    self.trust = trust
    self.panelTrust = panelTrust
    self.context = context
  }

  /// Whether no other chart has a say.
  var areSilent: Bool { rhythm.isEmpty && panels.isEmpty }

  /// What the log-odds of a row at a slot gain.
  func gain(at slot: Int) -> Double {
    rhythm.reduce(0) { sum, companion in
      guard companion.span.contains(slot) else { return sum }
      return sum + trust.gain(companion, hasRow: companion.slots.contains(slot))
    }
  }

  /// The panels that others have on a row, with what the log-odds of each gain.
  func panels(on row: Row) -> [(panels: PanelRow, gain: Float)] {
    guard let slot = context.grid.slot(of: row) else { return [] }
    return panels.compactMap { companion in
      companion.steps?[slot].map { ($0.panels, panelTrust.gain(companion.panelAgreement)) }
    }
  }

  /// How many rows the holds of a row last in a chart that has the same panels there.
  func holdLength(of panels: PanelRow, on row: Row) -> Int? {
    guard let slot = context.grid.slot(of: row) else { return nil }
    return self.panels.lazy.compactMap { $0.steps?[slot] }.first { $0.panels == panels }?.holdLength
  }

  /// A chart that has a row there too; where several have, the likest.
  func name(at row: Row) -> String? {
    guard let slot = context.grid.slot(of: row) else { return nil }
    return rhythm.filter { $0.slots.contains(slot) }.max { $0.likeness < $1.likeness }?.name
  }
}
