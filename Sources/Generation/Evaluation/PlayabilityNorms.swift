import Chart
import Foundation

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
    /// Fitted to all charts of the type.
    package var guess: LevelGuess?
    /// Mean error of such guesses about charts that they were not fitted to.
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
      let errors = Self.errors(of: odd, by: Self.fit(even)) + Self.errors(of: even, by: Self.fit(odd))
      norms.levelError = errors.reduce(0, +) / Double(max(1, errors.count))
      norms.guess = Self.fit(own)
      types[type.name] = norms
    }
  }

  /// The same to three decimals, which is more than they are worth.
  package var rounded: Self {
    var norms = self
    norms.types = types.mapValues { type in
      var type = type
      type.levels = type.levels.mapValues { level in
        Level(
          charts: level.charts, bands: level.bands.mapValues { Band(low: $0.low.short, high: $0.high.short) })
      }
      return type
    }
    return norms
  }

  /// The norms that come with the program.
  static func shipped(in folder: ModelFolder) throws(ModelError) -> Self {
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
    types[type.name]?.guess?.level(of: playability.traits)
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
    of charts: [(type: StepsType, level: Int, playability: Playability)], by guess: LevelGuess
  ) -> [Double] {
    charts.compactMap { chart in
      guess.level(of: chart.playability.traits).map { abs($0 - Double(chart.level)) }
    }
  }

  private static func fit(_ charts: [(type: StepsType, level: Int, playability: Playability)]) -> LevelGuess {
    LevelGuess(traits: charts.map(\.playability.traits), levels: charts.map { Double($0.level) })
  }
}

extension Double {
  fileprivate var short: Double { (self * 1000).rounded() / 1000 }
}
