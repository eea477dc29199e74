/// Reads `beat=value,beat=value` lists.
struct TimingListReader {
  /// The furthest beat that is believed; it leaves room for arithmetic in rows.
  static let furthestBeat = 40_000_000.0

  let tag: TimingTag
  var dialect = TimingDialect()
  var encoding = TextEncoding.utf8

  /// One entry: where it stands, and the places of its fields between the `=`.
  struct Fields {
    var range: Range<Int>
    var parts: [Range<Int>] = []
  }

  /// Reads the list into a timing, replacing what the tag held. Entries that break the tag's rule are left out and
  /// handed to `reject`.
  func read(
    _ bytes: Span<UInt8>, _ range: Range<Int>, into timing: inout TimingData, reject: (Range<Int>) -> Void
  ) {
    switch tag {
    case .bpms:
      timing.bpms = list(bytes, range, reject) { dialect.allowsNegative || $1 > 0 ? $1 : nil }
    case .stops:
      timing.stops = list(bytes, range, reject) { pause($1) }
    case .delays:
      timing.delays = list(bytes, range, reject) { pause($1) }
    case .warps:
      timing.warps = list(bytes, range, reject) { beat, value in
        length(dialect.warpsAreAbsolute ? value - beat : value)
      }
    case .fakes:
      timing.fakes = list(bytes, range, reject) { length($1) }
    case .scrolls:
      timing.scrolls = list(bytes, range, reject) { $1 }
    case .tickcounts:
      timing.tickcounts = list(bytes, range, reject) { Int(max(0, min(48, $1))) }
    case .speeds, .timeSignatures, .combos, .labels:
      readCompound(bytes, range, into: &timing, reject: reject)
    }
  }

  private func readCompound(
    _ bytes: Span<UInt8>, _ range: Range<Int>, into timing: inout TimingData, reject: (Range<Int>) -> Void
  ) {
    var speeds: [TimingEvent<SpeedChange>] = []
    var signatures: [TimingEvent<TimeSignature>] = []
    var combos: [TimingEvent<ComboFactor>] = []
    var labels: [TimingEvent<String>] = []
    forEachEntry(bytes, range) { bytes, fields in
      guard fields.parts.count >= 2, let row = row(bytes, fields.parts[0]) else {
        return reject(fields.range)
      }
      func number(_ index: Int) -> Double? {
        index < fields.parts.count ? NumberReader.number(bytes, fields.parts[index]) : nil
      }
      switch tag {
      case .speeds:
        let isInSeconds = (number(3) ?? 0) > 0
        let change = SpeedChange(ratio: number(1) ?? 1, delay: number(2) ?? 0, isInSeconds: isInSeconds)
        speeds.append(TimingEvent(row: row, value: change))
      case .timeSignatures:
        let signature = TimeSignature(
          numerator: TimingListReader.count(number(1)), denominator: TimingListReader.count(number(2) ?? 4))
        guard signature.numerator >= 1, signature.denominator >= 1 else { return reject(fields.range) }
        signatures.append(TimingEvent(row: row, value: signature))
      case .combos:
        let hit = TimingListReader.count(number(1))
        combos.append(
          TimingEvent(
            row: row, value: ComboFactor(hit: hit, miss: number(2).map(TimingListReader.count) ?? hit)))
      default:
        let text = fields.parts[1].lowerBound..<fields.range.upperBound
        labels.append(TimingEvent(row: row, value: encoding.decode(text.map { bytes[$0] })))
      }
    }
    switch tag {
    case .speeds: timing.speeds = TimingListReader.sorted(speeds)
    case .timeSignatures: timing.timeSignatures = TimingListReader.sorted(signatures)
    case .combos: timing.combos = TimingListReader.sorted(combos)
    default: timing.labels = TimingListReader.sorted(labels)
    }
  }

