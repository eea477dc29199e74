import Audio
import Chart
import Foundation
import Generation
import Tempo

/// One run of `learnitup suggest`: the request that its options make, the answer, and what is written of it.
struct SuggestionJob {
  private let song: OpenedSong
  private let clip: AudioClip
  private let request: SuggestionRequest
  /// The chart of the file that is asked about; nil for a new one.
  private let chartIndex: Int?

  init(command: SuggestCommand, song: OpenedSong) throws {
    let chart = try Self.chart(for: command, in: song)
    let music = try song.music(of: chart, for: "listen to", named: command.song)
    self.song = song
    chartIndex = command.chart
    clip = try AudioClip.decodeTelling(music.path)
    let times = try command.times.map { file throws(CommandError) in try TimesFile.read(URL(filePath: file)) }
    let timing = try Self.timing(for: chart, in: song, clip: clip, music: music, times: times ?? [])
    let map = TimingMap(timing)
    let region = try Self.region(from: command.from, to: command.to, map: map, clip: clip, times: times ?? [])
    var context = chart
    // A whole song has nothing outside it: neither notes before beat 0 nor notes after the music.
    if command.from == nil, command.to == nil, !command.keep { context.notes = NoteList() }
    var request = SuggestionRequest(
      chart: context, timing: timing, region: region,
      level: command.level ?? (chartIndex == nil ? nil : chart.header.knownLevel),
      scope: try Self.scope(of: command, times: times, chart: chart, region: region, map: map),
      keepsExisting: command.keep,
      density: command.density, rowCount: command.count, alternatives: command.alternatives,
      seed: command.seed, styles: try command.styles(),
      companions: command.alone ? [] : song.simfile.companions(of: command.chart, timing: timing))
    if times == nil, command.only == .selection { request.shapes = chart.notes.shapes(in: region) }
    self.request = request
  }

  func answer() throws -> [SuggestionAlternative] {
    do throws(ModelError) {
      let model = try Suggester()
      return try model.suggest(request, features: model.prepare(clip))
    } catch {
      throw CommandError(.cannotRun, error.description)
    }
  }

  // MARK: - The request

  private static func chart(for command: SuggestCommand, in song: OpenedSong) throws(CommandError)
    -> StepChart
  {
    if let index = command.chart {
      let charts = song.simfile.charts
      guard charts.indices.contains(index) else {
        throw CommandError(noChart: index, of: song.simfile, file: command.song)
      }
      let chart = charts[index]
      if let type = command.type, type != chart.header.stepsType.name {
        throw CommandError(
          .cannotRun, file: command.song, "chart \(index) is \(chart.header.stepsType.name.printable)",
          remedy: "leave --type away, or name that")
      }
      guard StepsType.authored.contains(chart.header.stepsType) else {
        throw CommandError(
          .problems, file: command.song, "the model does not know \(chart.header.stepsType.name.printable)")
      }
      return chart
    }
    let type = StepsType(command.type ?? StepsType.pumpSingle.name)
    let letter = type.name.hasSuffix("single") ? "S" : type == .pumpHalfDouble ? "HD" : "D"
    return StepChart(
      header: ChartHeader(
        stepsType: type, description: command.level.map { "\(letter)\($0)" } ?? "", meter: command.level ?? 1)
    )
  }

  private static func timing(
    for chart: StepChart, in song: OpenedSong, clip: AudioClip, music: URL, times: [Seconds]
  ) throws -> TimingData {
    if let timing = chart.timing { return timing }
    if !song.simfile.timing.bpms.isEmpty { return song.simfile.timing }
    guard let timing = try TempoFinder().estimate(clip).timing else {
      throw CommandError(
        .problems, file: music.path, "no tempo found",
        remedy: "write #BPMS and #OFFSET in a chart and give that")
    }
    return times.min().map { timing.beginning(before: $0) } ?? timing
  }

