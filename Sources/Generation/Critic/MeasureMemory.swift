import Chart

/// The rows of one measure, to be laid beside others.
struct WrittenMeasure: Sendable {
  /// Rows from the measure's start, ascending.
  private(set) var rhythm: [Int] = []
  /// Rows and lanes as one number each, ascending.
  private(set) var panels: [Int] = []

  init() {}

  /// - Parameter map: of a mirror image; nil for none.
  init(_ rows: some Sequence<(row: Row, panels: PanelRow)>, as map: LaneMap? = nil) {
    for (row, panels) in rows {
      let place = row.index - row.measure * Row.perMeasure
      rhythm.append(place)
      let set = map.map { panels.all.moved(by: $0) } ?? panels.all
      self.panels += set.lanes.map { place * 16 + $0.index }
    }
  }

  /// What two ascending lists share, as a part of what both hold together.
  static func likeness(_ own: [Int], _ other: [Int]) -> Double {
    guard !own.isEmpty, !other.isEmpty else { return 0 }
    var shared = 0
    var left = 0
    var right = 0
    while left < own.count, right < other.count {
      let (a, b) = (own[left], other[right])
      if a == b { shared += 1 }
      if a <= b { left += 1 }
      if b <= a { right += 1 }
    }
    return Double(shared) / Double(own.count + other.count - shared)
  }
}

/// The chart's measures outside the region, to find what the region repeats.
struct MeasureMemory: Sendable {
  /// Likenesses from 0 to 1, means over a region's measures.
  struct Repeats: Sendable {
    var rhythm = 0.0
    /// Mirrored or not.
    var panels = 0.0
    var unmirrored = 0.0
    /// Two measures running, like two measures running elsewhere under one mirror.
    var inOrder = 0.0
    /// Beside the measures that sound most alike, mirrored or not; nil where there are none.
    var asHeard: (rhythm: Double, panels: Double)?
  }

  private let measures: [Int: WrittenMeasure]
  private let order: [Int]
  private let mirrors: [LaneMap]
  private let region: Range<Row>
  private let motifs: MotifMemory?
  /// The rows of the measures on both sides of the region.
  private let edges: [Int: [(row: Row, panels: PanelRow)]]

  init(_ context: SuggestionContext, motifs: MotifMemory?) {
    region = context.request.region
    self.motifs = motifs
    var rows: [Int: [(row: Row, panels: PanelRow)]] = [:]
    for step in context.keptSteps where !region.contains(step.row) {
      rows[step.row.measure, default: []].append(step)
    }
    measures = rows.mapValues { WrittenMeasure($0) }
    order = rows.keys.sorted()
    mirrors = LaneMap.images(context.stepsType)
    let before = region.lowerBound.measure - 1
    let after = (region.upperBound + Row.perMeasure - 1).measure
    edges = rows.filter { $0.key == before || $0.key == after }
  }

  func repeats(_ rows: [(row: Row, panels: PanelRow)]) -> Repeats {
    let own = Dictionary(grouping: rows) { $0.row.measure }
    let written = own.merging(edges) { mine, _ in mine }
    let images = written.mapValues { rows in mirrors.map { WrittenMeasure(rows, as: $0) } }
    var repeats = Repeats()
    var heard: [(rhythm: Double, panels: Double)] = []
    for number in own.keys.sorted() {
      guard let images = images[number], let plain = images.first else { continue }
      var best = (rhythm: 0.0, panels: 0.0, unmirrored: 0.0)
      for other in order {
        guard let measure = measures[other] else { continue }
        best.rhythm = max(best.rhythm, WrittenMeasure.likeness(plain.rhythm, measure.rhythm))
        best.unmirrored = max(best.unmirrored, WrittenMeasure.likeness(plain.panels, measure.panels))
        best.panels = max(best.panels, Self.best(images, measure))
      }
      repeats.rhythm += best.rhythm / Double(own.count)
      repeats.unmirrored += best.unmirrored / Double(own.count)
      repeats.panels += best.panels / Double(own.count)
      if let alike = alike(number) {
        heard.append((WrittenMeasure.likeness(plain.rhythm, alike.rhythm), Self.best(images, alike)))
      }
    }
    if !heard.isEmpty {
      let count = Double(heard.count)
      repeats.asHeard = (
        heard.reduce(0) { $0 + $1.rhythm } / count, heard.reduce(0) { $0 + $1.panels } / count
      )
    }
    repeats.inOrder = inOrder(own.keys.sorted(), images)
    return repeats
  }

  private static func best(_ images: [WrittenMeasure], _ other: WrittenMeasure) -> Double {
    images.reduce(0) { max($0, WrittenMeasure.likeness($1.panels, other.panels)) }
  }

  /// The written measure that sounds most like one.
  private func alike(_ number: Int) -> WrittenMeasure? {
    guard let motifs, motifs.motifs.indices.contains(number), let motif = motifs.motifs[number] else {
      return nil
    }
    return measures[motif.best]
  }

  /// The mean over the region's measures, each with the next, and the one before the region with the first.
  private func inOrder(_ own: [Int], _ images: [Int: [WrittenMeasure]]) -> Double {
    guard let first = own.first else { return 0 }
    var sum = 0.0
    var count = 0.0
    for number in [first - 1] + own {
      guard let now = images[number], let next = images[number + 1] else { continue }
      var best = 0.0
      for other in order {
        guard let measure = measures[other], let following = measures[other + 1] else { continue }
        // A measure is always like itself.
        if other == number || other + 1 == number + 1 { continue }
        for mirror in mirrors.indices {
          let both =
            (WrittenMeasure.likeness(now[mirror].panels, measure.panels)
              + WrittenMeasure.likeness(next[mirror].panels, following.panels)) / 2
          best = max(best, both)
        }
      }
      sum += best
      count += 1
    }
    return count > 0 ? sum / count : 0
  }
}
