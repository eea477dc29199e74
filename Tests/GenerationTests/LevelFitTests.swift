import Chart
import Testing

@testable import Generation

/// Of several drafts of a whole chart the one is wanted that asks of the feet what its level asks.
struct LevelFitTests {
  private static let model = Result { try ShippedModel.suggester() }

  /// A draft of twenty measures: one panel after the other, so many rows a measure, each `jumps`-th with both corners.
  private static func draft(rowsPerMeasure: Int, jumps: Int = .max) -> PanelCandidate {
    var candidate = PanelCandidate(lanes: 5)
    for index in 0..<20 * rowsPerMeasure {
      let row = Row(index * Row.perMeasure / rowsPerMeasure)
      let lanes = index % jumps == jumps - 1 ? [0, 4] : [[0, 2, 4, 2, 1, 2, 3, 2][index % 8]]
      for lane in lanes { candidate.append(Note(row: row, lane: Lane(lane)), probability: 1) }
    }
    return candidate
  }

  private static func fit(
    level: Int?, styles: [String: Double] = [:], chart: StepChart? = nil
  ) throws -> LevelFit? {
    let empty = StepChart(header: ChartHeader(stepsType: .pumpSingle, meter: level ?? 1))
    let request = SuggestionRequest(
      chart: chart ?? empty, timing: TestSong.timing, region: .zero..<Row.measure(20), level: level,
      styles: styles)
    let context = try SuggestionContext(request, features: nil)
    let norms = try model.get().norms
    return LevelFit(context, budget: StepBudget(context, rows: 160, norms: norms), norms: norms)
  }

  @Test func anEasyDraftFitsALowLevelAndAHardOneAHighLevel() throws {
    let (easy, hard) = (Self.draft(rowsPerMeasure: 4, jumps: 12), Self.draft(rowsPerMeasure: 16, jumps: 20))
    let low = try #require(try Self.fit(level: 3))
    #expect(low.misfit(of: easy) < low.misfit(of: hard))
    let high = try #require(try Self.fit(level: 17))
    #expect(high.misfit(of: hard) < high.misfit(of: easy))
  }

  @Test func whereTheAuthorSaysWhatIsWantedNothingElseCounts() throws {
    #expect(try Self.fit(level: nil) == nil)
    #expect(try Self.fit(level: 8, styles: ["run": 1]) == nil)
    var written = StepChart(header: ChartHeader(stepsType: .pumpSingle, meter: 8))
    for index in 0..<80 {
      written.notes.insert(Note(row: Row.measure(20) + index * 12, lane: Lane(index % 5)))
    }
    #expect(try Self.fit(level: 8, chart: written) == nil)
  }
}
