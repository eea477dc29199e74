import Chart
import Foundation
import Testing

@testable import Generation

/// What an author relies on, whatever is asked: the model keeps to the region, to the counts and to what feet can do.
struct SuggestionTests {
  private static let model = Result { try ShippedModel.suggester() }
  private static let features = model.map(TestSong.features)

  /// Requests of all kinds about one type.
  private static func requests(_ type: StepsType) -> [SuggestionRequest] {
    let chart = TestSong.chart(type)
    let inner = Row.measure(2)..<Row.measure(4)
    var requests = [SuggestionRequest(chart: chart, timing: TestSong.timing, region: inner, level: 8)]
    for index in 0..<6 {
      var request = requests[0]
      request.seed = UInt64(index) * 77 + 3
      request.level = [4, 12, 18, 24, nil, 10][index]
      request.keepsExisting = index % 2 == 1
      request.density = [0.5, 1, 2, 1, 3, 1][index]
      request.alternatives = index == 2 ? 3 : 1
      request.styles = index == 3 ? ["run": 1, "bracket": -1] : [:]
      if index == 4 { request.region = Row(100)..<Row(901) }
      if index == 5 { request.region = .zero..<Row.measure(10) }
      requests.append(request)
    }
    return requests
  }

  /// The request's chart with an answer in it.
  private func chart(_ request: SuggestionRequest, with answer: SuggestionAlternative) -> StepChart {
    var chart = request.chart
    if !request.keepsExisting {
      chart.notes = NoteList(sorted: chart.notes.filter { !request.region.contains($0.row) })
    }
    for proposed in answer.notes { chart.notes.insert(proposed.note) }
    return chart
  }

  @Test(arguments: StepsType.authored)
  func nothingOutsideTheRegionAndNothingKeptIsTouched(on type: StepsType) throws {
    for request in Self.requests(type) {
      let kept = request.chart.notes.filter { request.keepsExisting || !request.region.contains($0.row) }
      let keptPlaces = Dictionary(grouping: kept, by: \.lane)
      for answer in try Self.model.get().suggest(request, features: Self.features.get()) {
        for note in answer.notes.map(\.note) {
          #expect(request.region.contains(note.row))
          #expect(note.lastRow < request.region.upperBound)
          let overlapping = (keptPlaces[note.lane] ?? []).filter {
            $0.row <= note.lastRow && note.row <= $0.lastRow
          }
          #expect(overlapping.isEmpty, "\(note) meets \(overlapping)")
        }
        // Put into the chart one by one, no note makes another give way.
        #expect(chart(request, with: answer).notes.count == kept.count + answer.notes.count)
      }
    }
  }

  @Test(arguments: StepsType.authored)
  func theSameSeedGivesTheSameAnswer(on type: StepsType) throws {
    var request = Self.requests(type)[3]
    let model = try Self.model.get()
    let first = try model.suggest(request, features: Self.features.get())
    #expect(try model.suggest(request, features: Self.features.get()) == first)
    #expect(try model.suggest(request, features: TestSong.features(model)) == first)
    request.seed += 1
    #expect(try model.suggest(request, features: Self.features.get()) != first)
  }

  @Test(arguments: StepsType.authored)
  func everySuggestionPassesTheChecks(on type: StepsType) throws {
    for request in Self.requests(type) {
      var before = Simfile(song: SongHeader())
      before.timing = request.timing
      var empty = request.chart
      empty.notes = NoteList()
      for answer in try Self.model.get().suggest(request, features: Self.features.get()) {
        empty.notes = NoteList(answer.notes.map(\.note))
        before.charts = [empty]
        let context = Lint.Context(musicLength: Seconds(20))
        let found = Lint.findings(in: before, context).filter { $0.row != nil }
        #expect(found.isEmpty, "\(found.map(\.message))")
        guard let playability = Playability(empty, timing: request.timing) else { continue }
        #expect(playability.impossibleRows == 0)
        #expect(playability.illegalHolds == 0)
      }
    }
  }

  @Test(arguments: [1, 7, 20])
  func asManyRowsAsAskedFor(_ count: Int) throws {
    var request = Self.requests(.pumpSingle)[0]
    request.rowCount = count
    request.alternatives = 3
    for answer in try Self.model.get().suggest(request, features: Self.features.get()) {
      #expect(Set(answer.notes.map(\.note.row)).count == count)
    }
  }

  @Test func whatFollowsACorrectionMayBeNothing() throws {
    var request = Self.requests(.danceSingle)[0]
    request.density = 0.001
    let model = try Self.model.get()
    let features = try Self.features.get()
    #expect(Set(try model.suggest(request, features: features).first?.notes.map(\.note.row) ?? []).count == 1)
    request.mayBeEmpty = true
    #expect(try model.suggest(request, features: features).first?.notes.isEmpty == true)
  }

