import Chart

/// What `convert` has done, as it writes it (`docs/json.md`).
package struct ConversionReport: Encodable, Sendable {
  package struct LossEntry: Encodable, Sendable {
    var chart: Int?
    var measure: Int?
    var what: String
    var instead: String

    private enum CodingKeys: CodingKey { case chart, measure, what, instead }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(chart, forKey: .chart)
      try container.encode(measure, forKey: .measure)
      try container.encode(what, forKey: .what)
      try container.encode(instead, forKey: .instead)
    }
  }

  package var input: String
  package var output: String
  package var written: Bool
  package var losses: [LossEntry]

  package init(input: String, output: String, written: Bool, losses: [Loss]) {
    self.input = input
    self.output = output
    self.written = written
    self.losses = losses.map {
      LossEntry(chart: $0.chart, measure: $0.measure, what: $0.what, instead: $0.instead)
    }
  }
}