  /// What the options say; else from beat 0 to the end of the music, or to the last of the given times.
  private static func region(
    from: Double?, to: Double?, map: TimingMap, clip: AudioClip, times: [Seconds]
  ) throws(CommandError) -> Range<Row> {
    let start = Beat(from ?? 0).row
    let ends = [map.beat(at: Seconds(clip.duration)).row] + times.map { map.beat(at: $0).row + 1 }
    let end = to.map { Beat($0).row } ?? ends.max() ?? start
    guard start < end else {
      throw to == nil
        ? CommandError(
          .problems, "nothing lies after beat \(start.beat.value)", remedy: "the music ends before it")
        : CommandError(
          .problems, "no row lies from beat \(start.beat.value) to \(end.beat.value)",
          remedy: "ask for more: a row is a 48th of a beat")
    }
    return start..<end
  }

  private static func scope(
    of command: SuggestCommand, times: [Seconds]?, chart: StepChart, region: Range<Row>, map: TimingMap
  ) throws(CommandError) -> SuggestionRequest.Scope {
    if let times {
      let rows = times.map { map.beat(at: $0).row }
      let outside = rows.count { !region.contains($0) }
      if outside > 0 { Console.note("\(counted(outside, "time")) outside the region: left out") }
      return .selection(rows: Set(rows.filter(region.contains)).sorted())
    }
    switch command.only {
    case nil: return .both
    case .placement: return .placement
    case .selection:
      return .selection(rows: chart.notes[region].filter(\.isStep).rows)
    }
  }
}

// MARK: - The answer

extension SuggestionJob {
  struct Report: Encodable {
    struct Alternative: Encodable {
      var score: Double
      var notes: [NoteReport]
    }

    var stepsType: String
    var level: Int?
    var seed: UInt64
    var timing: TimingReport
    var alternatives: [Alternative]

    private enum CodingKeys: String, CodingKey {
      case level, seed, timing, alternatives
      case stepsType = "steps_type"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(stepsType, forKey: .stepsType)
      try container.encode(level, forKey: .level)
      try container.encode(seed, forKey: .seed)
      try container.encode(timing, forKey: .timing)
      try container.encode(alternatives, forKey: .alternatives)
    }
  }

  func report(of answer: [SuggestionAlternative]) -> Report {
    let map = TimingMap(request.timing)
    return Report(
      stepsType: request.chart.header.stepsType.name, level: request.level, seed: request.seed,
      timing: TimingReport(request.timing),
      alternatives: answer.map { alternative in
        Report.Alternative(
          score: alternative.score,
          notes: alternative.notes.map { NoteReport($0.note, timing: map, probability: $0.probability) })
      })
  }

  func summary(of answer: [SuggestionAlternative]) -> [String] {
    answer.enumerated().map { index, alternative in
      let rows = Set(alternative.notes.map(\.note.row)).count
      let mean = alternative.notes.reduce(0) { $0 + $1.probability } / Double(max(1, alternative.notes.count))
      return "\(index + 1): \(alternative.notes.count) notes on \(rows) rows, "
        + "mean probability \(mean.formatted(.number.precision(.fractionLength(2)))), "
        + "score \(alternative.score.formatted(.number.precision(.fractionLength(3))))"
    }
  }

  /// Writes the song with the proposals in it: the chart asked about with its region filled by the best answer, or
  /// a new chart for each answer.
  func write(_ answer: [SuggestionAlternative], to file: URL) throws {
    var simfile = song.simfile
    if let chartIndex, let best = answer.first {
      simfile.charts[chartIndex].notes = chart(with: best).notes
    } else {
      if simfile.timing.bpms.isEmpty { simfile.timing = request.timing }
      for (index, alternative) in answer.enumerated() {
        var chart = chart(with: alternative)
        if answer.count > 1 { chart.header.description += " \(index + 1)" }
        simfile.charts.append(chart)
      }
    }
    // Of several new charts a file for one chart gets the best, which is the first of them.
    let written = try song.file.serialized(simfile, chart: chartIndex ?? song.simfile.charts.count, at: file)
    try OutputFile.write(written.bytes, to: file)
    OutputFile.tell(written.losses, of: file)
  }

  /// The request's chart with an answer in its region.
  private func chart(with alternative: SuggestionAlternative) -> StepChart {
    var chart = request.chart
    if !request.keepsExisting {
      chart.notes = NoteList(sorted: chart.notes.filter { !request.region.contains($0.row) })
    }
    for proposed in alternative.notes { chart.notes.insert(proposed.note) }
    return chart
  }
}