  @Test(arguments: StepsType.authored)
  func rowsNearlyProposedStandBesideThoseThatAre(on type: StepsType) throws {
    for request in Self.requests(type) {
      for answer in try Self.model.get().suggest(request, features: Self.features.get()) {
        let rows = Set(answer.notes.map(\.note.row))
        let kept = request.chart.notes.filter { request.keepsExisting || !request.region.contains($0.row) }
        #expect(answer.nearRows == answer.nearRows.sorted())
        #expect(answer.nearRows.allSatisfy { request.region.contains($0) && !rows.contains($0) })
        #expect(Set(kept.map(\.row)).isDisjoint(with: answer.nearRows))
      }
    }
  }

  @Test(arguments: StepsType.authored)
  func panelsForGivenRowsTakeTheseAndNoOthers(on type: StepsType) throws {
    var request = Self.requests(type)[0]
    let rows = [0, 7, 24, 25, 48, 60, 100, 191, 240].map { request.region.lowerBound + $0 }
    request.scope = .selection(rows: rows)
    for features in [try Self.features.get(), nil] {
      let answer = try #require(try Self.model.get().suggest(request, features: features).first)
      #expect(Set(answer.notes.map(\.note.row)).sorted() == rows)
    }
  }

  @Test func anAnswerThatNoOneWaitsForIsGivenUp() throws {
    let request = Self.requests(.pumpDouble)[2]
    let model = try Self.model.get()
    let features = try Self.features.get()
    for patience in [0, 1, 5, 20] {
      var asked = 0
      #expect(throws: ModelError.cancelled) {
        _ = try model.suggest(request, features: features) {
          asked += 1
          return asked > patience
        }
      }
      #expect(asked == patience + 1)
    }
  }

  @Test func alternativesDiffer() throws {
    var request = Self.requests(.pumpSingle)[0]
    request.alternatives = 4
    let answers = try Self.model.get().suggest(request, features: Self.features.get())
    #expect(answers.count > 1)
    for (index, answer) in answers.enumerated() {
      for other in answers[..<index] { #expect(answer.notes.map(\.note) != other.notes.map(\.note)) }
    }
    let others = answers.dropFirst().map(\.score)
    #expect(others == others.sorted(by: >), "after the likeliest, best first")
  }

  @Test(arguments: [
    (\SuggestionRequest.density, 0.0, "the density must be more than 0"),
    (\SuggestionRequest.density, Double.nan, "the density must be more than 0"),
  ])
  func badRequestsAreRefusedInWords(
    _ field: WritableKeyPath<SuggestionRequest, Double> & Sendable, _ value: Double, _ problem: String
  ) throws {
    var request = Self.requests(.pumpSingle)[0]
    request[keyPath: field] = value
    #expect(throws: ModelError.requestInvalid(problem)) {
      _ = try Self.model.get().suggest(request, features: nil)
    }
  }
}

/// Panels alone: the author's rhythm is more than its rows.
struct PanelsOnlyTests {
  @Test(arguments: StepsType.authored)
  func rowsKeepTheirTapsAndTheLengthOfTheirHolds(on type: StepsType) throws {
    let lanes = type.lanes ?? 1
    // Taps, jumps, a long and a short hold, and one beside a tap.
    let notes = NoteList([
      Note(row: Row(0), lane: Lane(0)), Note(row: Row(24), lane: Lane(1)), Note(row: Row(24), lane: Lane(3)),
      Note(row: Row(48), lane: Lane(2), kind: .hold(end: Row(84))), Note(row: Row(96), lane: Lane(0)),
      Note(row: Row(120), lane: Lane(lanes - 1)), Note(row: Row(120), lane: Lane(0)),
      Note(row: Row(144), lane: Lane(1), kind: .hold(end: Row(156))), Note(row: Row(168), lane: Lane(2)),
    ])
    let region = Row.zero..<Row.measure(1)
    var request = SuggestionRequest(
      chart: StepChart(header: ChartHeader(stepsType: type, meter: 12), notes: notes),
      timing: TestSong.timing, region: region, level: 12,
      scope: .selection(rows: notes.shapes(in: region).keys.sorted()), alternatives: 3)
    request.shapes = notes.shapes(in: region)
    for answer in try ShippedModel.suggester().suggest(request, features: nil) {
      #expect(NoteList(answer.notes.map(\.note)).shapes(in: region) == request.shapes)
    }
  }
}
