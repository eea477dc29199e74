import Chart
import Generation

/// What generated charts ask, against what people's charts of the same type and level ask.
struct PlayabilityFigures {
  let figures: EvaluationReport.Figures

  init(norms: PlayabilityNorms, _ charts: [(human: HumanChart, generated: GeneratedChart)]) {
    var inside: [Playability.Count: [Bool]] = [:]
    var values: [Playability.Count: (generated: [Double], human: [Double])] = [:]
    var errors: [Double] = []
    var humanErrors: [Double] = []
    for (human, generated) in charts {
      guard let level = human.level else { continue }
      let bands = norms.bands(human.stepsType, level: level)
      let own = Playability(human.chart, timing: human.timing)
      for count in Playability.Count.allCases {
        let value = generated.playability.counts[count] ?? 0
        values[count, default: ([], [])].generated.append(value)
        values[count]?.human.append(own?.counts[count] ?? 0)
        if let band = bands?[count.rawValue] { inside[count, default: []].append(band.contains(value)) }
      }
      if let guess = norms.level(of: generated.playability, human.stepsType) {
        errors.append(guess - Double(level))
      }
      if let own, let guess = norms.level(of: own, human.stepsType) {
        humanErrors.append(guess - Double(level))
      }
    }
    var figures = EvaluationReport.Figures()
    figures.add("charts", charts.count)
    figures.add("with_sound", charts.count { $0.generated.wasHeard })
    figures.add("inside_band", Evaluation.mean(inside.values.flatMap { $0 }.map { $0 ? 1 : 0 }))
    figures.add("impossible_rows", charts.reduce(0) { $0 + $1.generated.playability.impossibleRows })
    figures.add("illegal_holds", charts.reduce(0) { $0 + $1.generated.playability.illegalHolds })
    figures.add("level_error", Evaluation.mean(errors.map(abs)))
    figures.add("level_bias", Evaluation.mean(errors))
    figures.add("level_error_human", Evaluation.mean(humanErrors.map(abs)))
    figures.add("level_bias_human", Evaluation.mean(humanErrors))
    for count in Playability.Count.allCases {
      var one = EvaluationReport.Figures()
      one.add("generated", Evaluation.mean(values[count]?.generated ?? []))
      one.add("human", Evaluation.mean(values[count]?.human ?? []))
      one.add("inside_band", Evaluation.mean((inside[count] ?? []).map { $0 ? 1 : 0 }))
      figures.groups.append((Self.snake(count.rawValue), one))
    }
    self.figures = figures
  }

  private static func snake(_ name: String) -> String {
    name.reduce(into: "") { text, letter in
      text += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
    }
  }
}
