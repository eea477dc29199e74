import Chart
import Foundation
import Testing

@testable import Generation

/// What the song's other charts do to a proposal.
struct CompanionTests {
  private static let model = Result { try ShippedModel.suggester() }
  private static let region = Row.measure(4)..<Row.measure(8)
  private static let trust = CompanionTrust(weights: [1, -0.5, 0.5, -2, 0, 0, 3, 0, 0, -1, 0, 0])

  /// Eighths on every beat and after every second one, on lanes that go round.
  private static func notes(lanes: Int, measures: Range<Int>, turning: Int = 1) -> NoteList {
    let eighths = measures.lowerBound * 8..<measures.upperBound * 8
    return NoteList(
      eighths.filter { $0 % 4 != 3 }.map { Note(row: Row($0 * 24), lane: Lane($0 * turning % lanes)) })
  }

  private static func request(
    _ type: StepsType, written: NoteList, beside companions: [CompanionChart]
  ) -> SuggestionRequest {
    SuggestionRequest(
      chart: StepChart(header: ChartHeader(stepsType: type, meter: 8), notes: written),
      timing: TestSong.timing, region: region, level: 8, companions: companions)
  }

  private static func companions(
    _ type: StepsType, written: NoteList, beside chart: CompanionChart
  ) throws -> Companions {
    let context = try SuggestionContext(request(type, written: written, beside: [chart]), features: nil)
    return Companions(
      context, density: 3, trust: trust, panelTrust: CompanionPanelTrust(weights: [1, 1]))
  }

  @Test func aRowOfADenserChartGainsAsTheContractSays() throws {
    let written = Self.notes(lanes: 5, measures: 0..<4)
    let other = CompanionChart(
      name: "S15", stepsType: .pumpSingle, notes: Self.notes(lanes: 5, measures: 0..<8))
    let companions = try Self.companions(.pumpSingle, written: written, beside: other)
    // 24 rows agree of 24, and 12 that are worth .68: ln(.8933 / .1267) = 1.953.
    let agreement = log((24 + 0.68 * 12) / 36 / (1.02 - (24 + 0.68 * 12) / 36))
    #expect(abs(companions.gain(at: 4 * 96) - (1 + 0.5 * agreement)) < 1e-6)
    #expect(companions.gain(at: 4 * 96 + 6) == -2)
    #expect(companions.gain(at: 8 * 96 + 12) == 0, "after its last row a chart says nothing")
    #expect(companions.name(at: Row.measure(4)) == "S15")
    #expect(companions.name(at: Row.measure(4) + 12) == nil)
  }

  @Test func panelsGainWithWhatIsAlikeAlready() throws {
    let other = CompanionChart(
      name: "S15", stepsType: .pumpSingle, notes: Self.notes(lanes: 5, measures: 0..<8))
    let alike = try Self.companions(
      .pumpSingle, written: Self.notes(lanes: 5, measures: 0..<4), beside: other)
    let unlike = try Self.companions(
      .pumpSingle, written: Self.notes(lanes: 5, measures: 0..<4, turning: 2), beside: other)
    let gains = [alike, unlike].map { $0.panels(on: .measure(4)).first?.gain ?? -1 }
    #expect(gains[0] > 2)
    #expect(gains[1] == 0, "a chart that goes its own way says nothing")
    let double = try Self.companions(
      .pumpDouble, written: Self.notes(lanes: 5, measures: 0..<4), beside: other)
    #expect(double.panels(on: .measure(4)).isEmpty, "another steps type has other panels")
  }

  @Test(arguments: StepsType.authored)
  func aProposalStepsWhereTheOtherChartDoes(on type: StepsType) throws {
    let model = try Self.model.get()
    let lanes = type.lanes ?? 1
    let written = Self.notes(lanes: lanes, measures: 0..<4)
    // In the region it goes on in the last two measures only.
    let later = Self.notes(lanes: lanes, measures: 6..<8)
    let other = CompanionChart(name: "other", stepsType: type, notes: NoteList(Array(written) + later))
    func share(_ companions: [CompanionChart]) throws -> Double {
      var request = Self.request(type, written: written, beside: companions)
      request.rowCount = later.count
      let answer = try model.suggest(request, features: TestSong.features(model))
      let own = Set(answer[0].notes.map(\.note.row))
      let theirs = Set(other.rows.filter(Self.region.contains))
      return 2 * Double(own.intersection(theirs).count) / Double(own.count + theirs.count)
    }
    let beside = try share([other])
    #expect(beside >= 0.8)
    #expect(try share([]) < beside)
  }

  @Test func aChartThatIsACopySoFarIsCopied() throws {
    let model = try Self.model.get()
    let other = CompanionChart(
      name: "Hard 9", stepsType: .danceSingle, notes: TestSong.chart(.danceSingle).notes)
    let written = NoteList(other.notes.filter { $0.row < Self.region.lowerBound })
    let answer = try model.suggest(
      Self.request(.danceSingle, written: written, beside: [other]), features: TestSong.features(model))
    let wanted = Set(other.notes.filter { Self.region.contains($0.row) })
    let right = answer[0].notes.count { wanted.contains($0.note) }
    #expect(Double(right) >= 0.8 * Double(wanted.count))
    #expect(answer[0].notes.contains { $0.reason.contains("as in Hard 9") })
  }

  @Test func aSongWhoseOtherChartsAreDenseForTheirLevelsIsDense() throws {
    let model = try Self.model.get()
    func rows(_ eighthsApart: Int) throws -> Int {
      let notes = NoteList(
        (0..<64 / eighthsApart).map { Note(row: Row($0 * eighthsApart * 24), lane: Lane(0)) })
      let other = CompanionChart(name: "other", stepsType: .pumpDouble, level: 8, notes: notes)
      var request = Self.request(.pumpSingle, written: NoteList(), beside: [other])
      request.region = .zero..<Row.measure(8)
      return Set(try model.suggest(request, features: TestSong.features(model))[0].notes.map(\.note.row))
        .count
    }
    #expect(try rows(1) > rows(4))
  }

  @Test func agreementFadesAndIsFinite() {
    var agreement = Agreement(usual: 0.5, worth: 4)
    for _ in 0..<200 { agreement.see(true, memory: 0.97) }
    #expect(agreement.share > 0.99 && agreement.logOdds.isFinite)
    for _ in 0..<40 { agreement.see(false, memory: 0.97) }
    #expect(agreement.share < 0.4)
  }
}
