import Chart

/// What a chart says of itself, as a form asks for it.
package enum ChartProperty: Hashable, Sendable, CaseIterable {
  case stepsType, level, difficulty, description, name, author

  fileprivate var title: String {
    switch self {
    case .stepsType: "steps type"
    case .level: "level"
    case .difficulty: "difficulty"
    case .description: "description"
    case .name: "chart name"
    case .author: "author"
    }
  }

  fileprivate var kind: FormField.Kind {
    switch self {
    case .stepsType: .choice(StepsType.authored.map(\.name))
    case .level: .level
    case .difficulty: .choice(Difficulty.allCases.map(\.rawValue))
    case .description, .name, .author: .text
    }
  }

  fileprivate func text(in header: ChartHeader) -> String {
    switch self {
    case .stepsType: header.stepsType.name
    case .level: String(header.meter)
    case .difficulty: header.difficulty.rawValue
    case .description: header.description
    case .name: header.name
    case .author: header.credit
    }
  }

  fileprivate func set(_ text: String, in header: inout ChartHeader) {
    switch self {
    case .stepsType: header.stepsType = StepsType(text)
    case .level: header.meter = Int(text) ?? header.meter
    case .difficulty: header.difficulty = Difficulty(rawValue: text) ?? header.difficulty
    case .description: header.description = text
    case .name: header.name = text
    case .author: header.credit = text
    }
  }
}

extension Form {
  /// A new chart begins as another one is.
  static func newChart(like header: ChartHeader) -> Form {
    Form(.newChart, fields([.stepsType, .level, .difficulty, .description], of: header))
  }

  /// An existing chart keeps its steps type.
  static func chart(_ index: Int, _ header: ChartHeader) -> Form {
    Form(.chart(index: index), fields([.level, .difficulty, .description, .name, .author], of: header))
  }

  private static func fields(_ properties: [ChartProperty], of header: ChartHeader) -> [FormField] {
    properties.map { FormField(.chart($0), $0.title, $0.kind, $0.text(in: header)) }
  }

  /// The header with what was filled in. Values that were not touched stay as the file has them, whatever they are.
  func filledIn(_ header: ChartHeader) throws(FormRefusal) -> ChartHeader {
    var header = header
    for field in fields {
      guard case .chart(let property) = field.name, subject == .newChart || field.isChanged else { continue }
      property.set(try field.value(), in: &header)
    }
    return header
  }
}
