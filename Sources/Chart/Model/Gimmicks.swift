/// What a chart does beyond plain steps on a steady grid. Learning skips or flattens it; authors filter by it.
package struct Gimmicks: OptionSet, Hashable, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let stops = Gimmicks(rawValue: 1)
  package static let warps = Gimmicks(rawValue: 2)
  package static let fakes = Gimmicks(rawValue: 4)
  package static let scrolls = Gimmicks(rawValue: 8)
  package static let continuousTempo = Gimmicks(rawValue: 16)
  package static let visibility = Gimmicks(rawValue: 32)

  /// Each gimmick with the word that commands and reports use for it.
  package static let names: [(Gimmicks, String)] = [
    (.stops, "stops"), (.warps, "warps"), (.fakes, "fakes"), (.scrolls, "scrolls"),
    (.continuousTempo, "continuous-bpm"), (.visibility, "vanish"),
  ]

  /// The names of those present; empty for a plain chart.
  package var words: [String] { Gimmicks.names.filter { contains($0.0) }.map(\.1) }

  /// The names of those present, or `plain`.
  package var summary: String { isEmpty ? "plain" : words.joined(separator: " ") }

  /// A tempo from which packs use BPM as a warp: no time to speak of passes.
  package static let warpingBPM = 9_999_999.0

  /// So many tempo changes within two measures, again and again, are a ramp rather than a change of tempo.
  private static let changesOfARamp = 8

  package init(of chart: StepChart, timing: TimingData) {
    var found: Gimmicks = []
    if !timing.stops.isEmpty || !timing.delays.isEmpty { found.insert(.stops) }
    if !timing.warps.isEmpty || timing.bpms.contains(where: { $0.value >= Gimmicks.warpingBPM }) {
      found.insert(.warps)
    }
    if !timing.fakes.isEmpty || chart.notes.contains(where: { $0.kind == .fake || $0.modifiers.isFake }) {
      found.insert(.fakes)
    }
    if timing.scrolls.contains(where: { $0.value != 1 })
      || timing.speeds.contains(where: { $0.value.ratio != 1 })
    {
      found.insert(.scrolls)
    }
    if Gimmicks.hasRamp(timing.bpms) { found.insert(.continuousTempo) }
    if chart.notes.contains(where: { $0.modifiers.visibility != .normal }) { found.insert(.visibility) }
    self = found
  }

  /// Whether eight tempo changes fall within two measures somewhere, tempos used as warps aside.
  private static func hasRamp(_ bpms: [TimingEvent<Double>]) -> Bool {
    let rows = bpms.filter { $0.value < warpingBPM }.map(\.row)
    guard rows.count >= changesOfARamp else { return false }
    return zip(rows, rows.dropFirst(changesOfARamp - 1)).contains {
      $0.distance(to: $1) <= 2 * Row.perMeasure
    }
  }
}

extension StepChart {
  /// The chart as the music hears it: its steps with the time of each, and nothing that is not to be stepped on
  /// (warped and fake notes, mines, keysounds). Sorted by time, then lane.
  package func musicTimeNotes(timing: TimingData) -> [(note: Note, time: Seconds)] {
    let map = TimingMap(timing)
    let steps = notes.steps(judgedBy: map)
    let times = map.seconds(of: NoteList(sorted: steps))
    return zip(steps, times).map { (note: $0, time: $1) }
  }
}
