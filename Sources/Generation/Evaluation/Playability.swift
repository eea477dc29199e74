import Chart
import Foundation

/// What a chart asks of its player, counted so that charts of one level can be compared.
package struct Playability: Hashable, Sendable {
  /// What is counted. Shares are rows in a hundred.
  package enum Count: String, CaseIterable, Hashable, Sendable, Codable {
    case rowsPerSecond, jumps, brackets, holds, jacks, footSwitches, doubleSteps, crossovers, twists90,
      twistsOver90, spins, stretches, costPerRow, travelPerSecond
  }

  package let counts: [Count: Double]
  /// Rows that two feet cannot take.
  package let impossibleRows: Int
  /// Notes on a lane that is still held, and holds of no length.
  package let illegalHolds: Int
  /// What the level is guessed from: the counts, the busiest stretches, the hardest rows.
  package let traits: [Double]

  /// - Returns: nil for a type whose pad is not known, or with fewer than two rows.
  package init?(_ chart: StepChart, timing: TimingData) {
    guard let analysis = FootAnalysis(chart: chart, timing: timing), analysis.labels.count > 1 else {
      return nil
    }
    let labels = analysis.labels
    let map = TimingMap(timing)
    let length = max(1, (labels[labels.count - 1].time - labels[0].time).value)
    var counts: [Count: Double] = [:]
    func share(_ finding: FootLabel.Finding) -> Double {
      100 * Double(labels.count { $0.findings.contains(finding) }) / Double(labels.count)
    }
    counts[.rowsPerSecond] = Double(labels.count - 1) / length
    counts[.jumps] = share(.jump)
    counts[.brackets] = share(.bracket)
    let heads = Set(
      chart.notes.lazy.filter { $0.isStep && $0.end != nil && map.isJudged($0.row) }.map(\.row))
    counts[.holds] = 100 * Double(heads.count) / Double(labels.count)
    counts[.jacks] = share(.jack)
    counts[.footSwitches] = share(.footSwitch)
    counts[.doubleSteps] = share(.doubleStep)
    counts[.crossovers] = share(.crossover)
    counts[.twists90] = share(.twist90)
    counts[.twistsOver90] = share(.twistOver90)
    counts[.spins] = share(.spin)
    counts[.stretches] = share(.stretch)
    let costs = labels.map { min($0.cost, 2000) }.sorted()
    counts[.costPerRow] = costs.reduce(0, +) / Double(costs.count)
    counts[.travelPerSecond] = labels.reduce(0) { $0 + $1.travel } / length
    self.counts = counts
    impossibleRows = labels.count { $0.certainty == .impossible }
    illegalHolds = Self.illegalHolds(in: chart.notes)
    traits = Self.traits(labels, counts, costs)
  }

  private static func illegalHolds(in notes: NoteList) -> Int {
    var ends: [Lane: Row] = [:]
    var count = 0
    for note in notes where note.isStep {
      if let end = ends[note.lane], note.row <= end { count += 1 }
      if let end = note.end {
        if end <= note.row { count += 1 }
        ends[note.lane] = end
      }
    }
    return count
  }

  /// The most rows in any stretch of so many seconds, a second.
  private static func peak(_ labels: [FootLabel], seconds: Double) -> Double {
    var first = 0
    var most = 0
    for last in labels.indices {
      while (labels[last].time - labels[first].time).value > seconds { first += 1 }
      most = max(most, last - first)
    }
    return Double(most) / seconds
  }

  private static func traits(_ labels: [FootLabel], _ counts: [Count: Double], _ costs: [Double]) -> [Double] {
    let density = log(max(0.1, counts[.rowsPerSecond] ?? 0))
    let peaks = [1.0, 4, 16].map { log(max(0.2, peak(labels, seconds: $0))) }
    let hard = log(10 + costs[min(costs.count - 1, costs.count * 9 / 10)])
    let mean = log(10 + (counts[.costPerRow] ?? 0))
    let shares: [Count] = [.jumps, .brackets, .holds, .jacks, .crossovers, .twists90, .twistsOver90]
    let roots = shares.map { (counts[$0] ?? 0).squareRoot() / 10 }
    let linear = [density] + peaks + [hard, mean, log(max(0.1, counts[.travelPerSecond] ?? 0))]
    // Squares: levels rise faster the harder it gets.
    return [1] + linear + linear.map { $0 * $0 } + roots + [log(Double(labels.count))]
  }
}

