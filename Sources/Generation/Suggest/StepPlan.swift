import Chart

/// The steps that a panel search walks: fixed ones before the region, those to fill (and kept ones between them), fixed
/// ones after it.
struct StepPlan {
  /// All note rows of the chart, with those to fill.
  let chartRows: [Row]
  /// What is stepped on at the kept rows.
  let keptPanels: [Row: PanelRow]
  /// Where the plan begins among the chart's rows.
  let offset: Int
  /// How many of the steps lie before the region.
  let prefix: Int
  let steps: SelectionSteps
  /// The panels of kept steps; nil for those to choose.
  let fixed: [PanelRow?]
  /// The panels of the kept step before the first one here.
  let previous: PanelRow?
  /// The holds that began before the first one here and last at least until it.
  let heldBefore: [(lane: Lane, end: Row)]
  /// The holds that begin on each kept step.
  let holdEnds: [[(lane: Lane, end: Row)]]
  /// The lanes of each step in which a kept note stands or lasts.
  let blocked: [PanelSet]
  /// For each step and lane, the row before which a hold must have ended.
  private let limits: [[Row]]

  init(context: SuggestionContext, rows: [Row], before: Int, after: Int) {
    let range = context.request.region
    let keptRows = context.keptRows
    let earlier = keptRows.filter { $0 < range.lowerBound }
    let later = keptRows.filter { $0 >= range.upperBound }
    let inside = keptRows.filter(range.contains)
    let free = Set(rows).subtracting(inside)
    let filled = (inside + free).sorted()
    let all = Array(earlier.suffix(before)) + filled + Array(later.prefix(after))
    chartRows = earlier + filled + later
    keptPanels = context.keptPanels
    prefix = min(before, earlier.count)
    offset = earlier.count - prefix
    steps = SelectionSteps(rows: all, seconds: context.timing.seconds(atSorted: all).map(\.value))
    let lanes = context.pad.panels.count
    fixed = all.map { free.contains($0) ? nil : context.keptPanels[$0] }
    previous = earlier.dropLast(before).last.flatMap { context.keptPanels[$0] }
    func hold(_ note: Note) -> (lane: Lane, end: Row)? {
      note.isStep && note.lane.index < lanes ? note.end.map { (note.lane, $0) } : nil
    }
    heldBefore = (0..<lanes).compactMap { lane in
      guard let first = all.first, let note = context.kept.note(covering: first, lane: Lane(lane)),
        note.row < first
      else { return nil }
      return hold(note)
    }
    holdEnds = all.map { context.kept.notes(on: $0).compactMap(hold) }
    let sweep = LaneSweep(context.kept, rows: all, lanes: lanes)
    blocked = sweep.blocked
    // A hold must be over before the next fixed step: what feet do there is not to be disturbed.
    limits = all.indices.map { step in
      let nextFixed = all[step...].dropFirst().first { !free.contains($0) } ?? range.upperBound
      return sweep.next[step].map { min(min($0 ?? range.upperBound, nextFixed), range.upperBound) }
    }
  }

  /// How many rows a hold that begins on a step can last.
  func room(for lane: Lane, at step: Int) -> Int {
    steps.rows[step].distance(to: limits[step][lane.index]) - 1
  }

  func footRow(at step: Int, _ panels: PanelRow, held: PanelSet) -> FootRow {
    FootRow(row: steps.rows[step], time: Seconds(steps.seconds[step]), steps: panels.all, held: held)
  }
}

extension PanelRow {
  /// What is stepped on in a row's notes.
  init(_ notes: some Sequence<Note>, lanes: Int) {
    self.init(taps: [], heads: [])
    for note in notes where note.isStep && note.lane.index < lanes {
      if note.end == nil {
        taps.formUnion(PanelSet(note.lane))
      } else {
        heads.formUnion(PanelSet(note.lane))
      }
    }
  }
}

/// What the kept notes leave of each lane at some rows.
private struct LaneSweep {
  var blocked: [PanelSet] = []
  /// The first kept note of each lane after each row.
  var next: [[Row?]] = []

  init(_ kept: NoteList, rows: [Row], lanes: Int) {
    var ends = [Row?](repeating: nil, count: lanes)
    var index = 0
    for row in rows {
      while index < kept.count, kept[index].row <= row {
        let note = kept[index]
        if note.lane.index < lanes { ends[note.lane.index] = note.lastRow }
        index += 1
      }
      var set = PanelSet()
      for (lane, end) in ends.enumerated() {
        if let end, end >= row { set.formUnion(PanelSet(Lane(lane))) }
      }
      blocked.append(set)
    }
    var coming = [Row?](repeating: nil, count: lanes)
    index = kept.count - 1
    for row in rows.reversed() {
      while index >= 0, kept[index].row > row {
        if kept[index].lane.index < lanes { coming[kept[index].lane.index] = kept[index].row }
        index -= 1
      }
      next.append(coming)
    }
    next.reverse()
  }
}
