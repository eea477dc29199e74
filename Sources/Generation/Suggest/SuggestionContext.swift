import Chart
import Foundation

/// A request made ready: what stays, what is fixed, where notes may go.
struct SuggestionContext {
  let request: SuggestionRequest
  let stepsType: StepsType
  let pad: Pad
  let timing: TimingMap
  let grid: SlotGrid
  /// The slots of the region.
  let region: Range<Int>
  /// The notes that never change: all outside the region, and those inside when the request keeps them.
  let kept: NoteList
  /// The rows on which kept notes are stepped on.
  let keptRows: [Row]
  /// What is stepped on there.
  let keptPanels: [Row: PanelRow]
  /// When the song sounds; nil where it is not heard.
  private let sounding: ClosedRange<Double>?

  init(_ request: SuggestionRequest, features: SongFeatures?) throws(ModelError) {
    self.request = request
    stepsType = request.chart.header.stepsType
    guard StepsType.authored.contains(stepsType), let pad = Pad(stepsType) else {
      throw .stepsTypeUnknown(name: stepsType.name)
    }
    self.pad = pad
    sounding = features?.sounding
    let timing = TimingMap(request.timing)
    self.timing = timing
    let range = request.region
    kept = NoteList(
      sorted: request.chart.notes.filter { request.keepsExisting || !range.contains($0.row) })
    let rows = kept.steps(judgedBy: timing).rows
    keptRows = rows
    let kept = kept
    keptPanels = Dictionary(
      rows.map { ($0, PanelRow(kept.notes(on: $0), lanes: pad.panels.count)) },
      uniquingKeysWith: { first, _ in first })
    let chartEnd = kept.last.map { $0.row + 1 } ?? .zero
    let songEnd = features.map { timing.beat(at: $0.duration).row } ?? .zero
    // Nothing is heard or written after both ends, so a region that reaches further costs nothing.
    let end = max(max(chartEnd, songEnd), features == nil ? range.upperBound : .zero)
    let last = max(end, Row.measure(1))
    if let features {
      grid = try features.grid(request.timing, timing, end: last)
    } else {
      grid = try SlotGrid(timing: timing, end: last)
    }
    region = grid.slots(in: range)
    try check()
  }

  private func check() throws(ModelError) {
    if request.region.isEmpty { throw .requestInvalid("the region is empty") }
    if request.alternatives < 1 { throw .requestInvalid("at least one alternative must be asked for") }
    if !(request.density > 0 && request.density.isFinite) {
      throw .requestInvalid("the density must be more than 0")
    }
    if let count = request.rowCount, count < 0 { throw .requestInvalid("the number of rows is below 0") }
    if case .selection(let rows) = request.scope, !rows.allSatisfy(request.region.contains) {
      throw .requestInvalid("a row to find panels for lies outside the region")
    }
    if let style = request.styles.keys.sorted().first(where: { !ModelLayout.styles.contains($0) }) {
      throw .requestInvalid(
        "there is no style \(style); the styles are \(ModelLayout.styles.joined(separator: ", "))")
    }
  }

  /// Eight measures at most: a part of a chart, not a chart.
  var isShort: Bool {
    request.region.lowerBound.distance(to: request.region.upperBound) <= 8 * Row.perMeasure
  }

  /// A chart, not a part of one.
  var isMostOfSong: Bool { 2 * region.count > grid.slots }

  /// The kept rows with what is stepped on there.
  var keptSteps: [(row: Row, panels: PanelRow)] {
    keptRows.compactMap { row in keptPanels[row].map { (row, $0) } }
  }

  /// Whether a new row may stand at a slot: in the region, in time that passes, and while the song sounds.
  func isOpen(_ slot: Int) -> Bool {
    let row = SlotGrid.row(of: slot)
    guard request.region.contains(row), timing.isJudged(row) else { return false }
    if let sounding, !sounding.contains(grid.seconds[slot]) { return false }
    return slot == 0 || grid.seconds[slot] > grid.seconds[slot - 1]
  }

  /// What is known of the grid before anything is proposed.
  var known: KnownSlots {
    KnownSlots(
      grid: grid, rows: keptRows, keptRows: keptRows.filter(request.region.contains), region: region)
  }

  /// The condition of the networks. A chart that is written in good part tells its density itself.
  func condition(_ network: PlacementNetwork) throws(ModelError) -> Condition {
    var condition = Condition(stepsType: stepsType, level: request.level, styles: request.styles)
    let usual = try network.density(stepsType, level: request.level) * paceOfCompanions(network)
    condition.density = ownDensity ?? usual
    guard let count = request.rowCount else { return condition }
    let seconds = max(0.2, grid.seconds[region.upperBound] - grid.seconds[region.lowerBound])
    if keptRows.isEmpty {
      condition.density = Double(count) / seconds
    } else if region.count <= 16 * BeatGrid.slotsPerBeat, isWrittenOnBothSides {
      condition.regionDensity = Double(count) / seconds
    }
    return condition
  }

  /// The condition once it is known how many rows there will be, and between which; nil where that says nothing new.
  func condition(_ condition: Condition, for rhythm: Rhythm) -> Condition? {
    var better = condition
    if request.rowCount != nil, keptRows.isEmpty, region.count > 16 * BeatGrid.slotsPerBeat,
      let first = rhythm.beats.first, let last = rhythm.beats.last
    {
      // A chart does not last as long as its song.
      let seconds = (timing.seconds(at: last.row) - timing.seconds(at: first.row)).value
      better.density = Double(rhythm.beats.count - 1) / max(1, seconds)
    } else if request.rowCount == nil, request.density != 1 {
      better.density = condition.density.map { $0 * request.density }
    }
    return better == condition ? nil : better
  }

  /// How much of it carries over when the song's other charts are denser than usual for their levels, as an exponent:
  /// least squares over the training songs, where it is .70 for dance and .72 for Pump.
  private static let carriedOver = 0.7

  /// How much denser than usual for its level the chart is likely to be, as the song's other charts are.
  private func paceOfCompanions(_ network: PlacementNetwork) throws(ModelError) -> Double {
    guard request.level != nil else { return 1 }
    var paces: [Double] = []
    for companion in request.companions {
      let rows = companion.rows
      guard companion.stepsType.isPump == stepsType.isPump, companion.level != nil, let first = rows.first,
        let last = rows.last
      else { continue }
      let seconds = (timing.seconds(at: last) - timing.seconds(at: first)).value
      let usual = try network.density(companion.stepsType, level: companion.level)
      paces.append(log(Double(rows.count - 1) / max(1, seconds) / max(0.1, usual)))
    }
    guard !paces.isEmpty else { return 1 }
    return exp(Self.carriedOver * paces.reduce(0, +) / Double(paces.count))
  }

  /// Whether a good part of the chart is written.
  var isWellUnderWay: Bool { ownDensity != nil }

  private var isWrittenOnBothSides: Bool {
    guard let first = keptRows.first, let last = keptRows.last else { return false }
    return first < request.region.lowerBound && last >= request.region.upperBound
  }

  /// Rows a second of what is written outside the region, when that is much.
  private var ownDensity: Double? {
    let outside = keptRows.filter { !request.region.contains($0) }
    guard outside.count >= 40, let first = outside.first, let last = outside.last else { return nil }
    var seconds = (timing.seconds(at: last) - timing.seconds(at: first)).value
    if first < request.region.lowerBound, last >= request.region.upperBound {
      seconds -=
        (timing.seconds(at: request.region.upperBound) - timing.seconds(at: request.region.lowerBound)).value
    }
    return seconds > 5 ? Double(outside.count) / seconds : nil
  }
}
