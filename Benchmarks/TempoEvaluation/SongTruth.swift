import Chart
import Foundation

/// What the chart of an evaluation song says about its tempo.
struct SongTruth: Sendable {
  /// How far the chart can be trusted about which half of the beat is the beat.
  enum HalfBeat: Sendable {
    case asWritten, turned, unknown
  }

  var name: String
  var folder: String
  var isTraining: Bool
  var timing: TimingData
  var halfBeat: HalfBeat

  var audio: String { folder + "/song.ogg" }

  /// The tempo when it is one and the same throughout, with nothing that stops time.
  var constantBPM: Double? {
    guard let bpm = timing.bpms.first?.value, timing.bpms.allSatisfy({ $0.value == bpm }) else { return nil }
    return timing.stops.isEmpty && timing.delays.isEmpty && timing.warps.isEmpty ? bpm : nil
  }

  /// When the chart's beats sound, as far as the music goes; beats that a warp skips are left out.
  func beats(upTo end: Double) -> [Double] {
    let map = TimingMap(timing)
    let last = map.beat(at: Seconds(end)).row
    let first = halfBeat == .turned ? Row(Row.perBeat / 2) : .zero
    let rows = stride(from: first, through: last, by: Row.perBeat)
    var beats: [Double] = []
    for time in map.seconds(atSorted: rows).map(\.value) where time >= 0 && time <= end {
      if time > (beats.last ?? -1) + 0.01 { beats.append(time) }
    }
    return beats
  }

  /// The songs of an evaluation folder with a timing, by name.
  static func all(in data: String) throws -> [SongTruth] {
    let table = try String(contentsOfFile: data + "/songs.csv", encoding: .utf8)
    return table.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
      let name = String(line.prefix { $0 != "," })
      let folder = data + "/songs/" + name
      guard let timing = timing(in: folder) else { return nil }
      return SongTruth(
        name: name, folder: folder, isTraining: line.contains(",train,"), timing: timing,
        halfBeat: halfBeat(in: folder, timing: timing))
    }.sorted { $0.name < $1.name }
  }
}

// MARK: - Reading charts

extension SongTruth {
  private static func timing(in folder: String) -> TimingData? {
    for file in ["chart.sm", "chart.ssc", "chart.derived.sm"] {
      guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(file)") else { continue }
      let values = values(of: String(decoding: bytes, as: UTF8.self))
      var timing = TimingData()
      timing.offset = Seconds(values["OFFSET"].flatMap(number) ?? 0)
      timing.bpms = events(values["BPMS"])
      timing.stops = events(values["STOPS"]).map { TimingEvent(row: $0.row, value: Seconds($0.value)) }
      timing.delays = events(values["DELAYS"]).map { TimingEvent(row: $0.row, value: Seconds($0.value)) }
      timing.warps = events(values["WARPS"]).map { TimingEvent(row: $0.row, value: Beat($0.value).row.index) }
      if !timing.bpms.isEmpty { return timing }
    }
    return nil
  }

  /// The first of each tag that has a value. Enough for the tags of timing, which hold no escapes.
  private static func values(of text: String) -> [String: String] {
    var values: [String: String] = [:]
    for part in text.split(separator: "#") {
      guard let colon = part.firstIndex(of: ":") else { continue }
      let value = part[part.index(after: colon)...].prefix { $0 != ";" }
      let name = String(part[..<colon])
      if values[name, default: ""].isEmpty {
        values[name] = value.trimmingCharacters(in: .whitespacesAndNewlines)
      }
    }
    return values
  }

  private static func number(_ text: some StringProtocol) -> Double? {
    Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private static func events(_ list: String?) -> [TimingEvent<Double>] {
    (list ?? "").split(separator: ",").compactMap { item in
      let sides = item.split(separator: "=")
      guard sides.count == 2, let beat = number(sides[0]), let value = number(sides[1]) else { return nil }
      return TimingEvent(row: Beat(beat).row, value: value)
    }
  }

  /// Charts rebuilt from bare note times have their beat where most notes are, which may be half a beat off. Jumps
  /// stand on beats: where there are enough of them, they decide.
  private static func halfBeat(in folder: String, timing: TimingData) -> HalfBeat {
    guard !FileManager.default.fileExists(atPath: folder + "/chart.sm"),
      !FileManager.default.fileExists(atPath: folder + "/chart.ssc")
    else { return .asWritten }
    guard let text = try? String(contentsOfFile: folder + "/timings.txt", encoding: .utf8) else {
      return .unknown
    }
    let map = TimingMap(timing)
    var jumps = [0, 0, 0, 0]
    for line in text.split(whereSeparator: \.isNewline).drop(while: { $0 != "NOTES" }).dropFirst() {
      let fields = line.split(separator: " ")
      guard fields.count == 2, let time = Double(fields[1]) else { continue }
      guard fields[0].count(where: { "1246".contains($0) }) > 1 else { continue }
      let quarter = Int((map.beat(at: Seconds(time)).value * 4).rounded())
      jumps[((quarter % 4) + 4) % 4] += 1
    }
    guard jumps[0] + jumps[2] >= 8 else { return .unknown }
    if jumps[0] > 3 * jumps[2] { return .asWritten }
    return jumps[2] > 3 * jumps[0] ? .turned : .unknown
  }
}