  /// A list of plain numbers. `value` gets the beat and the number and answers nil for an entry that is not allowed.
  private func list<Value>(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ reject: (Range<Int>) -> Void,
    value: (Double, Double) -> Value?
  ) -> [TimingEvent<Value>] {
    var events: [TimingEvent<Value>] = []
    forEachEntry(bytes, range) { bytes, fields in
      guard fields.parts.count == 2, let row = row(bytes, fields.parts[0]),
        let number = NumberReader.parse(bytes, fields.parts[1])?.value,
        let value = value(row.beat.value, number)
      else { return reject(fields.range) }
      events.append(TimingEvent(row: row, value: value))
    }
    return TimingListReader.sorted(events)
  }

  /// The entries as (beat, value) in file order, for `LegacyTempo`, which sorts and judges them itself.
  func pairs(
    _ bytes: Span<UInt8>, _ range: Range<Int>, reject: (Range<Int>) -> Void
  ) -> [(beat: Double, value: Double)] {
    var pairs: [(beat: Double, value: Double)] = []
    forEachEntry(bytes, range) { bytes, fields in
      guard fields.parts.count == 2, let beat = beat(bytes, fields.parts[0]),
        let value = NumberReader.parse(bytes, fields.parts[1])?.value,
        tag == .bpms || pause(value) != nil
      else { return reject(fields.range) }
      pairs.append((beat, value))
    }
    return pairs
  }

  /// Calls the body with every entry that is not blank.
  func forEachEntry(_ bytes: Span<UInt8>, _ range: Range<Int>, _ body: (Span<UInt8>, Fields) -> Void) {
    var fields = Fields(range: range)
    var start = range.lowerBound
    var index = start
    while index <= range.upperBound {
      if index == range.upperBound || bytes[index] == UInt8(ascii: ",") {
        let entry = MSDText.trimmed(bytes, start..<index)
        if !entry.isEmpty {
          TimingListReader.cut(bytes, entry, into: &fields)
          body(bytes, fields)
        }
        start = index + 1
      }
      index += 1
    }
  }

  private static func cut(_ bytes: Span<UInt8>, _ entry: Range<Int>, into fields: inout Fields) {
    fields.range = entry
    fields.parts.removeAll(keepingCapacity: true)
    var start = entry.lowerBound
    for index in entry where bytes[index] == UInt8(ascii: "=") {
      fields.parts.append(start..<index)
      start = index + 1
    }
    fields.parts.append(start..<entry.upperBound)
  }

  /// The row of a beat; nil when it is no number, before beat 0 (but for `.sm`, whose early events still count), or
  /// too far off. A beat of an `.sm` may be given in rows, with an `r` behind it.
  private func row(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Row? {
    beat(bytes, range).map { Beat($0).row }
  }

  private func beat(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    let text = MSDText.trimmed(bytes, range)
    guard let value = NumberReader.parse(bytes, text)?.value else { return nil }
    let isInRows = dialect.allowsNegative && bytes[text.upperBound - 1] | 0x20 == UInt8(ascii: "r")
    let beat = isInRows ? value / Double(Row.perBeat) : value
    guard beat >= 0 || dialect.allowsNegative, abs(beat) < TimingListReader.furthestBeat else { return nil }
    return beat
  }

  private func pause(_ value: Double) -> Seconds? {
    dialect.allowsNegative || value > 0 ? Seconds(plausible: value) : nil
  }

  private func length(_ beats: Double) -> Int? {
    guard beats > 0, beats < TimingListReader.furthestBeat else { return nil }
    let rows = Beat(beats).row.index
    return rows > 0 ? rows : nil
  }

  private static func count(_ number: Double?) -> Int {
    Int(max(-1_000_000, min(1_000_000, number ?? 0)))
  }

  /// In order of rows; of several on one row the last in the file counts.
  static func sorted<Value>(_ events: [TimingEvent<Value>]) -> [TimingEvent<Value>] {
    var isAscending = true
    for index in events.indices.dropFirst() where events[index].row <= events[index - 1].row {
      isAscending = false
    }
    if isAscending { return events }
    let ordered = events.enumerated().sorted {
      $0.element.row != $1.element.row ? $0.element.row < $1.element.row : $0.offset < $1.offset
    }
    var result: [TimingEvent<Value>] = []
    for (_, event) in ordered {
      if result.last?.row == event.row { result.removeLast() }
      result.append(event)
    }
    return result
  }
}
