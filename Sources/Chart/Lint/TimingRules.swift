/// Rules about a chart's timing.
enum TimingRules {
  static let all: [Lint.ChartRule] = [
    Lint.ChartRule(code: "no-bpm", summary: "No tempo is given; 60 BPM is assumed.", check: noBPM),
    Lint.ChartRule(
      code: "first-bpm", summary: "The first tempo does not stand at beat 0.", check: firstBPM),
    Lint.ChartRule(
      code: "redundant-bpm", summary: "A tempo change to the tempo already in force.", check: redundantBPM),
    Lint.ChartRule(
      code: "bpm-warp", summary: "A tempo of millions used as a warp; its notes stay real.", check: bpmWarp),
    Lint.ChartRule(
      code: "overlapping-warps",
      summary: "A warp begins before the one before it has ended.", check: overlappingWarps),
    Lint.ChartRule(
      code: "nested-warp",
      summary: "A warp lies inside a longer one; players judge the rows behind it differently.",
      check: nestedWarp),
    Lint.ChartRule(
      code: "label-text", summary: "A label holds a character that cannot be written.", check: labelText),
  ]

  private static func noBPM(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    subject.timing.bpms.isEmpty
      ? [
        Lint.Finding(
          severity: .error, message: "no tempo is given; 60 BPM is assumed",
          remedy: "fill in #BPMS; a chart with any timing tag of its own does not take the song's",
          tag: "BPMS")
      ]
      : []
  }

  private static func firstBPM(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    guard let first = subject.timing.bpms.first, first.row != .zero else { return [] }
    return [
      Lint.Finding(
        message: "the first tempo stands at \(first.row.place), not at beat 0",
        remedy: "put it at beat 0, where it counts anyway", row: first.row, tag: "BPMS")
    ]
  }

  private static func redundantBPM(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    let bpms = subject.timing.bpms
    let found = zip(bpms, bpms.dropFirst()).filter { $0.value == $1.value }.map(\.1)
    guard let first = found.first else { return [] }
    return [
      Lint.Finding(
        severity: .note, message: "\(found.count) tempo changes change nothing, first at \(first.row.place)",
        remedy: "keep them as pins, or delete them", row: first.row, tag: "BPMS")
    ]
  }

  private static func bpmWarp(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    let found = subject.timing.bpms.filter { $0.value >= Gimmicks.warpingBPM }
    guard let first = found.first else { return [] }
    return [
      Lint.Finding(
        severity: .note,
        message: "\(found.count) tempos of millions used as warps, first at \(first.row.place)",
        remedy: "#WARPS says the same and is judged alike everywhere", row: first.row, tag: "BPMS")
    ]
  }

  private static func overlappingWarps(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    overlap(of: subject.timing.warps, isNested: false).map { row in
      [
        Lint.Finding(
          message: "warps overlap at \(row.place)", remedy: "join them to one warp", row: row, tag: "WARPS")
      ]
    } ?? []
  }

  private static func nestedWarp(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    overlap(of: subject.timing.warps, isNested: true).map { row in
      [
        Lint.Finding(
          message: "a warp lies inside a longer one at \(row.place); StepMania judges the rows behind it",
          remedy: "take the inner warp away", row: row, tag: "WARPS")
      ]
    } ?? []
  }

  /// The first warp that begins before an earlier one has ended, and ends before it (nested) or after it.
  private static func overlap(of warps: [TimingEvent<Int>], isNested: Bool) -> Row? {
    var end = Row.zero
    for warp in warps {
      if warp.row < end, (warp.row + warp.value <= end) == isNested { return warp.row }
      end = max(end, warp.row + warp.value)
    }
    return nil
  }

  private static func labelText(_ subject: Lint.Subject, _: Lint.Context) -> [Lint.Finding] {
    subject.timing.labels.filter { $0.value.contains(",") || $0.value.contains("=") }.map { label in
      Lint.Finding(
        message: "the label at \(label.row.place) holds a comma or an equals sign",
        remedy: "take it out; the label is cut there when it is read", row: label.row, tag: "LABELS")
    }
  }
}
