import Chart
import Foundation
import Generation

/// The figures, by part, steps type and name; those by level band beside them.
struct EvaluationReport: Encodable {
  /// Figures by name; a figure that there was nothing to make of is null.
  struct Figures: Encodable {
    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    var values: [(name: String, value: Double?)] = []
    var groups: [(name: String, figures: Figures)] = []

    mutating func add(_ name: String, _ value: Double?) { values.append((name, value)) }
    mutating func add(_ name: String, _ value: Int) { values.append((name, Double(value))) }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      for (name, value) in values {
        // Whole numbers are counts.
        if let value, value == value.rounded(), abs(value) < 1e15 {
          try container.encode(Int(value), forKey: Key(name))
        } else {
          try container.encode(value, forKey: Key(name))
        }
      }
      for (name, figures) in groups { try container.encode(figures, forKey: Key(name)) }
    }
  }

  /// Parts by name, then figures by steps type.
  var parts: [(name: String, types: [(type: StepsType, figures: Figures)])] = []
  /// What was left out, in words.
  var notes: [String] = []

  func encode(to encoder: any Encoder) throws {
    var all = Figures()
    for part in parts {
      var types = Figures()
      types.groups = part.types.map { ($0.type.name, $0.figures) }
      all.groups.append((part.name, types))
    }
    var container = encoder.singleValueContainer()
    try container.encode(all)
  }

  /// The same for people.
  var lines: [String] {
    var lines: [String] = []
    for part in parts {
      for (type, figures) in part.types {
        lines.append("\(part.name), \(type.name):")
        lines += Self.lines(figures, indent: "  ")
      }
    }
    return lines + notes
  }

  private static func lines(_ figures: Figures, indent: String) -> [String] {
    let texts = figures.values.map { name, value in "\(name) \(text(value))" }
    return [indent + texts.joined(separator: ", ")]
      + figures.groups.flatMap { ["\(indent)\($0.name):"] + lines($0.figures, indent: indent + "  ") }
  }

  private static func text(_ value: Double?) -> String {
    guard let value else { return "–" }
    return Int(exactly: value).map(String.init) ?? String(format: "%.3f", value)
  }
}

/// Levels as the figures group them.
enum LevelBand {
  static let all = [1...3, 4...6, 7...9, 10...12, 13...15, 16...18, 19...21, 22...99]

  static func name(of level: Int?) -> String {
    guard let level, let band = all.first(where: { $0.contains(level) }) else { return "level unknown" }
    return "level \(band.lowerBound)-\(band.upperBound)"
  }

  /// The groups in ascending order, those without a level last.
  static func grouped<Element>(
    _ elements: [Element], by level: (Element) -> Int?
  ) -> [(name: String, elements: [Element])] {
    let groups = Dictionary(grouping: elements) { name(of: level($0)) }
    let names = all.map { name(of: $0.lowerBound) } + [name(of: nil)]
    return names.compactMap { name in groups[name].map { (name, $0) } }
  }
}