/// What charts made by people ask at each level: made by `learnitup evaluate --write-norms`.
package struct PlayabilityNorms: Codable, Sendable {
  /// From the 10th to the 90th percentile.
  package struct Band: Codable, Hashable, Sendable {
    package var low: Double
    package var high: Double

    package func contains(_ value: Double) -> Bool { (low - 1e-9...high + 1e-9).contains(value) }
  }

  package struct Level: Codable, Sendable {
    package var charts: Int
    package var bands: [String: Band]
  }

  package struct Norms: Codable, Sendable {
    /// By level.
    package var levels: [String: Level] = [:]
    /// Weights of the traits from which a level is guessed.
    package var weights: [Double] = []
    /// Mean error of such guesses about charts that the weights were not fitted to.
    package var levelError = 0.0
  }

  private static let fewestCharts = 12

  /// By name of the steps type.
  package var types: [String: Norms] = [:]

  /// From human charts of known level.
  package init(_ charts: [(type: StepsType, level: Int, playability: Playability)]) {
    for type in StepsType.authored {
      let own = charts.filter { $0.type == type }
      guard own.count >= Self.fewestCharts else { continue }
      var norms = Norms()
      for level in Set(own.map(\.level)).sorted() {
        // Neighbouring levels lend their charts until there are enough.
        for reach in 0...3 {
          let near = own.filter { abs($0.level - level) <= reach }
          guard near.count >= Self.fewestCharts || reach == 3 else { continue }
          norms.levels[String(level)] = Level(charts: near.count, bands: Self.bands(near.map(\.playability)))
          break
        }
      }
      let even = own.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      let odd = own.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
      let errors =
        Self.errors(of: odd, weights: Self.fit(even)) + Self.errors(of: even, weights: Self.fit(odd))
      norms.levelError = errors.reduce(0, +) / Double(max(1, errors.count))
      norms.weights = Self.fit(own)
      types[type.name] = norms
    }
  }

  /// The norms that come with the program.
  package static func shipped(in folder: ModelFolder = ModelFolder()) throws(ModelError) -> Self {
    let name = "playability.json"
    let path = try folder.path(of: name)
    guard let data = FileManager.default.contents(atPath: path),
      let norms = try? JSONDecoder().decode(Self.self, from: data)
    else { throw .weightsBroken(name: name, problem: "it cannot be read") }
    return norms
  }

  /// The bands of a level; nil for levels of which too few charts were known.
  package func bands(_ type: StepsType, level: Int) -> [String: Band]? {
    types[type.name]?.levels[String(level)]?.bands
  }

  /// The level that a chart looks like; nil where nothing is known of its type.
  package func level(of playability: Playability, _ type: StepsType) -> Double? {
    guard let weights = types[type.name]?.weights, weights.count == playability.traits.count else { return nil }
    return zip(weights, playability.traits).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func bands(_ charts: [Playability]) -> [String: Band] {
    var bands: [String: Band] = [:]
    for count in Playability.Count.allCases {
      let values = charts.map { $0.counts[count] ?? 0 }.sorted()
      func percentile(_ share: Double) -> Double {
        let position = share * Double(values.count - 1)
        let below = Int(position)
        let above = min(values.count - 1, below + 1)
        return values[below] + (position - Double(below)) * (values[above] - values[below])
      }
      bands[count.rawValue] = Band(low: percentile(0.1), high: percentile(0.9))
    }
    return bands
  }

  private static func errors(
    of charts: [(type: StepsType, level: Int, playability: Playability)], weights: [Double]
  ) -> [Double] {
    charts.map { chart in
      abs(zip(weights, chart.playability.traits).reduce(-Double(chart.level)) { $0 + $1.0 * $1.1 })
    }
  }

  /// Least squares with a little ridge.
  private static func fit(_ charts: [(type: StepsType, level: Int, playability: Playability)]) -> [Double] {
    guard let size = charts.first?.playability.traits.count else { return [] }
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
    for chart in charts {
      let traits = chart.playability.traits
      for row in 0..<size {
        for column in 0..<size { matrix[row][column] += traits[row] * traits[column] }
        matrix[row][size] += traits[row] * Double(chart.level)
      }
    }
    for row in 0..<size { matrix[row][row] += 0.3 }
    return solve(&matrix)
  }

  /// Gauss with pivots; the last column is the right side.
  private static func solve(_ matrix: inout [[Double]]) -> [Double] {
    let size = matrix.count
    for column in 0..<size {
      let pivot = (column..<size).max { abs(matrix[$0][column]) < abs(matrix[$1][column]) } ?? column
      matrix.swapAt(column, pivot)
      for row in 0..<size where row != column {
        let factor = matrix[row][column] / matrix[column][column]
        for index in column...size { matrix[row][index] -= factor * matrix[column][index] }
      }
    }
    return (0..<size).map { matrix[$0][size] / matrix[$0][$0] }
  }
}
