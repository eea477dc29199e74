import Chart
import Foundation

/// How one answer compares with the chart.
struct Judgement: Sendable {
  /// The largest accepted errors: beats a minute, and seconds of phase.
  static let bpmTolerance = 0.05
  static let phaseTolerance = 0.010
  /// Charts of the ITG tradition are this many seconds before the sound.
  static let bias = 0.009

  var hasTempo: Bool
  /// Seconds, in the convention of the chart.
  var phaseError: Double
  /// Whether the phase is also the one that the chart literally writes.
  var isLiteral: Bool

  var isRight: Bool { hasTempo && abs(phaseError) <= Judgement.phaseTolerance }

  /// - Parameters:
  ///   - beat: seconds to any beat of the answer.
  init(bpm: Double, beat: Double, truth: SongTruth) {
    let expected = truth.constantBPM ?? truth.timing.bpm(at: .zero)
    hasTempo = abs(bpm - expected) <= Judgement.bpmTolerance
    let period = 60 / bpm
    // The beat of the answer that is nearest to the chart's first.
    let written = Judgement.error(beat + truth.timing.offset.value, period: period)
    let turned = Judgement.error(beat + truth.timing.offset.value + period / 2, period: period)
    let choices =
      switch truth.halfBeat {
      case .asWritten: [written]
      case .turned: [turned]
      case .unknown: [written, turned]
      }
    phaseError = choices.min { abs($0) < abs($1) } ?? written
    isLiteral = abs(written) <= Judgement.phaseTolerance
  }

  private static func error(_ distance: Double, period: Double) -> Double {
    let late = distance - (distance / period).rounded() * period
    return abs(late) < abs(late - bias) ? late : late - bias
  }
}

/// The counts of one method over many songs.
struct Tally {
  var songs = 0
  var firstTempo = 0
  var first = 0
  var firstLiterally = 0
  var topThree = 0
  var topThreeTempo = 0
  var errors: [Double] = []

  mutating func count(_ answers: [Judgement]) {
    songs += 1
    if let best = answers.first {
      if best.hasTempo { firstTempo += 1 }
      if best.isRight { first += 1 }
      if best.hasTempo && best.isLiteral { firstLiterally += 1 }
    }
    if answers.prefix(3).contains(where: \.isRight) { topThree += 1 }
    if answers.prefix(3).contains(where: \.hasTempo) { topThreeTempo += 1 }
    if let right = answers.prefix(3).first(where: \.hasTempo) { errors.append(abs(right.phaseError)) }
  }

  func line(_ name: String) -> String {
    let share = { (count: Int) in
      String(format: "%3d %5.1f %%", count, 100 * Double(count) / Double(max(1, songs)))
    }
    let sorted = errors.sorted()
    let median = sorted.isEmpty ? 0 : sorted[sorted.count / 2] * 1000
    return "\(name)songs \(songs) | BPM: first \(share(firstTempo)), in three \(share(topThreeTempo))"
      + " | BPM and phase: first \(share(first)) (as written \(share(firstLiterally))), in three "
      + "\(share(topThree)) | median phase error \(String(format: "%.1f", median)) ms"
  }
}
