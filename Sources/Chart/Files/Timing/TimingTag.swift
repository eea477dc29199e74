/// The timing lists of a simfile by their tags: how an entry is read, and how it is written.
enum TimingTag: String, CaseIterable {
  case bpms = "BPMS"
  case stops = "STOPS"
  case delays = "DELAYS"
  case warps = "WARPS"
  case timeSignatures = "TIMESIGNATURES"
  case tickcounts = "TICKCOUNTS"
  case combos = "COMBOS"
  case speeds = "SPEEDS"
  case scrolls = "SCROLLS"
  case fakes = "FAKES"
  case labels = "LABELS"

  /// The tag by any of its names.
  init?(name: String) {
    if let tag = TimingTag(rawValue: name) {
      self = tag
    } else if name == "FREEZES" {
      self = .stops
    } else {
      return nil
    }
  }
}

/// What differs between the dialects in reading timing.
struct TimingDialect {
  /// `.sm` keeps negative tempi and pauses; they become warps when the whole file is known.
  var allowsNegative = false
  /// Before version 0.70 a warp was written as its last beat, not its length.
  var warpsAreAbsolute = false
}

extension TimingData {
  /// Whether a file would say the same of both: it has six decimals of a number, an editor more.
  package func isWritten(like other: TimingData) -> Bool {
    self == other
      || DecimalText.fixed(offset.value, decimals: 6) == DecimalText.fixed(other.offset.value, decimals: 6)
        && TimingTag.allCases.allSatisfy { $0.entries(of: self) == $0.entries(of: other) }
  }
}

extension StepChart {
  /// Whether a file would say the same of both.
  package func isWritten(like other: StepChart) -> Bool {
    header == other.header && notes == other.notes && hasTimingWritten(like: other)
  }

  func hasTimingWritten(like other: StepChart) -> Bool {
    guard let timing, let others = other.timing else { return timing == nil && other.timing == nil }
    return timing.isWritten(like: others)
  }
}

/// One entry of a timing list as text in its canonical form.
struct TimingEntry: Hashable {
  var row: Row
  /// What follows the first `=`.
  var value: String

  /// The entry with its beat at so many decimals.
  var text: String { DecimalText.fixed(row.beat.value, decimals: 6) + "=" + value }
}

extension TimingTag {
  /// The tag's list of a timing, in canonical text.
  func entries(of timing: TimingData) -> [TimingEntry] {
    func list<Value>(_ events: [TimingEvent<Value>], _ text: (Value) -> String) -> [TimingEntry] {
      events.map { TimingEntry(row: $0.row, value: text($0.value)) }
    }
    func beats(_ rows: Int) -> String { DecimalText.fixed(Double(rows) / Double(Row.perBeat), decimals: 6) }
    return switch self {
    case .bpms: list(timing.bpms) { DecimalText.fixed($0, decimals: 6) }
    case .stops: list(timing.stops) { DecimalText.fixed($0.value, decimals: 6) }
    case .delays: list(timing.delays) { DecimalText.fixed($0.value, decimals: 6) }
    case .warps: list(timing.warps, beats)
    case .fakes: list(timing.fakes, beats)
    case .timeSignatures: list(timing.timeSignatures) { "\($0.numerator)=\($0.denominator)" }
    case .tickcounts: list(timing.tickcounts) { "\($0)" }
    case .combos: list(timing.combos) { $0.hit == $0.miss ? "\($0.hit)" : "\($0.hit)=\($0.miss)" }
    case .scrolls: list(timing.scrolls) { DecimalText.fixed($0, decimals: 6) }
    case .speeds:
      list(timing.speeds) {
        "\(DecimalText.fixed($0.ratio, decimals: 6))=\(DecimalText.fixed($0.delay, decimals: 6))=\($0.isInSeconds ? 1 : 0)"
      }
    case .labels: list(timing.labels) { TimingTag.labelText($0) }
    }
  }

  /// A label without the signs that lists are cut at.
  static func labelText(_ label: String) -> String {
    label.split(whereSeparator: { $0 == "," || $0 == "=" }).joined(separator: " ")
  }
}
