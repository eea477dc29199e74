/// Another chart of the song as the model reads it: its steps, on the rows of the chart that is asked about.
package struct CompanionChart: Hashable, Sendable {
  /// By what an author knows it: `S15`, `Hard 9`.
  package var name: String
  package var stepsType: StepsType
  /// nil where it is not known.
  package var level: Int?
  /// What is stepped on and judged.
  package var notes: NoteList

  package init(name: String, stepsType: StepsType, level: Int? = nil, notes: NoteList) {
    self.name = name
    self.stepsType = stepsType
    self.level = level
    self.notes = notes
  }

  /// The rows of its notes, ascending.
  package var rows: [Row] { notes.rows }
}

extension CompanionChart {
  /// - Parameters:
  ///   - timing: by which the chart is played.
  ///   - reading: in which its rows are told; where it differs, by the time of each row.
  package init(_ chart: StepChart, timing: TimingData, readBy reading: TimingData) {
    let map = TimingMap(timing)
    let header = chart.header
    name = header.stepsType.isPump ? header.levelName : "\(header.difficulty.rawValue) \(header.levelName)"
    stepsType = header.stepsType
    level = header.knownLevel
    let steps = chart.notes.steps(judgedBy: map)
    guard !timing.soundsLike(reading) else {
      notes = NoteList(sorted: steps)
      return
    }
    let other = TimingMap(reading)
    func row(_ row: Row) -> Row { other.beat(at: map.seconds(at: row)).row }
    notes = NoteList(
      steps.map { step in
        var moved = step
        moved.row = row(step.row)
        if let end = step.end { moved.kind = .hold(end: max(moved.row + 1, row(end))) }
        return moved
      })
  }
}

extension Simfile {
  /// Fewer rows are a chart that is only begun.
  private static let fewestCompanionRows = 16

  /// The song's other charts beside one.
  /// - Parameters:
  ///   - index: the chart that is asked about; nil for one that is not in the file.
  ///   - timing: by which that chart is played.
  package func companions(of index: Int?, timing: TimingData) -> [CompanionChart] {
    charts.indices.compactMap { other in
      let chart = charts[other]
      guard other != index, StepsType.authored.contains(chart.header.stepsType) else { return nil }
      let companion = CompanionChart(chart, timing: self.timing(of: chart), readBy: timing)
      return companion.rows.count >= Self.fewestCompanionRows ? companion : nil
    }
  }
}

extension TimingData {
  /// Whether every row sounds at the same time.
  fileprivate func soundsLike(_ other: TimingData) -> Bool {
    offset == other.offset && bpms == other.bpms && stops == other.stops && delays == other.delays
      && warps == other.warps
  }
}
