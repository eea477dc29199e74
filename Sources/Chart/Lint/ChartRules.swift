/// Rules about a chart's header and notes.
enum ChartRules {
  static let all: [Lint.ChartRule] = [
    Lint.ChartRule(
      code: "unknown-type", summary: "The steps type is not in StepMania's table.", check: unknownType),
    Lint.ChartRule(code: "no-notes", summary: "The chart has no notes.", check: noNotes),
    Lint.ChartRule(
      code: "level-mismatch", summary: "Level and description (S17, D22, HD14) disagree.",
      check: levelMismatch),
    Lint.ChartRule(code: "level-range", summary: "The level is outside what is in use.", check: levelRange),
    Lint.ChartRule(
      code: "lane-range", summary: "A note lies outside the steps type's lanes.", check: laneRange),
    Lint.ChartRule(
      code: "before-music", summary: "Notes are to be hit before the music begins.", check: beforeMusic),
    Lint.ChartRule(
      code: "after-music", summary: "Notes are to be hit after the music's end.", check: afterMusic),
    Lint.ChartRule(
      code: "impossible-row", summary: "More panels at once than two feet can press.", check: impossibleRow),
    Lint.ChartRule(
      code: "warped-notes", summary: "Notes inside a warp or fake stretch are never judged.", check: unjudged),
    Lint.ChartRule(code: "short-hold", summary: "A hold too short to be held.", check: shortHold),
  ]

  private static func unknownType(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    let type = subject.chart.header.stepsType
    guard type.lanes == nil else { return [] }
    return [
      Lint.Finding(
        message: "the steps type \"\(type)\" is not known; the chart is kept as it stands",
        tag: "STEPSTYPE")
    ]
  }

  private static func noNotes(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    subject.chart.notes.isEmpty && subject.chart.header.stepsType.lanes != nil
      ? [Lint.Finding(message: "the chart has no notes")] : []
  }

  /// Pump writes the level in the description: a letter or two, then the number.
  private static func levelMismatch(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    let header = subject.chart.header
    guard header.stepsType.isPump, let word = header.description.split(separator: " ").first else {
      return []
    }
    let digits = word.drop { $0.isLetter && $0.isUppercase }
    guard let level = Int(digits), ["S", "D", "HD"].contains(word.dropLast(digits.count)),
      level != header.meter
    else { return [] }
    return [
      Lint.Finding(
        message: "the description says \(word), the level is \(header.meter)",
        remedy: "correct the one that is wrong", tag: "METER")
    ]
  }

  private static func levelRange(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    let meter = subject.chart.header.meter
    let isUsual = subject.chart.header.stepsType.isPump ? (1...30).contains(meter) || meter == 99 : meter >= 1
    return isUsual ? [] : [Lint.Finding(message: "the level \(meter) is not one in use", tag: "METER")]
  }

  private static func laneRange(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    guard let lanes = subject.chart.header.stepsType.lanes else { return [] }
    return first(of: subject.chart.notes.filter { $0.lane.index >= lanes }) { count, note in
      Lint.Finding(
        severity: .error, message: "\(count) notes beyond lane \(lanes) of \(subject.chart.header.stepsType)",
        remedy: "delete them or change the steps type", row: note.row)
    }
  }

  private static func beforeMusic(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    // Times ascend with rows, so the early notes are the first ones.
    let early = subject.chart.notes.prefix { subject.map.seconds(at: $0.row) < .zero }.filter(\.isStep)
    return first(of: Array(early)) { count, note in
      Lint.Finding(
        message: "\(count) notes before the music begins, first at \(note.row.place)",
        remedy: "move them or correct the offset", row: note.row)
    }
  }

  private static func afterMusic(_ subject: Lint.Subject, _ context: Lint.Context) -> [Lint.Finding] {
    guard let length = context.musicLength else { return [] }
    let late = subject.chart.notes.reversed().prefix { subject.map.seconds(at: $0.lastRow) > length }.filter(
      \.isStep)
    return first(of: late.reversed()) { count, note in
      Lint.Finding(
        message: "\(count) notes after the music's end, first at \(note.row.place)",
        remedy: "move them or correct the timing", row: note.row)
    }
  }

  /// Rows that need a third foot or hands, held panels counted. Charts for several players are passed over.
  private static func impossibleRow(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    guard let reach = PanelReach(subject.chart.header.stepsType) else { return [] }
    var held: [(lane: Lane, end: Row)] = []
    var found: [Note] = []
    var steps = subject.chart.notes.steps(judgedBy: subject.map)[...]
    if steps.contains(where: { $0.modifiers.player != nil }) { return [] }
    while let first = steps.first {
      let row = steps.prefix { $0.row == first.row }
      held.removeAll { $0.end < first.row }
      if reach.feet(for: held.map(\.lane) + row.map(\.lane)) > 2 { found.append(first) }
      for note in row { if let end = note.end { held.append((note.lane, end)) } }
      steps = steps.dropFirst(row.count)
    }
    return self.first(of: found) { count, note in
      Lint.Finding(
        message: "\(count) rows need more than two feet, first at \(note.row.place)",
        remedy: "take panels away, or end a hold before", row: note.row)
    }
  }

  private static func unjudged(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    let found = subject.chart.notes.filter { $0.isStep && !subject.map.isJudged($0.row) }
    return first(of: found) { count, note in
      Lint.Finding(
        severity: .note, message: "\(count) notes are never judged, first at \(note.row.place)", row: note.row
      )
    }
  }

  /// A hold shorter than this is a tap to the player.
  private static let shortestHold = 0.05

  private static func shortHold(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    let found = subject.chart.notes.filter { note in
      guard let end = note.end, note.isStep else { return false }
      return subject.map.seconds(at: end).value - subject.map.seconds(at: note.row).value < shortestHold
    }
    return first(of: found) { count, note in
      Lint.Finding(
        severity: .note, message: "\(count) holds shorter than 50 ms, first at \(note.row.place)",
        remedy: "make them taps", row: note.row)
    }
  }

  private static func first(
    of notes: [Note], _ finding: (_ count: Int, _ first: Note) -> Lint.Finding
  ) -> [Lint.Finding] {
    notes.first.map { [finding(notes.count, $0)] } ?? []
  }
}
